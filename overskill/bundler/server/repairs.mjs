/** The method `repair`: checks what it is given, and keeps texts that crashed the process away from the parser. */
import { checkFiles, Refused } from "../core/files.mjs";
import { repairFiles } from "../core/repair/repair.mjs";

export async function repair({ files, paths, is_final: isFinal = false }, { added, guard }) {
  const isRecord = files !== null && typeof files === "object" && !Array.isArray(files);
  if (!isRecord || !Array.isArray(paths)) throw new Refused("invalid_input", "repair needs the app's files and paths.");
  checkFiles(new Map(Object.entries(files)));
  const started = performance.now();
  const vendor = await added.viewOf(files["package.json"] ?? "", []);
  const texts = paths.map((file) => files[file]).filter((text) => typeof text === "string");
  const isPoison = (text) => guard.isPoison(text);
  const repaired = await guard.watch(
    texts.filter((text) => !isPoison(text)),
    () => {
      return repairFiles(files, paths, { vendor, isFinal, isPoison });
    },
  );
  return { ...repaired, milliseconds: performance.now() - started };
}
