/** The app's modules, and what each exports: a name that goes from file to file stays the same thing. */
import { isPackage, resolveFile, splitQuery } from "../resolve.mjs";
import { bind } from "./scope.mjs";

/**
 * @typedef {object} Module
 * @property {string} file
 * @property {string} id       the file, or a script in a page
 * @property {string} text     of the file
 * @property {number} start    where in it the program begins
 * @property {object} program
 * @property {object[]} nodes
 * @property {Map<string, {binding: object} | {node: object} | {specifier: string, name: string}>} exports
 * @property {string[]} stars
 */

export class Modules {
  /** @type {Map<string, Module>} */
  #modules = new Map();
  #importers = null;

  constructor(files) {
    this.files = files;
  }

  /** @param {{file: string, id: string, text: string, start: number, program: object}} parsed */
  add(parsed) {
    const module = { ...parsed, nodes: [], exports: new Map(), stars: [], imports: [] };
    module.nodes = bind(module);
    for (const statement of parsed.program.body) readStatement(statement, module);
    this.#modules.set(parsed.id, module);
    return module;
  }

  [Symbol.iterator]() {
    return this.#modules.values();
  }

  /** @returns {Module | null} the module of the app that an import leads to */
  find(importer, specifier) {
    if (isPackage(specifier)) return null;
    const file = resolveFile(this.files, importer, splitQuery(specifier)[0]);
    return this.#modules.get(file) ?? null;
  }

  /** What a module exports under a name: a variable, an expression, all of another module, or part of a package. */
  exported(module, name, seen = new Set()) {
    const mark = `${module.file}\n${name}`;
    if (seen.has(mark)) return null;
    seen.add(mark);
    const own = module.exports.get(name);
    if (own?.binding?.imported) return this.imported(own.binding, seen);
    if (own && !own.specifier) return own;
    if (own) return this.#follow(module, own.specifier, own.name, seen);
    for (const specifier of name === "default" ? [] : module.stars) {
      const found = this.#follow(module, specifier, name, seen);
      if (found && !found.package) return found;
    }
    return null;
  }

  /** What an imported variable is in the end. */
  imported(binding, seen = new Set()) {
    return this.#follow(binding.module, binding.imported.specifier, binding.imported.name, seen);
  }

  #follow(module, specifier, name, seen) {
    if (isPackage(specifier)) return { package: packagePath(specifier, name) };
    const target = this.find(module.file, specifier);
    if (!target) return null;
    return name === "*" ? { namespace: target } : this.exported(target, name, seen);
  }

  /** The variables of other modules that stand for this one. */
  aliases(binding) {
    this.#importers ??= this.#indexImports();
    return this.#importers.get(binding) ?? [];
  }

  #indexImports() {
    const index = new Map();
    for (const module of this) {
      for (const binding of module.imports) {
        const found = this.imported(binding);
        const target = found?.binding ?? found?.node;
        if (target) index.set(target, [...(index.get(target) ?? []), binding]);
      }
    }
    return index;
  }
}

const packagePath = (specifier, name) =>
  name === "default" || name === "*" ? `npm:${specifier}` : `npm:${specifier}.${name}`;

const nameOf = (node) => node.name ?? node.value;

function readStatement(statement, module) {
  if (statement.type === "ImportDeclaration") {
    for (const { local } of statement.specifiers) {
      const binding = statement.scope?.find(local.name);
      if (binding?.imported) module.imports.push(binding);
    }
  } else if (statement.type === "ExportDefaultDeclaration") {
    const node = statement.declaration;
    const binding = node.binding ?? null;
    module.exports.set("default", binding ? { binding } : { node });
  } else if (statement.type === "ExportAllDeclaration") {
    if (statement.exported)
      module.exports.set(nameOf(statement.exported), { specifier: statement.source.value, name: "*" });
    else module.stars.push(statement.source.value);
  } else if (statement.type === "ExportNamedDeclaration") readNamedExports(statement, module);
}

function readNamedExports({ declaration, specifiers, source, scope }, module) {
  for (const { local, exported } of specifiers) {
    const binding = source ? null : scope?.find(nameOf(local));
    if (source) module.exports.set(nameOf(exported), { specifier: source.value, name: nameOf(local) });
    else if (binding) module.exports.set(nameOf(exported), { binding });
  }
  if (!declaration?.scope) return;
  const names = declaration.declarations
    ? declaration.declarations.flatMap(({ id }) => namesIn(id))
    : [declaration.id?.name].filter(Boolean);
  for (const name of names) {
    const binding = declaration.scope.find(name);
    if (binding) module.exports.set(name, { binding });
  }
}

function namesIn(pattern) {
  if (!pattern) return [];
  if (pattern.type === "Identifier") return [pattern.name];
  const inside = pattern.elements ?? pattern.properties ?? [pattern.left ?? pattern.argument];
  return inside.flatMap((part) => namesIn(part?.type === "Property" ? part.value : part));
}
