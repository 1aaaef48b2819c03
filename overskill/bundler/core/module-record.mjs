/**
 * What a module imports and exports, read off the form that moduleRunnerTransform gives it: all of it stands there in
 * statements of their own. Parsing the code again would take longer than compiling it, mostly for a syntax tree that
 * nobody looks at.
 */
import { parseSync } from "oxc-parser";

const EXPORT = /^Object\.defineProperty\(__vite_ssr_exports__, (".*"), \{$/gm;
const IMPORT =
  /^const (__vite_ssr_import_\d+__) = await __vite_ssr_import__\((".*?")(?:, \{ importedNames: (\[[^\]]*\]) \})?\);$/gm;

/**
 * @typedef {{specifier: string, names: string[] | null, dynamic: boolean}} Import  `names` null: all of them
 * @typedef {{imports: Import[], exports: Set<string>, stars: string[]}} ModuleRecord
 *   `stars`: specifiers of `export * from`
 */

/**
 * @param {string} code  the module, plain JavaScript
 * @param {{code: string, deps: string[], dynamicDeps: string[]}} runner  what became of it
 * @returns {ModuleRecord}
 */
export function moduleRecord(code, runner) {
  const record = readOff(runner) ?? parsed(code);
  for (const specifier of runner.dynamicDeps) record.imports.push({ specifier, names: [], dynamic: true });
  return record;
}

/** Null where something is written in a way that is not read here, or only looks like it, in a text of the app's. */
function readOff({ code, deps }) {
  const imports = [];
  const stars = [];
  try {
    for (const [, variable, quoted, list] of code.matchAll(IMPORT)) {
      const specifier = JSON.parse(quoted);
      const isStar = code.includes(`\n__vite_ssr_exportAll__(${variable});`);
      if (isStar) stars.push(specifier);
      imports.push({
        specifier,
        names: list ? JSON.parse(list) : isStar ? [] : namesOfAll(code, variable),
        dynamic: false,
      });
    }
    const found = new Set(imports.map(({ specifier }) => specifier));
    if (found.symmetricDifference(new Set(deps)).size > 0) return null;
    return { imports, exports: new Set([...code.matchAll(EXPORT)].map(([, name]) => JSON.parse(name))), stars };
  } catch (error) {
    if (error instanceof SyntaxError) return null; // an escape that JSON does not have
    throw error;
  }
}

/** Of an import without names: all when it is used (`import * as it`), none when it is there for its effect. */
function namesOfAll(code, variable) {
  return code.indexOf(variable) === code.lastIndexOf(variable) ? [] : null;
}

/** @internal the same by the parser */
export function parsed(code) {
  const { module } = parseSync("module.js", code);
  const imports = module.staticImports.map(({ moduleRequest, entries }) => ({
    specifier: moduleRequest.value,
    names: namesOf(entries.map((entry) => entry.importName)),
    dynamic: false,
  }));
  const exports = new Set();
  const stars = [];
  for (const entry of module.staticExports.flatMap((statement) => statement.entries)) {
    const { kind, name } = entry.exportName;
    if (kind === "Default") exports.add("default");
    else if (name) exports.add(name);
    if (!entry.moduleRequest) continue;
    const specifier = entry.moduleRequest.value;
    if (kind === "None") stars.push(specifier);
    imports.push({
      specifier,
      names: entry.importName.kind === "Name" ? [entry.importName.name] : kind === "None" ? [] : null,
      dynamic: false,
    });
  }
  return { imports, exports, stars };
}

function namesOf(importNames) {
  if (importNames.some(({ kind }) => kind === "NamespaceObject")) return null;
  return importNames.map(({ kind, name }) => (kind === "Default" ? "default" : name));
}
