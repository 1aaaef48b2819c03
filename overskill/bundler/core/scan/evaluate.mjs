/** What expressions may be: constants are folded, names followed to where they come from, also from file to file. */
import { callSites, readCall, resultOf } from "./calls.mjs";
import { globalPath, isRoot, memberPath, memberPathOfUnknown, primitiveClass } from "./globals.mjs";
import { classAround, enclosingThis } from "./this.mjs";
import { isFunction, plainKey, unwrap } from "./syntax.mjs";
import {
  OPAQUE,
  TEXT,
  UNKNOWN,
  added,
  alternatives,
  beginning,
  constant,
  every,
  global,
  isKnownPrimitive,
  isString,
  list,
  map,
  primitive,
  record,
  some,
  union,
} from "./values.mjs";

const DEEPEST = 120;
const MOST_SOURCES = 50;
const LONGEST_SUM = 5000;
const IS_ADDRESS = /^\s*([a-z][a-z0-9+.-]*:|[\\/]{2})/i;
const OWN_ADDRESS = "/"; // what import.meta.url leads to
const CONSTANTS = { undefined, NaN, Infinity };

export class Evaluator {
  #known = new Map();
  #parameters = new Map();
  #pending = new Set();
  #depth = 0;

  constructor(modules) {
    this.modules = modules;
  }

  /** @returns {import("./values.mjs").Value} */
  value(expression) {
    const node = unwrap(expression);
    if (!node) return constant(undefined);
    if (node.type === "Literal" && !node.regex) return constant(node.value);
    const known = this.#known.get(node);
    if (known) return known;
    if (this.#pending.has(node) || this.#depth >= DEEPEST) return UNKNOWN; // it depends on itself, or on too much
    this.#pending.add(node);
    this.#depth += 1;
    try {
      const found = this.#evaluate(node);
      this.#known.set(node, found);
      return found;
    } finally {
      this.#depth -= 1;
      this.#pending.delete(node);
    }
  }

  #evaluate(node) {
    if (isFunction(node)) return { type: "function", node };
    const evaluate = EXPRESSIONS[node.type];
    return evaluate ? evaluate(node, this) : UNKNOWN;
  }

  /** What a variable may hold. */
  variable(binding) {
    const known = this.#known.get(binding);
    if (known) return known;
    if (this.#pending.has(binding) || this.#depth >= DEEPEST) return UNKNOWN;
    this.#pending.add(binding);
    this.#depth += 1;
    try {
      const found = binding.imported ? this.#imported(binding) : this.#assigned(binding);
      this.#known.set(binding, found);
      return found;
    } finally {
      this.#depth -= 1;
      this.#pending.delete(binding);
    }
  }

  #assigned({ node, sources }) {
    if (node.type === "TSEnumDeclaration" || node.type === "TSModuleDeclaration") return UNKNOWN;
    return sources.length === 0 ? constant(undefined) : this.#any(sources);
  }

