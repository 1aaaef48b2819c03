/** Files that get other names, and what imports them: code is read by the parser, stylesheets by their urls. */
import path from "node:path";
import MagicString from "magic-string";
import { Visitor } from "oxc-parser";

import { isCode, isCss, Refused } from "../files.mjs";
import { Source } from "../repair/source.mjs";
import { ALIAS, isPackage, resolveFile, splitQuery } from "../resolve.mjs";

const ENDING = /\.(?:tsx?|jsx?|mjs|json)$/;
const STYLE_REFERENCE =
  /\/\*[^]*?\*\/|@import\s+(?:url\(\s*)?["']?(?<sheet>[^"')\s;]+)|(?<![\w-])url\(\s*["']?(?<url>[^"')\s]+)/dgi;

/** @typedef {{specifier: string, start: number, end: number}} Reference  where it stands between its quotes */

/**
 * @param {Record<string, string>} files  the whole app
 * @param {Record<string, string>} moves  path -> its path from now on
 * @returns {{changes: Record<string, string | null>}}  what differs afterwards; null: nothing is there any more
 */
export function moveFiles(files, moves) {
  const before = new Map(Object.entries(files));
  const nameOf = (file) => (Object.hasOwn(moves, file) ? moves[file] : file);
  const after = new Map([...before].map(([file, text]) => [nameOf(file), text]));
  if (after.size < before.size) throw new Refused("invalid_input", "Two files would have the same name.");
  for (const [file, text] of before) after.set(nameOf(file), withReferences(file, text, { before, after, nameOf }));
  const changes = {};
  for (const file of Object.keys(moves)) if (!after.has(file)) changes[file] = null;
  for (const [file, text] of after) if (before.get(file) !== text) changes[file] = text;
  return { changes };
}

/** The file's text when it and others have moved. What can't be read stays as it is: nobody knows what it imports. */
function withReferences(file, text, { before, after, nameOf }) {
  const edited = new MagicString(text);
  for (const { specifier, start, end } of referencesOf(file, text)) {
    const [plain, query] = splitQuery(specifier);
    const target = resolveFile(before, file, plain);
    if (target === null || resolveFile(after, nameOf(file), plain) === nameOf(target)) continue;
    const right = specifierFor(nameOf(file), nameOf(target), { like: plain, target, after });
    edited.overwrite(start, end, right + query);
  }
  return edited.toString();
}

function referencesOf(file, text) {
  if (isCss(file)) return styleReferences(text);
  return isCode(file) || file.endsWith(".d.ts") ? codeReferences(new Source(file, text)) : [];
}

/** @returns {Reference[]} */
function codeReferences(source) {
  if (!source.hasSyntax) return [];
  const { staticImports, staticExports, dynamicImports } = source.module;
  const named = [
    ...staticImports.map(({ moduleRequest }) => moduleRequest),
    ...staticExports.flatMap(({ entries }) => entries.map(({ moduleRequest }) => moduleRequest).filter(Boolean)),
    ...dynamicImports.map(({ moduleRequest }) => moduleRequest),
    ...typeImports(source),
  ];
  const places = new Map(named.map(({ start, end }) => [start, { start: start + 1, end: end - 1 }]));
  return [...places.values()]
    .filter(({ start }) => /["'`]/.test(source.text[start - 1]))
    .map(({ start, end }) => ({ specifier: source.text.slice(start, end), start, end }))
    .filter(({ specifier }) => !specifier.includes("${") && !isPackage(specifier));
}

/** `import("./habit").Habit`, where only a type is meant. */
function typeImports(source) {
  const found = [];
  const visitor = new Visitor({ TSImportType: ({ source: named }) => found.push(named) });
  if (source.text.includes("import(")) visitor.visit(source.program);
  return found;
}

/** @returns {Reference[]} */
function styleReferences(text) {
  return [...text.matchAll(STYLE_REFERENCE)].flatMap(({ groups, indices }) => {
    const specifier = groups.sheet ?? groups.url;
    if (!specifier || isPackage(specifier)) return [];
    const [start, end] = indices.groups.sheet ?? indices.groups.url;
    return [{ specifier, start, end }];
  });
}

/** How `importer` names `file`, in the manner of how it named `target` before. */
function specifierFor(importer, file, { like, target, after }) {
  const isWhole = path.posix.extname(target) !== "" && like.endsWith(path.posix.basename(target));
  const stem = file.replace(ENDING, "");
  const short = /(?:^|\/)index$/.test(like) ? stem : stem.replace(/\/index$/, "");
  const specifier = written(importer, isWhole ? file : short, like);
  return resolveFile(after, importer, specifier) === file ? specifier : written(importer, file, like);
}

function written(importer, file, like) {
  if (like.startsWith(ALIAS) && file.startsWith("src/")) return ALIAS + file.slice("src/".length);
  if (like.startsWith("/")) return `/${file}`;
  const relative = path.posix.relative(path.posix.dirname(importer), file) || ".";
  return relative.startsWith(".") ? relative : `./${relative}`;
}
