/**
 * The app's modules in the browser: defined from pushed code, executed on first use and when they change. A change that
 * fails is taken back: what was there goes on, without being executed again, until the next change.
 */
import { Components } from "./components.js";

const VENDOR = "vendor:";
const ICONS = "icons:";
const ICON_FACTORY = "lucide-react/dist/esm/createLucideIcon.js";
const ENV = Object.freeze({ BASE_URL: "/", DEV: true, MODE: "development", PROD: false, SSR: false });
export const SOURCE_SCHEME = "preview:///";

const PARAMETERS = [
  "__vite_ssr_import__",
  "__vite_ssr_exports__",
  "__vite_ssr_dynamic_import__",
  "__vite_ssr_exportAll__",
  "__vite_ssr_import_meta__",
  "$RefreshReg$",
  "$RefreshSig$",
];

/**
 * @typedef {{hash: string, imports: Record<string, string>, run: (...values: unknown[]) => void}} Definition
 * @typedef {object} Instance
 * @property {object} exports  always the same object: importers hold on to it
 * @property {boolean} isBoundary  it exports components and nothing else
 * @property {Definition | null} ran  what was executed; another one than is defined while a change is held back
 * @property {{type: unknown, name: string}[]} components
 */
export class Registry {
  /** @type {Map<string, Definition>} */
  #definitions = new Map();
  /** @type {Map<string, Instance>} */
  #instances = new Map();
  #leaving = new Set(); // ids that are gone, kept until a change without them has succeeded
  #wayBack = new Map(); // id -> a copy of its instance before the latest change
  #icons = {};
  #env = ENV;

  /** @param {import("./vendors.js").Vendors} vendors */
  constructor(vendors) {
    this.vendors = vendors;
    this.components = new Components(vendors);
  }

