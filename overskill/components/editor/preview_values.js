/**
 * Values that an app logged, as its preview describes them (bundler/runtime/values.js). The preview runs anybody's code:
 * whatever comes is brought into shape here, and shown as text. Pure.
 *
 * @typedef {{ kind: "text" | "plain", text: string }} Leaf
 * @typedef {{ kind: "branch", text: string, isList: boolean, parts: [string, Value][], more: number }} Branch
 * @typedef {Leaf | Branch} Value
 */
import { limited } from "./preview_messages.js";

const MOST_VALUES = 12;
const MOST_IN_ALL = 300;
const DEEPEST = 6;
const LONGEST = 2000;
const LONGEST_NAME = 80;
const LONGEST_LINE = 400;
const SHORT = 3; // parts that a line names of an object

/** @returns {Value[]} */
export function valuesFrom(sent) {
  const budget = { left: MOST_IN_ALL };
  return (Array.isArray(sent) ? sent : []).slice(0, MOST_VALUES).map((value) => valueFrom(value, budget, 0));
}

function valueFrom(sent, budget, depth) {
  budget.left -= 1;
  const text = limited(sent?.text, LONGEST);
  if (sent?.kind !== "branch" || depth >= DEEPEST) return { kind: sent?.kind === "text" ? "text" : "plain", text };
  const parts = [];
  for (const part of Array.isArray(sent.parts) ? sent.parts : []) {
    if (budget.left <= 0) break;
    if (Array.isArray(part)) parts.push([limited(part[0], LONGEST_NAME), valueFrom(part[1], budget, depth + 1)]);
  }
  const more = Number.isInteger(sent.more) && sent.more > 0 ? sent.more : 0;
  return { kind: "branch", text: limited(sent.text, LONGEST_NAME), isList: sent.isList === true, parts, more };
}

/** All values in one line. @param {Value[]} values */
export function lineOf(values) {
  return values.map((value) => inLine(value, 0)).join(" ").replace(/\s+/g, " ").slice(0, LONGEST_LINE);
}

/** @param {Value} value */
export function inLine(value, depth = 1) {
  if (value.kind === "text") return depth === 0 ? value.text : JSON.stringify(value.text);
  if (value.kind === "plain") return value.text;
  const shown = value.parts.slice(0, SHORT).map(([name, part]) => {
    const text = depth > 1 && part.kind === "branch" ? (part.isList ? "[…]" : "{…}") : inLine(part, depth + 1);
    return value.isList ? text : `${name}: ${text}`;
  });
  const rest = value.parts.length + value.more > shown.length ? ["…"] : [];
  const inside = [...shown, ...rest].join(", ");
  const brackets = value.isList ? `[${inside}]` : inside ? `{ ${inside} }` : "{}";
  return value.text ? `${value.text} ${brackets}` : brackets;
}
