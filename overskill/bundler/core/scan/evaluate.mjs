/** What expressions may be: constants are folded, names followed to where they come from, also from file to file. */
import { callSites } from "./calls.mjs";
import { EXPRESSIONS } from "./expressions.mjs";
import { isRoot, memberPath, memberPathOfUnknown, primitiveClass } from "./globals.mjs";
import { isFunction, unwrap } from "./syntax.mjs";
import {
  OPAQUE,
  UNKNOWN,
  alternatives,
  constant,
  every,
  global,
  isKnownPrimitive,
  list,
  map,
  primitive,
  record,
  some,
  union,
} from "./values.mjs";

const DEEPEST = 120;
const MOST_SOURCES = 50;

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
