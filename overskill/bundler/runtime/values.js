/**
 * What an app logs, as a small tree that can be sent and shown: never more than a few hundred parts, whatever it holds.
 *
 * @typedef {{kind: "text" | "plain", text: string}} Leaf  "plain": numbers, functions and the like; not in quotes
 * @typedef {{kind: "branch", text: string, isList: boolean, parts: [string, Shown][], more: number}} Branch
 * @typedef {Leaf | Branch} Shown
 */

const DEEPEST = 4;
const MOST_PARTS = 40; // of one object
const MOST_IN_ALL = 250;
const LONGEST_TEXT = 2000;
const LONGEST_INSIDE = 300; // a text in an object

/** @returns {Shown} */
export function shown(value, budget = { left: MOST_IN_ALL }, depth = 0, above = []) {
  budget.left -= 1;
  if (typeof value === "string") return { kind: "text", text: clip(value, depth ? LONGEST_INSIDE : LONGEST_TEXT) };
  if (value === null || typeof value !== "object") return plain(nameOfPlain(value));
  try {
    return object(value, budget, depth, above);
  } catch {
    return plain("[object that can't be read]"); // a proxy, or a getter that throws
  }
}

function object(value, budget, depth, above) {
  if (value instanceof Error) return plain(`${value.name}: ${value.message}`);
  if (value instanceof Date) return plain(Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString());
  if (value instanceof RegExp) return plain(String(value));
  if (isElement(value)) return plain(tagOf(value));
  if (above.includes(value)) return plain("[the same object again]");
  const isList = Array.isArray(value) || ArrayBuffer.isView(value);
  const text = titleOf(value);
  const entries = entriesOf(value);
  if (depth >= DEEPEST || budget.left <= 0) return plain(isList ? text || `Array(${value.length})` : `${text || "Object"} {…}`);
  const parts = [];
  for (const [name, part] of entries) {
    if (parts.length === MOST_PARTS || budget.left <= 0) break;
    parts.push([clip(String(name), 80), shown(part(), budget, depth + 1, [...above, value])]);
  }
  return { kind: "branch", text, isList, parts, more: sizeOf(value) - parts.length };
}

function nameOfPlain(value) {
  if (typeof value === "function") return `ƒ ${value.name || "anonymous"}()`;
  if (typeof value === "bigint") return `${value}n`;
  return Object.is(value, -0) ? "-0" : String(value);
}

const isElement = (value) => typeof Node === "function" && value instanceof Node;

function tagOf(node) {
  if (node.nodeType !== 1) return node.nodeName;
  const names = [...node.classList].slice(0, 3).map((name) => `.${name}`);
  return clip(`<${node.localName}${node.id ? `#${node.id}` : ""}${names.join("")}>`, 120);
}

function titleOf(value) {
  const name = value.constructor?.name;
  if (value instanceof Map || value instanceof Set) return `${name}(${value.size})`;
  if (ArrayBuffer.isView(value)) return `${name}(${value.length ?? value.byteLength})`;
  return typeof name === "string" && name !== "Object" && name !== "Array" ? clip(name, 60) : "";
}

/** Each part comes when it is asked for: of a list of a million, few are. */
function* entriesOf(value) {
  if (value instanceof Map) for (const [key, part] of value) yield [labelOf(key), () => part];
  else if (value instanceof Set) {
    let index = 0;
    for (const part of value) yield [index++, () => part];
  } else if (Array.isArray(value) || ArrayBuffer.isView(value))
    for (let index = 0; index < value.length; index += 1) yield [index, () => value[index]];
  else for (const name of Object.keys(value)) yield [name, () => value[name]];
}

function sizeOf(value) {
  if (value instanceof Map || value instanceof Set) return value.size;
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return value.length ?? 0;
  return Object.keys(value).length;
}

const labelOf = (key) => (key !== null && typeof key === "object" ? titleOf(key) || "Object" : String(key));
const plain = (text) => ({ kind: "plain", text: clip(text, LONGEST_INSIDE) });

export function clip(text, longest = LONGEST_TEXT) {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
