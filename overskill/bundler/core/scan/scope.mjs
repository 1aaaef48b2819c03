/** Which variable each name means, and everything a variable may be given. */
import { enclosingFunction, isFunction, plainKey, unwrap, walk } from "./syntax.mjs";
import { classAround } from "./this.mjs";

const OWN_SCOPE = new Set([
  "BlockStatement",
  "CatchClause",
  "ClassDeclaration",
  "ClassExpression",
  "ForInStatement",
  "ForOfStatement",
  "ForStatement",
  "StaticBlock",
  "SwitchStatement",
  "TSModuleBlock",
]);
const HOLDS_VARS = new Set(["StaticBlock", "TSModuleBlock"]);
const PASSES_ON = new Set(["=", "||=", "&&=", "??="]);

/**
 * Where a value comes from: a node, a parameter's callers, an element of what is looped over; then the way into it.
 *
 * @typedef {object} Source
 * @property {"node" | "parameter" | "each" | "unknown"} from
 * @property {object} [node]   the expression, or the function whose parameter it is
 * @property {number} [index]  of the parameter
 * @property {Step[]} path
 * @typedef {{key: string} | {computed: object} | {from: number} | {fallback: object} | {rest: true}} Step
 */

export class Binding {
  /** @type {Source[]} */
  sources = [];
  references = [];
  /** @type {Map<string, Source[]>} what is put into its properties; "*": somewhere in it */
  writes = new Map();

  constructor(name, node, module) {
    this.name = name;
    this.node = node;
    this.module = module;
  }

  write(key, source) {
    if (!this.writes.has(key)) this.writes.set(key, []);
    this.writes.get(key).push(source);
  }
}

class Scope {
  #names = new Map();

  constructor(parent, module, { holdsVars = false } = {}) {
    this.parent = parent;
    this.module = module;
    this.holdsVars = holdsVars;
  }

