/** Which modules the entry reaches, what each of their imports means, and what is wrong with them. */
import { digest, importPosition } from "./compile.mjs";
import { diagnostic } from "./diagnostics.mjs";
import { isCssModule } from "./files.mjs";
import { isKeptFrom, isPackage, packageName, resolveFile, splitQuery } from "./resolve.mjs";
import { ICON_FACTORY, ICONS } from "./vendor.mjs";

const ENTRIES = ["src/main.tsx", "src/main.jsx", "src/main.ts", "src/main.js"];
const ICON_MODULE = "icons:";
const VENDOR_PREFIX = "vendor:";
export const PACKAGE_STYLES = "styles:"; // of a package that was added

export const entryOf = (files) => ENTRIES.find((file) => files.has(file)) ?? ENTRIES[0];

/**
 * @typedef {{id: string, hash: string, code: string, imports: Record<string, string>}} LinkedModule
 * @typedef {object} Graph
 * @property {string} entry
 * @property {Map<string, LinkedModule>} modules   in the order they are first executed
 * @property {string[]} stylesheets                in the order they apply
 * @property {Set<string>} vendors
 * @property {Set<string>} wholes                  packages that are imported without a name: for their effect, or later
 * @property {Set<string>} icons
 * @property {import("./diagnostics.mjs").Diagnostic[]} diagnostics
 */

/** Resolves imports; remembers the answers until a file appears or goes. */
export class Linker {
  #cache = new Map(); // id -> links
  #generation = -1;

  constructor(vendor) {
    this.vendor = vendor;
  }

  /** Packages were added or taken away: imports may mean something else. */
  useVendor(vendor) {
    this.vendor = vendor;
    this.#cache.clear();
  }

  /** @returns {Graph} */
  graph(files, compiled, generation) {
    if (generation !== this.#generation) this.#cache.clear();
    this.#generation = generation;
    const graph = emptyGraph(entryOf(files));
    if (!files.has(graph.entry)) {
      graph.diagnostics.push(
        diagnostic(graph.entry, "unresolved", `${graph.entry} is missing. It renders the app into #root.`),
      );
      return graph;
    }
    const app = { files, compiled };
    const seen = new Set();
    this.#visit(graph.entry, graph, app, seen);
    if ([...seen].some((id) => compiled.get(id)?.diagnostics.length > 0)) {
      graph.diagnostics.push(...this.#problemsBeyond(app, seen));
    }
    return graph;
  }

  /** Behind a file that does not compile, nobody knows what it imports: all that is wrong there may matter. */
  #problemsBeyond(app, seen) {
    const beyond = emptyGraph("");
    for (const [id, { kind }] of app.compiled) {
      if (kind === "code" && !/\.(test|spec)\./.test(id)) this.#visit(id, beyond, app, seen);
    }
    return beyond.diagnostics;
  }

  #visit(id, graph, app, seen) {
    if (seen.has(id)) return;
    seen.add(id);
    if (id.startsWith(PACKAGE_STYLES)) {
      graph.stylesheets.push(id);
      return;
    }
    const module = app.compiled.get(id);
    if (!module) return; // only wanted by a file that is not reached
    graph.diagnostics.push(...module.diagnostics);
    if (module.kind === "css") {
      graph.stylesheets.push(id);
      return;
    }
    const links = this.#links(id, module, app);
    graph.diagnostics.push(...links.diagnostics);
    links.vendors.forEach((specifier) => graph.vendors.add(specifier));
    links.wholes.forEach((specifier) => graph.wholes.add(specifier));
    links.icons.forEach((name) => graph.icons.add(name));
    for (const target of links.targets) this.#visit(target, graph, app, seen);
    for (const { specifier, names } of module.imports) {
      const target = links.imports[specifier];
      if (app.compiled.has(target)) graph.diagnostics.push(...this.#missingExports(id, specifier, names, target, app));
    }
    graph.modules.set(id, { id, hash: links.hash, code: module.code, imports: links.imports });
  }

  #links(id, module, app) {
    const known = this.#cache.get(id);
    if (known?.module === module) return known;
    const links = { module, imports: {}, targets: [], vendors: [], wholes: [], icons: [], diagnostics: [], hash: "" };
    const lucide = module.imports.filter(({ specifier }) => specifier === ICONS);
    const hasOnlyIcons = lucide.length > 0 && lucide.every(({ names }) => this.vendor.hasIcons(names));
    if (hasOnlyIcons) {
      links.imports[ICONS] = ICON_MODULE;
      links.icons = lucide.flatMap(({ names }) => names);
      links.vendors.push(ICON_FACTORY);
    }
    const others = hasOnlyIcons ? module.imports.filter(({ specifier }) => specifier !== ICONS) : module.imports;
    for (const wanted of others) this.#resolve(id, wanted, links, app);
    links.hash = digest(module.hash + JSON.stringify(links.imports));
    this.#cache.set(id, links);
    return links;
  }

