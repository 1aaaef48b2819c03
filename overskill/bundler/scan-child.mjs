/** Scans apps for the daemon, in a process that may die: the native parser does not survive every text. */
import { scan } from "./core/scan/scan.mjs";
import { answerMessages } from "./server/bounded-child.mjs";

answerMessages(({ files, allowedHosts }) => ({ findings: scan(files, allowedHosts) }));
