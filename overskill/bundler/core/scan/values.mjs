/**
 * What an expression may be, as far as it can be told without running it.
 *
 * @typedef {object} Value
 * @property {"unknown" | "opaque" | "clean" | "constant" | "text" | "global" | "function" | "class" | "instance"
 *   | "list" | "record" | "namespace" | "method" | "bound" | "union"} type
 *
 * opaque: a property of a global object whose name is not known     clean: HTML that was sanitized
 * text: a string of which only the beginning (`prefix`) is known    global: `path`, such as "document.cookie"
 * method: `name` (call, apply or bind) of the function `of`         bound: `of` with its first `args`
 */
import { isFunctionPath } from "./globals.mjs";

const MOST_ALTERNATIVES = 16;
export const LONGEST_TEXT = 1 << 16;

export const UNKNOWN = Object.freeze({ type: "unknown" });
export const OPAQUE = Object.freeze({ type: "opaque" });
export const CLEAN = Object.freeze({ type: "clean" });
export const TEXT = Object.freeze({ type: "text", prefix: "" });

export const constant = (value) => ({ type: "constant", value });
export const text = (prefix) => ({ type: "text", prefix });
export const global = (path) => ({ type: "global", path });
export const list = (items) => ({ type: "list", items });
/** @param {Map<string, Value>} properties @param {boolean} [isOpen]  whether there may be others */
export const record = (properties, isOpen = false) => ({ type: "record", properties, isOpen });
/** Of a list or record that is changed after it was made. */
export const opened = (value) =>
  value.type === "list" || value.type === "record" ? { ...value, isOpen: true } : value;

/** One of several; the same as the one when there is one. */
export function union(values) {
  const found = new Map();
  for (const value of values.flatMap(alternatives)) {
    if (found.size < MOST_ALTERNATIVES) found.set(identity(value), value);
    else found.set("unknown", UNKNOWN);
  }
  if (found.size === 0) return UNKNOWN;
  return found.size === 1 ? found.values().next().value : { type: "union", values: [...found.values()] };
}

export const alternatives = (value) => (value.type === "union" ? value.values : [value]);
export const some = (value, test) => alternatives(value).some(test);
export const every = (value, test) => alternatives(value).every(test);
/** The same done to every alternative. */
export const map = (value, change) => (value.type === "union" ? union(value.values.map(change)) : change(value));

export const isGlobal = (value, path) => some(value, (each) => each.type === "global" && each.path === path);
export const isString = (value) =>
  value.type === "text" || (value.type === "constant" && typeof value.value === "string");
/** All strings it may be; empty when it may be something else. */
export const strings = (value) => (every(value, isString) ? alternatives(value).map(beginning) : []);
/** Of a string, as much of its beginning as is known. */
export const beginning = (value) => (value.type === "text" ? value.prefix : String(value.value));
export const globalPaths = (value) =>
  alternatives(value).flatMap((each) => (each.type === "global" ? [each.path] : []));

function identity(value) {
  if (value.type === "constant") return `constant ${typeof value.value} ${value.value}`;
  if (value.type === "global") return `global ${value.path}`;
  if (value.type === "text") return `text ${value.prefix}`;
  return value.type === "unknown" || value.type === "opaque" || value.type === "clean" ? value.type : value;
}

/** What JavaScript makes of it in `"" + value`; undefined when that is not known. */
export function primitive(value) {
  if (value.type === "constant") return value.value;
  if (value.isOpen) return undefined;
  if (value.type === "record") return value.properties.size === 0 ? "[object Object]" : undefined; // or its toString
  if (value.type === "global" && isFunctionPath(value.path))
    return `function ${value.path.split(".").at(-1)}() { [native code] }`;
  if (value.type !== "list") return undefined;
  const parts = value.items.map(primitive);
  return parts.includes(undefined) && value.items.some((item) => item.type !== "constant")
    ? undefined
    : parts.join(",");
}

export const isKnownPrimitive = (value) => value.type === "constant" || primitive(value) !== undefined;

/** `left + right`. */
export function added(left, right) {
  if (isKnownPrimitive(left) && isKnownPrimitive(right)) {
    const [first, second] = [primitive(left), primitive(right)];
    if (typeof first === "bigint" || typeof second === "bigint") return UNKNOWN;
    const sum = first + second;
    return typeof sum === "string" && sum.length > LONGEST_TEXT ? TEXT : constant(sum);
  }
  if (isClean(left) && isClean(right)) return CLEAN;
  if (isString(left)) return left.type === "text" ? left : text(left.value);
  return isString(right) ? TEXT : UNKNOWN;
}

const isClean = (value) => value.type === "clean" || value.type === "constant";