  #resolve(id, { specifier, names }, links, app) {
    const text = () => app.files.get(splitQuery(id)[0]);
    const report = (code, message, name) => {
      links.diagnostics.push(diagnostic(id, code, message, importPosition(id, text(), specifier, name)));
    };
    if (isPackage(specifier)) {
      this.#resolvePackage(specifier, names, links, report);
      return;
    }
    const [plain, query] = splitQuery(specifier);
    const file = resolveFile(app.files, id, plain);
    if (isKeptFrom(app.files, id, plain)) {
      report("unresolved", `${JSON.stringify(specifier)} is server code, which browsers never get. Call it: fetch("/api/…").`);
    } else if (file === null) {
      report("unresolved", `Cannot find ${JSON.stringify(specifier)}. Create that file or correct the import.`);
    } else if (isCssModule(file)) {
      report("css", "CSS modules are not supported. Use Tailwind classes or a plain .css file.");
    } else if (query && query !== "?raw" && query !== "?url") {
      report("unresolved", `Imports ending in ${query} are not supported. Use ?raw or ?url.`);
    } else {
      links.imports[specifier] = file + query;
      links.targets.push(file + query);
    }
  }

  #resolvePackage(specifier, names, links, report) {
    if (this.vendor.hasStyles(specifier)) {
      links.imports[specifier] = PACKAGE_STYLES + specifier;
      links.targets.push(PACKAGE_STYLES + specifier);
      return;
    }
    if (this.vendor.stylesheets.has(specifier)) {
      report("css", `Import this stylesheet in src/index.css instead: @import "${specifier}";`);
      return;
    }
    if (!this.vendor.has(specifier)) {
      const name = packageName(specifier);
      report("package", this.vendor.whyNot(name) ?? missingPackage(specifier, this.vendor));
      return;
    }
    const exports = this.vendor.exportsOf(specifier);
    for (const name of exports && names ? names : []) {
      if (!exports.has(name)) report("unresolved", notInPackage(specifier, name), name);
    }
    links.imports[specifier] = VENDOR_PREFIX + specifier;
    links.vendors.push(specifier);
    if (names?.length === 0) links.wholes.push(specifier);
  }

  #missingExports(id, specifier, names, target, app) {
    if (names === null || names.length === 0) return [];
    const found = exportedNames(target, app, this);
    if (found === null) return [];
    const text = app.files.get(splitQuery(id)[0]);
    return names
      .filter((name) => !found.has(name))
      .map((name) =>
        diagnostic(
          id,
          "unresolved",
          notExported(specifier, name, found.has("default")),
          importPosition(id, text, specifier, name),
        ),
      );
  }

  /** @internal the id an import of `id` leads to */
  target(id, specifier, app) {
    return this.#links(id, app.compiled.get(id), app).imports[specifier];
  }
}

function emptyGraph(entry) {
  return {
    entry,
    modules: new Map(),
    stylesheets: [],
    vendors: new Set(),
    wholes: new Set(),
    icons: new Set(),
    diagnostics: [],
  };
}

export function missingPackage(specifier, vendor) {
  const name = packageName(specifier);
  return vendor.packages.has(name)
    ? `Package "${name}" has no part ${JSON.stringify(specifier)}. Import from "${name}" itself.`
    : `Package "${name}" is not available. Use one of the built-in packages or write the code in the app.`;
}

function notExported(specifier, name, hasDefault) {
  if (name === "default") return `${JSON.stringify(specifier)} has no default export. Import it by name, in braces.`;
  const hint = hasDefault
    ? "Export it there, or import the default export without braces."
    : "Export it there, or correct the name.";
  return `${JSON.stringify(specifier)} does not export ${name}. ${hint}`;
}

function notInPackage(specifier, name) {
  if (name === "default")
    return `Package "${specifier}" has no default export. Import what you need by name, in braces.`;
  return `Package "${specifier}" has no export ${name}. Use another one that it has.`;
}

/** All names a module exports, `export *` included; null when that can't be known. */
function exportedNames(id, app, linker, seen = new Set()) {
  const module = app.compiled.get(id);
  if (!module || module.exports === null || module.diagnostics.length > 0) return null;
  if (module.stars.length === 0) return module.exports;
  const names = new Set(module.exports);
  seen.add(id);
  for (const specifier of module.stars) {
    const target = linker.target(id, specifier, app);
    if (seen.has(target)) continue;
    const more = exportedNames(target, app, linker, seen);
    if (more === null) return null;
    more.forEach((name) => name !== "default" && names.add(name));
  }
  return names;
}

/** Compile whatever the graph needs that has no module yet: `?raw` and `?url` variants, files outside src/. */
export async function compileReached(files, compiled, compile) {
  const pending = [entryOf(files)].filter((file) => files.has(file));
  const seen = new Set(pending);
  while (pending.length > 0) {
    const id = pending.pop();
    const [file, query] = splitQuery(id);
    if (!compiled.has(id)) compiled.set(id, await compile(file, files.get(file), query));
    for (const { specifier } of compiled.get(id).imports) {
      if (isPackage(specifier)) continue;
      const [plain, suffix] = splitQuery(specifier);
      const target = resolveFile(files, file, plain);
      if (target === null || seen.has(target + suffix)) continue;
      seen.add(target + suffix);
      pending.push(target + suffix);
    }
  }
}