  #any(sources) {
    const found = sources.slice(0, MOST_SOURCES).map((source) => this.source(source));
    return union(sources.length > MOST_SOURCES ? [...found, UNKNOWN] : found);
  }

  #imported(binding) {
    const found = this.modules.imported(binding);
    return found ? this.exported(found) : UNKNOWN;
  }

  /** What a module's export is, as `Modules.exported` found it. */
  exported(found) {
    if (found.package) return global(found.package);
    if (found.namespace) return { type: "namespace", module: found.namespace };
    return found.binding ? this.variable(found.binding) : this.value(found.node);
  }

  /** @param {import("./scope.mjs").Source} source */
  source(source) {
    let value = this.#origin(source);
    for (const step of source.path) value = this.#step(value, step);
    return value;
  }

  #origin({ from, node, index, isRest }) {
    if (from === "node") return this.value(node);
    if (from === "each") return elements(this.value(node));
    return from === "parameter" ? this.#parameter(node, index, isRest) : UNKNOWN;
  }

  #step(value, step) {
    if ("key" in step) return this.member(value, constant(step.key));
    if ("computed" in step) return this.member(value, this.value(step.computed));
    if ("fallback" in step) return union([value, this.value(step.fallback)]);
    if ("from" in step)
      return map(value, (each) => (each.type === "list" ? list(each.items.slice(step.from)) : UNKNOWN));
    return value;
  }

  /** What callers pass; unknown as well when not every caller can be seen. */
  #parameter(node, index, isRest) {
    const known = this.#parameters.get(node)?.[index];
    if (known) return known;
    const { sites, isClosed } = callSites(node, this);
    const given = sites.map((args) => {
      if (isRest) return list(args.slice(index));
      return args[index] ?? constant(undefined);
    });
    const value = union(isClosed && given.length > 0 ? given : [...given, UNKNOWN]);
    if (!this.#parameters.has(node)) this.#parameters.set(node, []);
    this.#parameters.get(node)[index] = value;
    return value;
  }

  /** `object[key]`. What may be a function or something else is taken for the other when it is read by place. */
  member(object, key) {
    const keys = alternatives(key);
    const isByPlace = object.type === "union" && !keys.some(isKnownPrimitive);
    const holders = isByPlace ? object.values.filter(({ type }) => type !== "function") : alternatives(object);
    return union(holders.flatMap((each) => keys.map((name) => this.#property(each, name))));
  }

  #property(object, key) {
    if (!isKnownPrimitive(key)) return hidden(object);
    return this.#named(object, String(primitive(key)));
  }

  #named(object, name) {
    if (/^(call|apply|bind)$/.test(name) && isCallable(object)) return { type: "method", name, of: object };
    switch (object.type) {
      case "global":
        return global(memberPath(object.path, name));
      case "function":
      case "class":
      case "method":
      case "bound":
        return ofFunction(object, name, this);
      case "constant":
        return ofPrimitive(object.value, name);
      case "text":
        return name === "constructor" ? global("String") : global(`String.prototype.${name}`);
      case "list":
        return ofList(object, name);
      case "record":
        return object.properties.get(name) ?? (name === "constructor" ? global("Object") : UNKNOWN);
      case "instance":
        return this.written(object.node.writes, name);
      case "namespace":
        return this.#ofNamespace(object.module, name);
      case "opaque":
        return OPAQUE;
      default:
        return ofUnknown(name);
    }
  }

  #ofNamespace(module, name) {
    const found = this.modules.exported(module, name);
    return found ? this.exported(found) : UNKNOWN;
  }

  /** What was put into a property, anywhere. */
  written(writes, name) {
    const sources = [...(writes.get(name) ?? []), ...(writes.get("*") ?? [])];
    return sources.length === 0 ? UNKNOWN : this.#any(sources);
  }
}

/** A property whose name is not known. */
function hidden(object) {
  switch (object.type) {
    case "global":
      return isRoot(object.path) || object.path === "Function.prototype" ? OPAQUE : UNKNOWN;
    case "list":
      return object.items.length > 0 ? union(object.items) : UNKNOWN;
    case "record":
      return object.properties.size > 0 ? union([...object.properties.values()]) : UNKNOWN;
    case "function":
    case "opaque":
      return OPAQUE;
    default:
      return UNKNOWN;
  }
}

export const isCallable = (value) =>
  value.type === "function" ||
  value.type === "opaque" ||
  value.type === "method" ||
  value.type === "bound" ||
  value.type === "global";

function ofFunction(object, name, evaluator) {
  if (name === "constructor") return global("Function");
  if (name === "__proto__") return global("Function.prototype");
  return object.type === "class" ? evaluator.written(object.node.writes, name) : UNKNOWN;
}

function ofPrimitive(value, name) {
  if (value === null || value === undefined) return UNKNOWN;
  if (typeof value === "string" && /^\d+$/.test(name))
    return constant(Number(name) < value.length ? value[Number(name)] : undefined);
  if (typeof value === "string" && name === "length") return constant(value.length);
  const kind = primitiveClass(value);
  return global(name === "constructor" ? kind : `${kind}.prototype.${name}`);
}

function ofList({ items }, name) {
  if (/^\d+$/.test(name)) return items[Number(name)] ?? constant(undefined);
  if (name === "length") return constant(items.length);
  return global(name === "constructor" ? "Array" : `Array.prototype.${name}`);
}

