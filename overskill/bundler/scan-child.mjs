/** Scans apps for the daemon, in a process that may die: the native parser does not survive every text. */
import { Refused } from "./core/files.mjs";
import { scan } from "./core/scan/scan.mjs";

process.on("message", ({ id, files, allowedHosts }) => process.send(answer(id, files, allowedHosts)));
process.on("disconnect", () => process.exit(0));

function answer(id, files, allowedHosts) {
  try {
    return { id, findings: scan(files, allowedHosts) };
  } catch (error) {
    if (!(error instanceof Refused)) console.error(error);
    return {
      id,
      error: error instanceof Refused ? { kind: error.kind, message: error.message } : { kind: "unavailable" },
    };
  }
}
