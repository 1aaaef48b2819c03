/** One file of an app -> one module of the preview's registry. Depends on the file's own text only. */
import { hash } from "node:crypto";
import { SourceMap } from "node:module";
import { parseSync } from "oxc-parser";
import { moduleRunnerTransformSync, transformSync } from "oxc-transform";

import { diagnostic, position, syntaxErrors } from "./diagnostics.mjs";
import { extension, isAsset, isCode, isCss, isTooDeep, language } from "./files.mjs";
import { moduleRecord } from "./module-record.mjs";

/**
 * @typedef {object} Compiled
 * @property {"code" | "css" | "data"} kind
 * @property {string} code       the body of the module's function
 * @property {import("./module-record.mjs").Import[]} imports
 * @property {Set<string> | null} exports   null: whatever is asked for
 * @property {string[]} stars    specifiers of `export * from`
 * @property {import("./diagnostics.mjs").Diagnostic[]} diagnostics
 * @property {string} hash
 */

const EMPTY = Object.freeze({ code: "", imports: [], exports: null, stars: [], diagnostics: [], hash: "" });

export const digest = (text) => hash("sha256", text, "hex").slice(0, 16);

/** @returns {Promise<Compiled>} */
export async function compile(file, text, query = "") {
  if (query === "?raw") return data(`const value = ${JSON.stringify(text)};`, ["default"]);
  if (query === "?url" || isAsset(file))
    return data(`const value = ${JSON.stringify(assetUrl(file, text))};`, ["default"]);
  if (isCss(file)) return { ...EMPTY, kind: "css", exports: new Set(), hash: digest(text) };
  if (extension(file) === ".json") return compileJson(file, text);
  if (isCode(file)) return compileCode(file, text);
  return failed(
    file,
    "unresolved",
    "This kind of file can't be imported. Put it in public/ and refer to it by its URL.",
  );
}

/** Where the preview serves a file. The digest makes an edited picture show at once. */
export function assetUrl(file, text) {
  const address = file.startsWith("public/") ? file.slice("public".length) : `/${file}`;
  return `${address}?v=${digest(text).slice(0, 8)}`;
}

/** Source positions are found only when something is reported: edits stay quick. */
export function importPosition(file, text, specifier, name = "") {
  const { module } = parseSync(file, text, { lang: language(file) });
  const requests = [...module.staticImports, ...module.staticExports.flatMap((statement) => statement.entries)];
  const matches = requests.filter((request) => request.moduleRequest?.value === specifier);
  for (const request of name ? matches : []) {
    const entries = request.entries ?? [request];
    const entry = entries.find(
      ({ importName }) => importName.name === name || (name === "default" && importName.kind === "Default"),
    );
    if (entry) return position(text, entry.importName.start ?? entry.localName?.start ?? request.start);
  }
  const offset = matches[0]?.moduleRequest.start ?? text.search(new RegExp(`["'\`]${RegExp.escape(specifier)}["'\`]`));
  return position(text, offset);
}

/**
 * Where in the file itself a place in its compiled code is, or null. Compiled again, this time with maps: edits never
 * pay for them.
 */
export async function originalPosition(file, text, { line, column }) {
  const transformed = transform(file, text, { sourcemap: true });
  if (transformed.errors.length > 0) return null;
  const runner = moduleRunnerTransformSync(file, transformed.code, { sourcemap: true });
  let place = { line: line - 1, column: column - 1 };
  for (const map of [runner.map, transformed.map]) {
    const { originalLine, originalColumn } = new SourceMap(map).findEntry(place.line, place.column);
    if (originalLine === undefined) return null;
    place = { line: originalLine, column: originalColumn };
  }
  return { line: place.line + 1, column: place.column + 1 };
}

function data(declaration, names) {
  const code = `${declaration}\n__vite_ssr_exports__.default = value;`;
  return { ...EMPTY, kind: "data", code, exports: new Set(names), hash: digest(code) };
}

function failed(file, code, message, where) {
  return { ...EMPTY, kind: "code", diagnostics: [diagnostic(file, code, message, where)] };
}

function compileJson(file, text) {
  try {
    JSON.parse(text);
  } catch (error) {
    return failed(file, "syntax", `This is not valid JSON: ${error.message}`);
  }
  const parse = `const value = JSON.parse(${JSON.stringify(text)});`;
  const spread = `if (value?.constructor === Object) Object.assign(__vite_ssr_exports__, value);`;
  return { ...data(`${parse}\n${spread}`, []), exports: null };
}

/** Every element knows the file it is from, and by the digest which text of that file its line and column are in. */
function transform(file, text, extra = {}) {
  const hasElements = file.endsWith("x");
  return transformSync(hasElements ? `${file}?${digest(text)}` : file, text, {
    lang: language(file),
    target: "es2022",
    jsx: { runtime: "automatic", development: true, refresh: hasElements },
    ...extra,
  });
}

async function compileCode(file, text) {
  if (isTooDeep(text))
    return failed(file, "syntax", "This file is nested too deeply. Split it into smaller components.");
  const transformed = transform(file, text);
  if (transformed.errors.length > 0)
    return { ...EMPTY, kind: "code", diagnostics: syntaxErrors(file, text, transformed.errors) };
  const awaited = /\bawait\b/.test(text) ? topLevelAwait(file, text) : -1;
  if (awaited >= 0) {
    const message = "`await` outside a function is not supported. Move it into an effect or an async function.";
    return failed(file, "syntax", message, position(text, awaited));
  }
  const runner = moduleRunnerTransformSync(file, transformed.code);
  if (runner.errors.length > 0) return failed(file, "syntax", runner.errors[0].message);
  const code = makeSynchronous(runner.code);
  return {
    ...moduleRecord(transformed.code, runner),
    kind: "code",
    code,
    diagnostics: [],
    hash: digest(code),
  };
}

/** The registry hands modules over synchronously, so that an update is one step without a gap. */
function makeSynchronous(code) {
  return code.replace(/^((?:const __vite_ssr_import_\d+__ = )?)await (__vite_ssr_import__\()/gm, "$1$2");
}

/** The offset of the first `await` that no function holds, or -1. */
function topLevelAwait(file, text) {
  const { program } = parseSync(file, text, { lang: language(file) });
  const pending = [...program.body];
  while (pending.length > 0) {
    const node = pending.pop();
    if (!node || typeof node !== "object") continue;
    if (Array.isArray(node)) {
      pending.push(...node);
      continue;
    }
    if (node.type === "AwaitExpression" || (node.type === "ForOfStatement" && node.await)) return node.start;
    if (/Function/.test(node.type ?? "") || node.type === "PropertyDefinition") continue;
    for (const [key, value] of Object.entries(node))
      if (key !== "parent" && typeof value === "object") pending.push(value);
  }
  return -1;
}