function ofUnknown(name) {
  const path = memberPathOfUnknown(name);
  return path ? global(path) : UNKNOWN;
}

/** What is in a list, whichever it is. */
export function elements(value) {
  return map(value, (each) => {
    if (each.type === "list") return union(each.items);
    return each.type === "opaque" ? OPAQUE : UNKNOWN;
  });
}

const EXPRESSIONS = {
  ArrayExpression: (node, evaluator) => list(itemsOf(node.elements, evaluator)),
  ArrowFunctionExpression: (node) => ({ type: "function", node }),
  AssignmentExpression: (node, evaluator) => (node.operator === "=" ? evaluator.value(node.right) : UNKNOWN),
  AwaitExpression: (node, evaluator) => evaluator.value(node.argument),
  BinaryExpression: binary,
  CallExpression: (node, evaluator) => resultOf(readCall(node, evaluator), evaluator),
  ClassDeclaration: (node) => ({ type: "class", node }),
  ClassExpression: (node) => ({ type: "class", node }),
  ConditionalExpression: (node, evaluator) =>
    union([evaluator.value(node.consequent), evaluator.value(node.alternate)]),
  Identifier: identifier,
  ImportExpression: importedModule,
  JSXExpressionContainer: (node, evaluator) => evaluator.value(node.expression),
  JSXIdentifier: (node, evaluator) => (node.binding ? evaluator.variable(node.binding) : UNKNOWN),
  Literal: () => global("RegExp.prototype"), // a regular expression; others are constants
  LogicalExpression: logical,
  MemberExpression: memberExpression,
  MetaProperty: () => record(new Map([["url", constant(OWN_ADDRESS)]])),
  NewExpression: instance,
  ObjectExpression: objectLiteral,
  SequenceExpression: (node, evaluator) => evaluator.value(node.expressions.at(-1)),
  TaggedTemplateExpression: (node, evaluator) =>
    some(evaluator.value(node.tag), (tag) => tag.type === "global" && tag.path === "String.raw")
      ? template(node.quasi, evaluator)
      : UNKNOWN,
  TemplateLiteral: template,
  ThisExpression: (node) => (enclosingThis(node) === "window" ? global("window") : UNKNOWN),
  UnaryExpression: unary,
};

function itemsOf(nodes, evaluator) {
  return nodes.flatMap((node) => {
    if (node === null) return [constant(undefined)];
    if (node.type !== "SpreadElement") return [evaluator.value(node)];
    const spread = evaluator.value(node.argument);
    if (spread.type === "list") return spread.items;
    return spread.type === "constant" && typeof spread.value === "string" ? [...spread.value].map(constant) : [UNKNOWN];
  });
}

/** `a + b + c …` is deep on its left: taken apart without recursion. */
function binary(node, evaluator) {
  if (node.operator !== "+") return UNKNOWN;
  const operands = [];
  let left = node;
  while (left.type === "BinaryExpression" && left.operator === "+" && operands.length < LONGEST_SUM) {
    operands.push(left.right);
    left = unwrap(left.left);
  }
  let sum = left.type === "BinaryExpression" && left.operator === "+" ? UNKNOWN : evaluator.value(left);
  for (const operand of operands.toReversed()) sum = sumOf(sum, evaluator.value(operand));
  return sum;
}

const sumOf = (left, right) =>
  union(alternatives(left).flatMap((first) => alternatives(right).map((second) => added(first, second))));

function identifier(node, evaluator) {
  if (node.binding) return evaluator.variable(node.binding);
  return Object.hasOwn(CONSTANTS, node.name) ? constant(CONSTANTS[node.name]) : global(globalPath(node.name));
}

function importedModule(node, evaluator) {
  const source = evaluator.value(node.source);
  if (source.type !== "constant" || typeof source.value !== "string") return UNKNOWN;
  const home = node.scope.module;
  const module = home && evaluator.modules.find(home.file, source.value);
  return module ? { type: "namespace", module } : UNKNOWN;
}

function logical(node, evaluator) {
  const right = evaluator.value(node.right);
  return node.operator === "&&" ? right : union([evaluator.value(node.left), right]);
}

