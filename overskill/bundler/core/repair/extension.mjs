/** JSX in a file whose name does not allow it: the file is renamed, imports keep leading to it. */
import { extension as extensionOf } from "../files.mjs";
import { Source } from "./source.mjs";

const PLAIN = new Set([".ts", ".js", ".mjs"]);

/** @type {import("./repair.mjs").Kind} */
export function extension(source, app) {
  if (!app.isFinal || source.hasSyntax || !PLAIN.has(extensionOf(source.file)) || app.isProtected(source.file))
    return null;
  if (!new Source(source.file, source.text, "tsx").hasSyntax) return null;
  const renamed = source.file.replace(/\.\w+$/, ".tsx");
  if (app.files.has(renamed)) return null;
  const message = `Renamed to ${renamed}: it has JSX in it`;
  return {
    text: source.text,
    renamed,
    also: importers(source.file, renamed, app),
    repairs: [{ kind: "extension", message, line: 1 }],
  };
}

/** The files that import it with its ending, changed. */
function importers(file, renamed, app) {
  const also = new Map();
  const [ending, better] = [file, renamed].map((name) => name.slice(name.lastIndexOf(".")));
  for (const [path, text] of app.files) {
    const named = app
      .facts(path)
      .imports.filter(({ specifier }) => specifier.endsWith(ending) && app.resolve(path, specifier) === file);
    let changed = text;
    for (const { specifier } of named)
      for (const quote of ['"', "'"])
        changed = changed.replaceAll(
          quote + specifier + quote,
          quote + specifier.slice(0, -ending.length) + better + quote,
        );
    if (changed !== text) also.set(path, changed);
  }
  return also;
}
