/** What the language's own functions make of values that are known. Bounded: code may ask for very long strings. */
import { LONGEST_TEXT, TEXT, UNKNOWN, constant, every, isKnownPrimitive, list, primitive } from "./values.mjs";

const FUNCTIONS = {
  atob: (text) => Buffer.from(text, "base64").toString("latin1"),
  btoa: (text) => Buffer.from(text, "latin1").toString("base64"),
  decodeURIComponent,
  decodeURI,
  encodeURIComponent,
  unescape,
  escape,
  parseInt: (text, radix) => Number.parseInt(text, radix),
  parseFloat: (text) => Number.parseFloat(text),
  Number: (value) => Number(value),
  String: (value) => String(value),
  "String.fromCharCode": (...codes) => String.fromCharCode(...codes),
  "String.fromCodePoint": (...codes) => String.fromCodePoint(...codes),
  "Number.parseInt": (text, radix) => Number.parseInt(text, radix),
};
const GIVES_TEXT = new Set([...Object.keys(FUNCTIONS), "JSON.stringify", "String.raw"]);
for (const name of ["parseInt", "parseFloat", "Number", "Number.parseInt"]) GIVES_TEXT.delete(name);
const OF_STRINGS = new Set(
  (
    "at charAt charCodeAt codePointAt concat indexOf normalize padEnd padStart repeat replace replaceAll slice split " +
    "substr substring toLowerCase toString toUpperCase trim trimEnd trimStart valueOf"
  ).split(" "),
);
const OF_NUMBERS = new Set(["toString", "valueOf"]);
const TEXT_METHODS = new Set(["join", "padEnd", "padStart", "repeat", "toLowerCase", "toUpperCase", "trim"]);

/** Whether it is taken for granted here what this does, so that it must not be replaced. */
export const isRelied = (path) =>
  Object.hasOwn(FUNCTIONS, path) || /^(String|Array|Number|Reflect|Promise)(\.|$)|^Object(\.(?!prototype)|$)/.test(path);

/** A call of a global function, or null when it is none of these. */
export function foldFunction(path, args) {
  if (!Object.hasOwn(FUNCTIONS, path)) return GIVES_TEXT.has(path) ? TEXT : null;
  const unknown = GIVES_TEXT.has(path) ? TEXT : UNKNOWN;
  if (args.length === 0 || !args.every(isKnownPrimitive)) return unknown;
  return attempt(() => FUNCTIONS[path](...args.map(primitive)), unknown);
}

/** A call of a method of a string, a number or a list, or null when it is none that is known here. */
export function foldMethod(receiver, name, args) {
  if (receiver.type === "list") return foldList(receiver, name, args);
  if (receiver.type !== "constant") return TEXT_METHODS.has(name) ? TEXT : null;
  const { value } = receiver;
  const isKnown =
    (typeof value === "string" && OF_STRINGS.has(name)) ||
    (["number", "boolean"].includes(typeof value) && OF_NUMBERS.has(name));
  if (!isKnown) return null;
  if (!args.every((arg) => arg.type === "constant" && typeof arg.value !== "object")) return TEXT;
  if (/^(pad|repeat)/.test(name) && Number(args[0]?.value) > LONGEST_TEXT) return TEXT;
  return attempt(() => value[name](...args.map((arg) => arg.value)), TEXT);
}

function foldList({ items, isOpen }, name, args) {
  if (isOpen) return name === "join" ? TEXT : null;
  if (!args.every((arg) => arg.type === "constant" || name === "concat")) return null;
  const plain = args.map((arg) => arg.value);
  if (name === "join") {
    const isKnown =
      items.every((item) => every(item, isKnownPrimitive)) && items.every((item) => item.type !== "union");
    return isKnown ? attempt(() => items.map(primitive).join(...plain), TEXT) : TEXT;
  }
  if (name === "reverse" || name === "toReversed") return list(items.toReversed());
  if (name === "slice") return list(items.slice(...plain));
  if (name === "at") return items.at(...plain) ?? UNKNOWN;
  if (name === "pop") return items.at(-1) ?? UNKNOWN;
  if (name === "shift") return items[0] ?? UNKNOWN;
  if (name === "concat") return list([...items, ...args.flatMap((arg) => (arg.type === "list" ? arg.items : [arg]))]);
  return name === "flat" ? list(items.flatMap((item) => (item.type === "list" ? item.items : [item]))) : null;
}

/** The result as a value; what throws or grows too long is unknown. */
function attempt(compute, otherwise) {
  let result;
  try {
    result = compute();
  } catch {
    return otherwise; // it throws there, too
  }
  if (Array.isArray(result)) return result.length > 1000 ? UNKNOWN : list(result.map(constant));
  return typeof result === "string" && result.length > LONGEST_TEXT ? otherwise : constant(result);
}