function memberExpression(node, evaluator) {
  const holder = unwrap(node.object);
  const name = plainKey(node.property, node.computed);
  const key = name === null ? evaluator.value(node.property) : constant(name);
  const object = evaluator.value(holder);
  const found = isEmptyLiteral(holder) && !isKnownPrimitive(key) ? hiddenMethod(key) : evaluator.member(object, key);
  const writes = writesOf(holder);
  if (!writes || writes.size === 0) return found;
  const written = alternatives(key).map((each) => evaluator.written(writes, String(primitive(each))));
  return union([found, ...written]);
}

/** `[][key]`, `""[key]`: nothing is there but the methods. */
const hiddenMethod = (key) => (some(key, isKnownPrimitive) ? UNKNOWN : global("Function.prototype"));

const isEmptyLiteral = (node) =>
  (node.type === "ArrayExpression" && node.elements.length === 0) ||
  (node.type === "ObjectExpression" && node.properties.length === 0) ||
  (node.type === "Literal" && !node.value);

function writesOf(holder) {
  if (holder.type === "Identifier") return holder.binding?.writes;
  return holder.type === "ThisExpression" ? classAround(holder)?.writes : undefined;
}

function instance(node, evaluator) {
  return union(readCall(node, evaluator).targets.map(({ callee, args }) => made(callee, args)));
}

function made(callee, args) {
  if (callee.type === "class") return { type: "instance", node: callee.node };
  if (callee.type === "opaque") return OPAQUE;
  if (callee.type !== "global") return UNKNOWN;
  if (callee.path === "Image") return global("<img>");
  if (callee.path === "URL") return baseOrAddress(args);
  if (callee.path === "Request" || callee.path === "Proxy") return args[0] ?? UNKNOWN;
  return callee.path === "Array" ? list([]) : global(`new ${callee.path}`);
}

/** `new URL(path, base)` leads where the base does, unless the path is an address itself, or may be. */
function baseOrAddress([address = UNKNOWN, base]) {
  const isRelative = every(address, (each) => isString(each) && beginning(each) !== "" && !IS_ADDRESS.test(beginning(each)));
  return base && isRelative ? base : address;
}

function objectLiteral(node, evaluator) {
  const properties = new Map();
  for (const property of node.properties) {
    if (property.type === "SpreadElement") {
      const spread = evaluator.value(property.argument);
      if (some(spread, ({ type, path }) => type === "global" && isRoot(path))) return spread;
      if (spread.type === "record") for (const [name, value] of spread.properties) properties.set(name, value);
      continue;
    }
    const name = plainKey(property.key, property.computed);
    const key = name === null ? evaluator.value(property.key) : constant(name);
    if (isKnownPrimitive(key)) properties.set(String(primitive(key)), evaluator.value(property.value));
  }
  return record(properties);
}

function template({ quasis, expressions }, evaluator) {
  let whole = constant(quasis[0].value.cooked ?? "");
  expressions.forEach((expression, index) => {
    const value = evaluator.value(expression);
    const text = value.type === "constant" ? constant(String(value.value)) : value;
    whole = sumOf(whole, isKnownPrimitive(text) || text.type !== "unknown" ? text : TEXT);
    whole = sumOf(whole, constant(quasis[index + 1].value.cooked ?? ""));
  });
  return whole;
}

function unary(node, evaluator) {
  const value = evaluator.value(node.argument);
  if (node.operator === "void") return constant(undefined);
  if (node.operator === "typeof") return TEXT;
  const isObject = value.type === "list" || value.type === "record" || value.type === "function";
  if (node.operator === "!" && (isObject || value.type === "constant"))
    return constant(isObject ? false : !value.value);
  if (value.type !== "constant" && value.type !== "list") return UNKNOWN;
  const plain = primitive(value);
  if (plain === undefined && value.type === "list") return UNKNOWN;
  if (typeof plain === "bigint") return UNKNOWN;
  if (node.operator === "+") return constant(Number(plain));
  if (node.operator === "-") return constant(-Number(plain));
  return node.operator === "~" ? constant(~Number(plain)) : UNKNOWN;
}
