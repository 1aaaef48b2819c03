/** Imports of the app's own files that lead nowhere -> the one file that is meant. */
import path from "node:path";

import { extension, isCode, isCss } from "../files.mjs";
import { ALIAS, isPackage, splitQuery } from "../resolve.mjs";
import { ImportEdits } from "./import-edits.mjs";
import { folded, nearest } from "./names.mjs";

/** @type {import("./repair.mjs").Kind} */
export function paths(source, app) {
  if (!app.isFinal) return null; // the file may still come
  const lost = requests(source).filter(
    ({ specifier }) => !isPackage(specifier) && app.resolve(source.file, specifier) === null,
  );
  if (lost.length === 0) return null;
  const edits = new ImportEdits(source);
  const repairs = [];
  for (const request of lost) {
    const message = correct(request, source, app, edits);
    if (message) repairs.push({ kind: "import", message, line: source.line(request.start) });
  }
  return repairs.length > 0 ? { text: edits.finish(), repairs } : null;
}

/** Everything that names another module, with the names it wants of it. */
function requests({ module, text }) {
  const statements = module.staticImports.map(({ start, end, moduleRequest, entries }) => ({
    start,
    statement: { start, end },
    value: moduleRequest,
    specifier: moduleRequest.value,
    names: entries.map(({ importName }) => (importName.kind === "Default" ? "default" : (importName.name ?? "*"))),
  }));
  const passedOn = module.staticExports.flatMap(({ entries }) => entries.filter(({ moduleRequest }) => moduleRequest));
  const exports = passedOn.map(({ start, moduleRequest, importName }) => ({
    start,
    value: moduleRequest,
    specifier: moduleRequest.value,
    names: importName.name ? [importName.name] : ["*"],
  }));
  const dynamic = module.dynamicImports.map(({ start, moduleRequest }) => ({
    start,
    value: moduleRequest,
    specifier: text.slice(moduleRequest.start + 1, moduleRequest.end - 1),
    names: ["default"],
    isDynamic: true,
  }));
  const literal = dynamic.filter(
    ({ value }) => /["'`]/.test(text[value.start]) && !text.slice(value.start, value.end).includes("${"),
  );
  const seen = new Set();
  return [...statements, ...exports, ...literal].filter(({ value }) => !seen.has(value.start) && seen.add(value.start));
}

function correct(request, source, app, edits) {
  const { specifier, names, value } = request;
  const target = meant(request, source, app);
  if (target !== null) {
    const [, query] = splitQuery(specifier);
    const right = app.specifierFor(source.file, target, specifier) + query;
    edits.text.overwrite(value.start + 1, value.end - 1, right);
    return `${specifier} is ${right}`;
  }
  const isStylesheet = names.length === 0 && isCss(splitQuery(specifier)[0]);
  if (!isStylesheet || app.isProtected(source.file)) return null;
  edits.removeStatement(request.statement);
  return `Removed the import of ${specifier}: there is no such stylesheet`;
}

/** The file that is meant, or null when none or several can be. */
function meant({ specifier, names }, source, app) {
  const [plain] = splitQuery(specifier);
  const wanted = fromRoot(source.file, plain);
  const kind = extension(plain);
  const isCodeWanted = kind === "" || isCode(plain) || ![".css", ".json", ".svg", ".txt", ".csv", ".md"].includes(kind);
  const candidates = [...app.files.keys()].filter((file) => {
    if (file === source.file || /\.(test|spec)\./.test(file) || file.endsWith(".d.ts")) return false;
    return isCodeWanted ? isCode(file) && file.startsWith("src/") : extension(file) === kind;
  });
  const stem = isCodeWanted ? withoutExtension(wanted) : wanted;
  for (const rule of [sameButCase, sameTail, sameName]) {
    const found = candidates.filter((file) => rule(stem, isCodeWanted ? withoutExtension(file) : file));
    const fitting = found.filter((file) => provides(file, names, app));
    if (fitting.length === 1) return fitting[0];
    if (fitting.length > 1) return null;
  }
  return byNames(candidates, names, app) ?? nearName(stem, candidates, names, app);
}

function fromRoot(importer, plain) {
  if (plain.startsWith(ALIAS)) return path.posix.normalize(`src/${plain.slice(ALIAS.length)}`);
  if (plain.startsWith("/")) return path.posix.normalize(plain.slice(1));
  return path.posix.normalize(path.posix.join(path.posix.dirname(importer), plain));
}

const withoutExtension = (file) => file.replace(/\.(?:tsx?|jsx?|mjs)$/, "").replace(/\/index$/, "");
const segments = (file) => file.split("/").filter((part) => part !== ".." && part !== "src");

const sameButCase = (stem, file) => stem.split("/").map(folded).join("/") === file.split("/").map(folded).join("/");

/** The same folders and name at the end, wherever they are. */
function sameTail(stem, file) {
  const [wanted, has] = [segments(stem).map(folded), segments(file).map(folded)];
  return wanted.length > 1 && wanted.join("/") === has.slice(-wanted.length).join("/");
}

const sameName = (stem, file) => folded(path.posix.basename(stem)) === folded(path.posix.basename(file));

/** Whether a file exports what is wanted of it, in one way or the other. */
function provides(file, names, app) {
  const exports = isCode(file) ? app.exportsOf(file) : null;
  if (exports === null || exports.size === 0) return !isCode(file) || names.length === 0;
  const isThere = (name) => name === "*" || exports.has(name) || name === "default" || exports.has("default");
  return names.every(isThere);
}

/** The only file that exports every name by itself. */
function byNames(candidates, names, app) {
  const wanted = names.filter((name) => name !== "default" && name !== "*");
  if (wanted.length === 0 || wanted.length < names.length) return null;
  const isOwn = (file, name) => app.facts(file).exports.get(name)?.isPassedOn === false;
  const fitting = candidates.filter((file) => wanted.every((name) => isOwn(file, name)));
  return fitting.length === 1 ? fitting[0] : null;
}

/** A file in the same folder whose name is nearly the one that is asked for. */
function nearName(stem, candidates, names, app) {
  const folder = path.posix.dirname(stem);
  const beside = candidates.filter((file) => path.posix.dirname(withoutExtension(file)) === folder);
  const byName = new Map(beside.map((file) => [path.posix.basename(withoutExtension(file)), file]));
  const found = nearest(path.posix.basename(stem), [...byName.keys()]);
  const file = found === null ? null : byName.get(found);
  return file && names.length > 0 && strictly(file, names, app) ? file : null;
}

function strictly(file, names, app) {
  const exports = app.exportsOf(file);
  return exports !== null && names.every((name) => name === "*" || exports.has(name));
}