  /** What `import.meta.env` has besides Vite's own. False: modules have read others, so the page has to begin anew. */
  setVariables(variables) {
    const isSame = JSON.stringify({ ...ENV, ...variables }) === JSON.stringify(this.#env);
    if (!isSame && this.#instances.size > 0) return false;
    if (!isSame) this.#env = Object.freeze({ ...ENV, ...variables });
    return true;
  }

  define(modules) {
    for (const { id, hash, code, imports } of modules) {
      this.#leaving.delete(id);
      if (this.#definitions.get(id)?.hash !== hash)
        this.#definitions.set(id, { hash, imports, run: functionOf(id, code) });
    }
  }

  remove(ids) {
    for (const id of ids) this.#leaving.add(id);
  }

  get ids() {
    return [...this.#definitions.keys()];
  }

  addIcons(drawings) {
    for (const [name, drawing] of Object.entries(drawings)) {
      if (Object.hasOwn(this.#icons, name)) continue;
      let icon;
      const make = () => this.vendors.get(ICON_FACTORY).default(...drawing);
      Object.defineProperty(this.#icons, name, { enumerable: true, get: () => (icon ??= make()) });
    }
  }

  require(id) {
    if (id === ICONS) return this.#icons;
    if (id?.startsWith(VENDOR)) return this.vendors.get(id.slice(VENDOR.length));
    const known = this.#instances.get(id);
    if (known) return known.exports;
    const instance = { exports: {}, isBoundary: false, ran: null, components: [] };
    this.#instances.set(id, instance);
    try {
      this.#execute(id, instance);
    } catch (error) {
      this.#instances.delete(id);
      throw error;
    }
    instance.components.forEach((component) => this.components.register(component));
    return instance.exports;
  }

  /**
   * Execute what has changed, and what imports it up to the nearest modules that export only components; then draw. Throws
   * what the change throws, after everything is as it was before.
   *
   * @returns {boolean} false when only a reload can show the change
   */
  update(entry) {
    const again = this.#affected(entry);
    if (again === null) return false;
    this.#wayBack = new Map(again.map((id) => [id, copyOf(this.#instances.get(id))]));
    try {
      if (!again.every((id) => this.#executeAgain(id))) return false;
    } catch (error) {
      this.goBack();
      throw error;
    }
    this.#show(again);
    const failure = again.length > 0 ? this.components.refresh() : null;
    if (failure !== null) {
      this.goBack();
      throw failure.error;
    }
    this.#forgetRemoved();
    return true;
  }

  /** Take the latest change back. @returns {boolean} false when there is nothing to go back to */
  goBack() {
    if (this.#wayBack.size === 0) return false;
    const changed = [...this.#wayBack.keys()];
    for (const [id, copy] of this.#wayBack) putBack(this.#instances.get(id), copy);
    this.#wayBack.clear();
    this.#show(changed);
    this.components.refreshAnyway();
    return true;
  }

  #show(ids) {
    for (const id of ids) this.#instances.get(id).components.forEach((component) => this.components.show(component));
  }

  #forgetRemoved() {
    for (const id of this.#leaving) {
      this.#definitions.delete(id);
      this.#instances.delete(id);
    }
    this.#leaving.clear();
  }

  /** @returns {boolean} false when importers that are not executed again would see another kind of module */
  #executeAgain(id) {
    const instance = this.#instances.get(id);
    const was = { isBoundary: instance.isBoundary, names: Object.keys(instance.exports).join() };
    this.#execute(id, instance);
    const isSame = was.names === Object.keys(instance.exports).join();
    return !was.isBoundary || (instance.isBoundary && isSame);
  }

  /** The modules to execute again, imported ones first; null when the change reaches the entry. */
  #affected(entry) {
    const importers = this.#importers();
    const again = new Set();
    const pending = [...this.#instances].filter(([id, { ran }]) => this.#hasChanged(id, ran)).map(([id]) => id);
    while (pending.length > 0) {
      const id = pending.pop();
      if (again.has(id)) continue;
      const above = (importers.get(id) ?? []).filter((importer) => this.#instances.has(importer));
      if (id === entry || (!this.#instances.get(id).isBoundary && above.length === 0)) return null;
      again.add(id);
      if (!this.#instances.get(id).isBoundary) pending.push(...above);
    }
    return this.#inOrder(again);
  }

  #hasChanged(id, ran) {
    return !this.#leaving.has(id) && this.#definitions.has(id) && this.#definitions.get(id) !== ran;
  }

  #inOrder(ids) {
    const ordered = new Set();
    const seen = new Set();
    const visit = (id) => {
      if (seen.has(id)) return;
      seen.add(id);
      for (const imported of Object.values(this.#definitions.get(id)?.imports ?? {}))
        if (ids.has(imported)) visit(imported);
      ordered.add(id);
    };
    ids.forEach(visit);
    return [...ordered];
  }

  #importers() {
    const importers = new Map();
    for (const [id, { imports }] of this.#definitions) {
      if (this.#leaving.has(id)) continue;
      for (const imported of Object.values(imports)) {
        if (!importers.has(imported)) importers.set(imported, []);
        importers.get(imported).push(id);
      }
    }
    return importers;
  }

  #execute(id, instance) {
    const definition = this.#definitions.get(id);
    if (!definition) {
      if (id?.endsWith(".css") || id?.startsWith("styles:")) return; // stylesheets come as one, on their own way
      throw new Error(`The module ${id} is not there.`);
    }
    const { exports } = instance;
    clear(exports);
    const components = [];
    definition.run(
      (specifier) => this.require(definition.imports[specifier]),
      exports,
      (specifier) => this.#importLater(id, definition.imports[specifier], specifier),
      (from) => exportAll(exports, from),
      { env: this.#env, url: new URL(`/${id}`, location.href).href },
      (type, name) => components.push({ type, name: `${id} ${name}` }),
      () => this.components.signer(),
    );
    Object.assign(instance, { components, ran: definition, isBoundary: this.#hasOnlyComponents(exports) });
  }

  #hasOnlyComponents(exports) {
    const values = Object.values(exports);
    return values.length > 0 && values.every((value) => this.vendors.refresh.isLikelyComponentType(value));
  }

  async #importLater(importer, id, specifier) {
    if (id === undefined) throw new Error(`${importer} imports ${specifier}, which is not known before it runs.`);
    if (id.startsWith(VENDOR)) await this.vendors.load([id.slice(VENDOR.length)]);
    return this.require(id);
  }
}

/** The name makes stack traces and the browser's tools speak of the app's own file. */
function functionOf(id, code) {
  return (0, eval)(
    `(function(${PARAMETERS.join(",")}){"use strict";\n${code}\n})\n//# sourceURL=${SOURCE_SCHEME}${id}`,
  );
}

function copyOf({ exports, isBoundary, ran, components }) {
  return { exports: Object.getOwnPropertyDescriptors(exports), isBoundary, ran, components };
}

function putBack(instance, { exports, ...others }) {
  clear(instance.exports);
  Object.defineProperties(instance.exports, exports);
  Object.assign(instance, others);
}

function clear(exports) {
  for (const name of Object.keys(exports)) delete exports[name];
}

function exportAll(exports, from) {
  for (const name of Object.keys(from)) {
    if (name === "default" || name in exports) continue;
    Object.defineProperty(exports, name, { enumerable: true, configurable: true, get: () => from[name] });
  }
}