  declare(name, node, module) {
    if (!this.#names.has(name)) this.#names.set(name, new Binding(name, node, module));
    return this.#names.get(name);
  }

  find(name) {
    let scope = this;
    while (scope) {
      const found = scope.#names.get(name);
      if (found) return found;
      scope = scope.parent;
    }
    return null;
  }

  get forVars() {
    let scope = this;
    while (!scope.holdsVars) scope = scope.parent;
    return scope;
  }
}

/**
 * Gives every node its `scope`, every name its `binding` (none: a global) and every class its `writes`.
 *
 * @returns {object[]} all nodes, parents first
 */
export function bind(module) {
  const nodes = [];
  for (const node of walk(module.program)) {
    nodes.push(node);
    node.scope = node.parent ? innerScope(node.parent) : new Scope(null, module, { holdsVars: true });
    declare(node, module);
  }
  for (const node of nodes) {
    if (node.type === "Identifier" || node.type === "JSXIdentifier") refer(node);
  }
  for (const node of nodes) assign(node);
  return nodes;
}

/** The scope that is seen by what is in the node. */
function innerScope(node) {
  if (node.inner) return node.inner;
  if (isFunction(node)) node.inner = new Scope(node.scope, node.scope.module, { holdsVars: true });
  else if (OWN_SCOPE.has(node.type))
    node.inner = new Scope(node.scope, node.scope.module, { holdsVars: HOLDS_VARS.has(node.type) });
  else node.inner = node.scope;
  return node.inner;
}

function declare(node, module) {
  if (isFunction(node)) declareFunction(node, module);
  else if (node.type === "VariableDeclaration") declareVariables(node, module);
  else if (node.type === "ClassDeclaration" || node.type === "ClassExpression") declareClass(node, module);
  else if (node.type === "CatchClause" && node.param) {
    const source = { from: "unknown", path: [] };
    takeApart(node.param, source, (name) => innerScope(node).declare(name.name, name, module));
  } else if (node.type === "ImportDeclaration") declareImports(node, module);
  else if (node.type === "TSEnumDeclaration" || (node.type === "TSModuleDeclaration" && node.id.type === "Identifier"))
    node.scope.declare(node.id.name, node, module);
}

function declareFunction(node, module) {
  const own = innerScope(node);
  if (node.id) {
    const home = node.type === "FunctionDeclaration" ? node.scope : own;
    node.binding = home.declare(node.id.name, node, module);
    node.binding.sources.push({ from: "node", node, path: [] });
  }
  node.params.forEach((parameter, index) => {
    const isRest = parameter.type === "RestElement";
    const pattern = isRest ? parameter.argument : (parameter.parameter ?? parameter);
    const source = { from: "parameter", node, index, path: isRest ? [{ from: 0 }] : [], isRest };
    takeApart(pattern, source, (name) => own.declare(name.name, name, module));
  });
}

function declareVariables(node, module) {
  const home = node.kind === "var" ? node.scope.forVars : node.scope;
  for (const { id, init } of node.declarations) {
    takeApart(id, declaredSource(node, init), (name) => home.declare(name.name, name, module));
  }
}

function declaredSource(declaration, init) {
  const { parent } = declaration;
  if (parent?.type === "ForOfStatement" && parent.left === declaration)
    return { from: "each", node: parent.right, path: [] };
  if (parent?.type === "ForInStatement" && parent.left === declaration) return { from: "unknown", path: [] };
  return init ? { from: "node", node: init, path: [] } : null;
}

function declareClass(node, module) {
  node.writes = new Map();
  if (!node.id) return;
  const home = node.type === "ClassDeclaration" ? node.scope : innerScope(node);
  node.binding = home.declare(node.id.name, node, module);
  node.binding.sources.push({ from: "node", node, path: [] });
}

function declareImports(node, module) {
  for (const specifier of node.specifiers) {
    if (specifier.importKind === "type") continue;
    const binding = node.scope.declare(specifier.local.name, specifier, module);
    binding.imported = { specifier: node.source.value, name: importedName(specifier) };
  }
}

function importedName({ type, imported }) {
  if (type === "ImportDefaultSpecifier") return "default";
  return type === "ImportNamespaceSpecifier" ? "*" : (imported.name ?? imported.value);
}

/** Every name in a pattern gets the part of the source that it stands for. */
function takeApart(pattern, source, bindingOf, path = source?.path ?? []) {
  const part = source && { ...source, path };
  if (pattern.type === "Identifier") {
    const binding = bindingOf(pattern);
    if (binding && part) binding.sources.push(part);
  } else if (pattern.type === "AssignmentPattern") {
    takeApart(pattern.left, source, bindingOf, [...path, { fallback: pattern.right }]);
  } else if (pattern.type === "ArrayPattern") {
    pattern.elements.forEach((element, index) => {
      if (element?.type === "RestElement") takeApart(element.argument, source, bindingOf, [...path, { from: index }]);
      else if (element) takeApart(element, source, bindingOf, [...path, { key: String(index) }]);
    });
  } else if (pattern.type === "ObjectPattern") {
    for (const property of pattern.properties) {
      if (property.type === "RestElement") {
        takeApart(property.argument, source, bindingOf, [...path, { rest: true }]);
        continue;
      }
      const key = plainKey(property.key, property.computed);
      const step = key === null ? { computed: property.key } : { key };
      property.source = source && { ...source, path: [...path, step] };
      takeApart(property.value, source, bindingOf, [...path, step]);
    }
  } else if (part) writeInto(unwrap(pattern), part);
}

function refer(node) {
  if (node.type === "JSXIdentifier" && !/^[A-Z_$]/.test(node.name)) return;
  const binding = node.scope.find(node.name);
  if (!binding) return;
  node.binding = binding;
  binding.references.push(node);
}

function assign(node) {
  if (node.type === "AssignmentExpression") {
    const source = PASSES_ON.has(node.operator)
      ? { from: "node", node: node.right, path: [] }
      : { from: "unknown", path: [] };
    takeApart(unwrap(node.left), source, (name) => name.binding);
  } else if (node.type === "ForOfStatement" && node.left.type !== "VariableDeclaration") {
    takeApart(unwrap(node.left), { from: "each", node: node.right, path: [] }, (name) => name.binding);
  } else if (node.type === "PropertyDefinition" && node.value) {
    const key = plainKey(node.key, node.computed);
    if (key !== null) writeTo(node.parent.parent.writes, key, { from: "node", node: node.value, path: [] });
  } else if (node.type === "ReturnStatement") {
    const home = enclosingFunction(node);
    if (home) (home.returned ??= []).push(node);
  } else if (node.type === "CallExpression") pushInto(node);
}

const CHANGES = /^(push|unshift|add|set|splice|fill|reverse|sort|copyWithin|pop|shift)$/;

/** `list.push(a)`, `list.unshift(a)`, `map.set(k, a)`: it is somewhere in there. */
function pushInto(call) {
  const callee = unwrap(call.callee);
  if (callee.type !== "MemberExpression" || callee.computed) return;
  if (!CHANGES.test(callee.property.name)) return;
  const holder = unwrap(callee.object);
  if (holder.type !== "Identifier" || !holder.binding) return;
  for (const node of call.arguments) holder.binding.write("*", { from: "node", node, path: [] });
  if (call.arguments.length === 0) holder.binding.write("*", { from: "unknown", path: [] });
}

function writeInto(target, source) {
  if (target.type !== "MemberExpression") return;
  const key = plainKey(target.property, target.computed) ?? "*";
  const holder = unwrap(target.object);
  if (holder.type === "Identifier" && holder.binding) holder.binding.write(key, source);
  else if (holder.type === "ThisExpression") {
    const home = classAround(target);
    if (home) writeTo(home.writes, key, source);
  }
}

function writeTo(writes, key, source) {
  if (!writes.has(key)) writes.set(key, []);
  writes.get(key).push(source);
}
