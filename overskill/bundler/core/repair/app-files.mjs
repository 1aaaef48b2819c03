/** What a repair may know of the whole app: its files, what they export and import, and the packages there are. */
import path from "node:path";

import { digest } from "../compile.mjs";
import { isCode } from "../files.mjs";
import { entryOf } from "../link.mjs";
import { ALIAS, isPackage, resolveFile, splitQuery } from "../resolve.mjs";
import { Source } from "./source.mjs";

const MOST_REMEMBERED = 4000; // files; a few KB each
const LARGEST_READ = 256 * 1024; // what a longer file exports is not known
const PROTECTED = new Set(["src/main.tsx", "tsconfig.json", "vite.config.ts"]); // as in overskill/starter

/**
 * @typedef {{name: string, isType: boolean, local: string | null, isPassedOn: boolean}} Export
 * @typedef {object} Facts
 * @property {boolean} isKnown             false: it can't be parsed, so nobody knows
 * @property {Map<string, Export>} exports `default` among them
 * @property {string[]} stars              specifiers of `export * from`
 * @property {{specifier: string, names: string[]}[]} imports
 */

const remembered = new Map(); // digest of a text -> Facts, the latest last
const UNKNOWN = Object.freeze({ isKnown: false, exports: new Map(), stars: [], imports: [] });

export class AppFiles {
  #exporters = null;
  #facts = new Map();
  #imported = null;

  /** @param {Map<string, string>} files  changed as repairs are made */
  constructor(files, vendor, { isFinal, isPoison = () => false }) {
    this.files = files;
    this.vendor = vendor;
    this.isFinal = isFinal;
    this.isPoison = isPoison;
  }

  get entry() {
    return entryOf(this.files);
  }

  isProtected(file) {
    return PROTECTED.has(file);
  }

  get protectedCode() {
    return [...PROTECTED].filter((file) => isCode(file) && file.startsWith("src/") && this.files.has(file));
  }

  set(file, text) {
    if (text === null) this.files.delete(file);
    else this.files.set(file, text);
    this.#exporters = null;
    this.#facts.delete(file);
  }

  /** The app's file that an import leads to, or null. */
  resolve(importer, specifier) {
    return isPackage(specifier) ? null : resolveFile(this.files, importer, splitQuery(specifier)[0]);
  }

  /** @returns {Facts} */
  facts(file) {
    const known = this.#facts.get(file) ?? this.#read(file);
    this.#facts.set(file, known);
    return known;
  }

  #read(file) {
    const text = this.files.get(file);
    if (text === undefined || !isCode(file) || text.length > LARGEST_READ || this.isPoison(text)) return UNKNOWN;
    const mark = `${path.posix.extname(file)} ${digest(text)}`;
    const found = remembered.get(mark) ?? read(new Source(file, text));
    remembered.delete(mark);
    remembered.set(mark, found);
    if (remembered.size > MOST_REMEMBERED) remembered.delete(remembered.keys().next().value);
    return found;
  }

  /** What a file exports, `export *` included; null when that can't be known. @returns {Map<string, Export> | null} */
  exportsOf(file, seen = new Set()) {
    const { isKnown, exports, stars } = this.facts(file);
    if (!isKnown) return null;
    if (stars.length === 0) return exports;
    seen.add(file);
    const all = new Map(exports);
    for (const specifier of stars) {
      const target = this.resolve(file, specifier);
      if (target === null) return null;
      const more = seen.has(target) ? new Map() : this.exportsOf(target, seen);
      if (more === null) return null;
      for (const [name, one] of more)
        if (name !== "default" && !all.has(name)) all.set(name, { ...one, isPassedOn: true });
    }
    return all;
  }

  /** The files that export a name themselves, rather than pass it on. @returns {{file: string, imported: string, isType: boolean}[]} */
  exporters(name) {
    this.#exporters ??= this.#index();
    return this.#exporters.get(name) ?? [];
  }

  /** Every name that some file imported of another when this began: `file name`. */
  importedNames() {
    if (this.#imported) return this.#imported;
    const found = new Set();
    for (const file of this.files.keys()) {
      for (const { specifier, names } of this.facts(file).imports) {
        const target = this.resolve(file, specifier);
        if (target) for (const name of names) found.add(`${target} ${name}`);
      }
    }
    this.#imported = found;
    return found;
  }

  /** How `importer` would name `target`. `like`: a specifier whose manner is kept. */
  specifierFor(importer, target, like = "") {
    const isStyled = !isCode(target);
    const plain = isStyled ? target : target.replace(/\.\w+$/, "").replace(/\/index$/, "");
    const isAliased = like ? like.startsWith(ALIAS) : this.#usesAlias(importer, target);
    if (isAliased && plain.startsWith("src/")) return ALIAS + plain.slice("src/".length);
    const relative = path.posix.relative(path.posix.dirname(importer), plain);
    return relative.startsWith(".") ? relative : `./${relative}`;
  }

  #usesAlias(importer, target) {
    if (!target.startsWith("src/")) return false;
    const own = this.facts(importer).imports.filter(({ specifier }) => !isPackage(specifier));
    if (path.posix.dirname(importer) === path.posix.dirname(target))
      return own.length > 0 && own.every(({ specifier }) => specifier.startsWith(ALIAS));
    return own.length === 0 || own.some(({ specifier }) => specifier.startsWith(ALIAS));
  }

  #index() {
    const index = new Map();
    const add = (name, one) => index.set(name, [...(index.get(name) ?? []), one]);
    for (const file of this.files.keys()) {
      if (!file.startsWith("src/") || /\.(test|spec)\.\w+$/.test(file)) continue;
      for (const { name, isType, local, isPassedOn } of this.facts(file).exports.values()) {
        if (isPassedOn) continue;
        if (name !== "default") add(name, { file, imported: name, isType });
        else add(local ?? path.posix.parse(file).name, { file, imported: "default", isType });
      }
    }
    return index;
  }
}

function read(source) {
  if (!source.isSound) return UNKNOWN;
  const { staticImports, staticExports, dynamicImports } = source.module;
  const exports = new Map();
  const stars = [];
  const imports = staticImports.map(({ moduleRequest, entries }) => ({
    specifier: moduleRequest.value,
    names: entries.map(({ importName }) => (importName.kind === "Default" ? "default" : (importName.name ?? "*"))),
  }));
  for (const { exportName, localName, importName, moduleRequest, isType } of staticExports.flatMap(
    (all) => all.entries,
  )) {
    if (moduleRequest) imports.push({ specifier: moduleRequest.value, names: [importName.name ?? "*"] });
    if (exportName.kind === "None") stars.push(moduleRequest.value);
    const name = exportName.kind === "Default" ? "default" : exportName.name;
    if (!name) continue;
    const local = localName.kind === "Name" ? localName.name : null;
    exports.set(name, { name, isType, local, isPassedOn: moduleRequest !== null });
  }
  for (const { moduleRequest } of dynamicImports) {
    const specifier = source.text.slice(moduleRequest.start, moduleRequest.end).replace(/^["'`]|["'`]$/g, "");
    imports.push({ specifier, names: ["default"] });
  }
  return { isKnown: true, exports, stars, imports };
}
