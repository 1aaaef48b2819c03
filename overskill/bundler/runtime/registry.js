/** The app's modules in the browser: defined from pushed code, executed on first use and when they change. */

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

export class Registry {
  #definitions = new Map(); // id -> {hash, imports, run}
  #instances = new Map(); // id -> {exports, isBoundary}
  #icons = {};

  /** @param {import("./vendors.js").Vendors} vendors */
  constructor(vendors) {
    this.vendors = vendors;
  }

  /** Take modules; which of them differ from what was there. */
  define(modules) {
    const changed = modules.filter(({ id, hash }) => this.#definitions.get(id)?.hash !== hash);
    for (const { id, hash, code, imports } of changed)
      this.#definitions.set(id, { hash, imports, run: functionOf(id, code) });
    return changed.map(({ id }) => id);
  }

  remove(ids) {
    for (const id of ids) {
      this.#definitions.delete(id);
      this.#instances.delete(id);
    }
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
    const instance = { exports: {}, isBoundary: false };
    this.#instances.set(id, instance);
    try {
      this.#execute(id, instance);
    } catch (error) {
      this.#instances.delete(id);
      throw error;
    }
    return instance.exports;
  }

  /**
   * Execute changed modules again, and their importers up to the nearest modules that export only components.
   * @returns {boolean} false when only a reload can show the change
   */
  update(changed, entry) {
    const again = this.#affected(changed, entry);
    if (again === null) return false;
    for (const id of again) {
      const instance = this.#instances.get(id);
      const was = { isBoundary: instance.isBoundary, names: Object.keys(instance.exports).join() };
      this.#execute(id, instance);
      const isSame = was.names === Object.keys(instance.exports).join();
      if (was.isBoundary && !(instance.isBoundary && isSame)) return false;
    }
    if (again.length > 0) this.vendors.refresh.performReactRefresh();
    return true;
  }

  /** The modules to execute again, imported ones first; null when the change reaches the entry. */
  #affected(changed, entry) {
    const importers = this.#importers();
    const again = new Set();
    const pending = changed.filter((id) => this.#instances.has(id));
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
      if (id?.endsWith(".css")) return; // stylesheets come as one, on their own way
      throw new Error(`The module ${id} is not there.`);
    }
    const { exports } = instance; // the same object again: importers hold on to it
    for (const name of Object.keys(exports)) delete exports[name];
    const { refresh } = this.vendors;
    definition.run(
      (specifier) => this.require(definition.imports[specifier]),
      exports,
      (specifier) => this.#importLater(id, definition.imports[specifier], specifier),
      (from) => exportAll(exports, from),
      { env: ENV, url: new URL(`/${id}`, location.href).href },
      (type, name) => refresh.register(type, `${id} ${name}`),
      refresh.createSignatureFunctionForTransform,
    );
    instance.isBoundary = hasOnlyComponents(exports, refresh);
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

function exportAll(exports, from) {
  for (const name of Object.keys(from)) {
    if (name === "default" || name in exports) continue;
    Object.defineProperty(exports, name, { enumerable: true, configurable: true, get: () => from[name] });
  }
}

function hasOnlyComponents(exports, refresh) {
  const values = Object.values(exports);
  return values.length > 0 && values.every((value) => refresh.isLikelyComponentType(value));
}
