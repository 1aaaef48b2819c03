/** One open app: its files, what they compile to, and what viewers may be shown. */
import { setImmediate as pause } from "node:timers/promises";

import { checkFiles, checkPath, isAppCode } from "./files.mjs";
import { compile } from "./compile.mjs";
import { readHead } from "./html-head.mjs";
import { compileReached, Linker } from "./link.mjs";
import { Styles } from "./styles.mjs";
import { VARIABLES_FILE, variablesIn } from "./variables.mjs";

const LONGEST_WITHOUT_PAUSE = 20; // ms; all other apps wait meanwhile

/**
 * Everything a viewer needs. Kept whole: the last good one is what viewers see while the app is broken.
 *
 * @typedef {object} Snapshot
 * @property {number} revision
 * @property {string} entry
 * @property {Map<string, import("./link.mjs").LinkedModule>} modules
 * @property {Set<string>} vendors
 * @property {Set<string>} wholes  of these, the ones that are imported without a name
 * @property {Record<string, string>} addresses  where those of them are that were added to this app
 * @property {Set<string>} icons
 * @property {import("./styles.mjs").Sheet} sheet
 * @property {{title: string, attributes: Record<string, string>}} head  what index.html says of the page
 * @property {Record<string, string>} variables  of import.meta.env, besides Vite's own
 */

export class App {
  files = new Map();
  revision = Date.now(); // grows by one with every change, and is never used twice, not even after a restart
  diagnostics = [];
  /** @type {Snapshot | null} */
  good = null;

  #compiled = new Map(); // id -> Compiled
  #generation = 0; // grows when a file appears or goes: only then can imports mean something else
  #stylesheets = [];
  #isLinked = false;
  #queue = Promise.resolve();

  /**
   * @param {object} ways
   * @param {typeof compile} [ways.compile]  how a file is compiled; the daemon's way survives what crashes it
   * @param {(file: string, text: string) => string} [ways.toUrl]  where a file that CSS refers to is served
   * @param {(manifest: string, specifiers: string[]) => Promise<object>} [ways.viewOf]  the vendor set, with what was
   *   added to the app
   */
  constructor(key, vendor, { compile: compileModule = compile, toUrl = undefined, viewOf = async () => vendor } = {}) {
    this.key = key;
    this.vendor = vendor;
    this.viewOf = viewOf;
    this.compile = compileModule;
    this.styles = new Styles(vendor, toUrl);
    this.linker = new Linker(vendor);
  }

  /** Run `work` after everything asked of this app before. */
  inTurn(work) {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => {});
    return result;
  }

  /**
   * Take changes (null removes) all or none, and compile. Nothing is remembered of a file that does not compile but
   * its text, so the next change starts clean.
   */
  async apply(changes) {
    const started = performance.now();
    const changed = this.#take(changes);
    await this.#recompileAll(changed);
    if (changed.length > 0 || !this.#isLinked) {
      this.revision += 1;
      await this.#relink(changed);
      this.#isLinked = true;
    }
    return { changed, milliseconds: performance.now() - started };
  }

  /** The changes that make the app consist of exactly these files. Whoever says nothing of its variables leaves them. */
  changesTo(files) {
    const wanted = new Map(Object.entries(files));
    const removed = [...this.files.keys()].filter((file) => !wanted.has(file) && file !== VARIABLES_FILE);
    return new Map([...wanted, ...removed.map((file) => [file, null])]);
  }

  get isSound() {
    return !this.diagnostics.some(({ severity }) => severity === "error");
  }

  /** Finish what a quick edit of CSS variables put off; true when viewers must be told. */
  async settle() {
    if (!(await this.styles.settle(this.files, this.#stylesheets)) || this.good === null || !this.isSound) return false;
    this.revision += 1;
    this.good = { ...this.good, revision: this.revision, sheet: this.styles.sheet };
    return true;
  }

  #take(changes) {
    const next = new Map(this.files);
    const changed = [];
    for (const [file, text] of changes) {
      checkPath(file);
      if (text === null ? !next.has(file) : next.get(file) === text) continue;
      changed.push(file);
      if (text === null) next.delete(file);
      else next.set(file, text);
    }
    checkFiles(next);
    if (changed.some((file) => next.has(file) !== this.files.has(file))) this.#generation += 1;
    this.files = next;
    return changed;
  }

  async #recompileAll(changed) {
    let since = performance.now();
    for (const file of changed) {
      await this.#recompile(file);
      if (performance.now() - since < LONGEST_WITHOUT_PAUSE) continue;
      await pause();
      since = performance.now();
    }
  }

  async #recompile(file) {
    for (const id of [file, `${file}?raw`, `${file}?url`]) this.#compiled.delete(id);
    if (this.files.has(file) && isAppCode(file))
      this.#compiled.set(file, await this.compile(file, this.files.get(file)));
  }

  async #relink(changed) {
    await compileReached(this.files, this.#compiled, this.compile);
    await this.#lookUpPackages();
    const graph = this.linker.graph(this.files, this.#compiled, this.#generation);
    this.#stylesheets = graph.stylesheets;
    const cssProblems = await this.styles.update(this.files, graph.stylesheets, changed);
    this.diagnostics = [...graph.diagnostics, ...cssProblems, ...this.#unreached(graph)];
    if (!this.isSound) return;
    const { entry, modules, vendors, wholes, icons } = graph;
    const head = readHead(this.files.get("index.html") ?? "");
    const variables = variablesIn(this.files.get(VARIABLES_FILE));
    const addresses = this.vendor.addressesOfOwn(vendors);
    const { sheet } = this.styles;
    this.good = { revision: this.revision, entry, modules, vendors, wholes, addresses, icons, sheet, head, variables };
  }

  async #lookUpPackages() {
    const specifiers = [...this.#compiled.values()].flatMap(({ imports }) => imports.map(({ specifier }) => specifier));
    const vendor = await this.viewOf(this.files.get("package.json") ?? "", specifiers);
    if (vendor === this.vendor) return;
    this.vendor = vendor;
    this.linker.useVendor(vendor);
    this.styles.useVendor(vendor);
  }

  /** What is wrong in files that nothing imports (yet) does not stop the app. */
  #unreached(graph) {
    const found = [];
    for (const [id, module] of this.#compiled) {
      if (graph.modules.has(id) || module.kind !== "code" || graph.diagnostics.some(({ file }) => file === id))
        continue;
      found.push(...module.diagnostics.map((problem) => ({ ...problem, severity: "warning" })));
    }
    return found;
  }
}
