/** Words between tags and in quotes: how they read, and how to write them so that the code around stays code. */
import { codeOf, isComponent, isSpace, nameOf, refuse, rootName } from "./tree.mjs";

const NAMED = {
  amp: "&",
  apos: "'",
  bull: "•",
  cent: "¢",
  check: "✓",
  copy: "©",
  darr: "↓",
  deg: "°",
  eacute: "é",
  egrave: "è",
  euro: "€",
  frac12: "½",
  ge: "≥",
  gt: ">",
  harr: "↔",
  hearts: "♥",
  hellip: "…",
  laquo: "«",
  larr: "←",
  ldquo: "“",
  le: "≤",
  lsquo: "‘",
  lt: "<",
  mdash: "—",
  middot: "·",
  minus: "−",
  nbsp: "\u00a0",
  ndash: "–",
  ne: "≠",
  pound: "£",
  quot: '"',
  raquo: "»",
  rarr: "→",
  rdquo: "”",
  reg: "®",
  rsquo: "’",
  sect: "§",
  shy: "\u00ad",
  times: "×",
  trade: "™",
  uarr: "↑",
  yen: "¥",
};
const ENTITY = /&(?:#x([\da-f]+)|#(\d+)|([a-z][\da-z]*));/gi;
const VOID = new Set(
  "area base br col embed hr img input link meta param source svg textarea select track wbr iframe video".split(" "),
);
const LONGEST_TEXT = 10_000;

/** @returns {string | null} null when a character's name is not known */
export function decoded(raw) {
  let isKnown = true;
  const text = raw.replace(ENTITY, (whole, hex, decimal, name) => {
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal ?? Number.NaN);
    if (!name) return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    isKnown &&= Object.hasOwn(NAMED, name);
    return NAMED[name] ?? whole;
  });
  return isKnown ? text : null;
}

const AS_ENTITY = { "<": "&lt;", ">": "&gt;", "{": "&#123;", "}": "&#125;", "\u00a0": "&nbsp;" };

/** Text between tags. */
export function asText(value) {
  const whole = value.replace(/[\r\n]+/g, " ");
  const safe = whole.replace(/&(?=#?\w+;)/g, "&amp;").replace(/[<>{}\u00a0]/g, (char) => AS_ENTITY[char]);
  return safe;
}

/** The inside of an attribute's quotes. */
export function asAttribute(value, quote) {
  const safe = value.replace(/&(?=#?\w+;)/g, "&amp;").replace(/[\r\n]+/g, " ");
  return quote === '"' ? safe.replaceAll('"', "&quot;") : safe.replaceAll("'", "&#39;");
}

/** The inside of a string's quotes in code. */
export function asString(value, quote) {
  const safe = value.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\r", "");
  if (quote === "`") return safe.replaceAll("`", "\\`").replaceAll("${", "\\${");
  return safe.replaceAll(quote, `\\${quote}`);
}

export const isLiteral = (node) =>
  (node?.type === "Literal" && typeof node.value === "string") ||
  (node?.type === "TemplateLiteral" && node.expressions.length === 0);

export const literalValue = (node) => (node.type === "Literal" ? node.value : node.quasis[0].value.cooked);

/**
 * What an element says, piece by piece: words that can be changed, and code that brings its own.
 *
 * @typedef {{value: string, start: number, end: number, write: (value: string) => string}} Words
 * @typedef {{code: string, reason: string}} Fixed
 * @param {import("./tree.mjs").Place} place
 * @returns {(Words | Fixed)[]}
 */
export function piecesOf(place) {
  return place.element.children.flatMap((child) => {
    if (child.type === "JSXText") return textPiece(child);
    if (child.type !== "JSXExpressionContainer" || child.expression.type === "JSXEmptyExpression") return [];
    return isSpace(place.text, child.start, child.end) ? [] : expressionPieces(child.expression, place);
  });
}

function textPiece({ raw, start }) {
  const trimmed = raw.trim();
  if (trimmed === "") return [];
  const from = start + raw.indexOf(trimmed);
  const value = decoded(trimmed.replace(/\s*[\r\n]\s*/g, " "));
  if (value === null) return [{ code: trimmed, reason: "The text has characters by names that are not known here." }];
  return [{ value, start: from, end: from + trimmed.length, write: asText }];
}

/** Of a choice between texts each is a piece. */
function expressionPieces(node, place) {
  if (node.type === "ConditionalExpression" && !hasElements(node, place.text))
    return [...expressionPieces(node.consequent, place), ...expressionPieces(node.alternate, place)];
  if (node.type === "LogicalExpression" && !hasElements(node, place.text)) {
    const right = expressionPieces(node.right, place);
    return node.operator === "&&" ? right : [...expressionPieces(node.left, place), ...right];
  }
  if (isLiteral(node)) return [literalPiece(node)];
  if (hasElements(node, place.text) || (node.type === "Literal" && node.value === null)) return [];
  return [{ code: codeOf(node, place.text), reason: whyFixed("text", node, place) }];
}

function literalPiece(node) {
  const quote = node.type === "Literal" ? node.raw[0] : "`";
  const write = (value) => asString(value, quote);
  return { value: literalValue(node), start: node.start + 1, end: node.end - 1, write };
}

const hasElements = ({ start, end }, text) => /<[A-Za-z>]/.test(text.slice(start, end));

/** Why a value can't be changed here, and where it can. */
export function whyFixed(what, node, { text, given, list, component }) {
  const code = `\`${codeOf(node, text)}\``;
  const root = rootName(node);
  if (root === "children" && given.has(root)) return `What is in it is given where ${component} is used. Select that.`;
  if (list?.names.has(root)) return `Each of \`${list.of}\` brings its own ${what}, from ${code}. Ask in the chat instead.`;
  if (given.has(root)) return `The ${what} is ${code}, given where ${component} is used. Change it there.`;
  return `The ${what} comes from ${code}. Ask about it in the chat instead.`;
}

/** Whether words can be put where there are none. */
export function canHoldWords(element) {
  const name = nameOf(element);
  return !element.openingElement.selfClosing && !isComponent(name) && !VOID.has(name) && isEmpty(element);
}

const isEmpty = ({ children }) => children.every(({ type, value }) => type === "JSXText" && value.trim() === "");

/** @param {{piece?: number, value: string}} operation */
export function setText(place, { piece = 0, value }, edits) {
  if (typeof value !== "string" || value.length > LONGEST_TEXT)
    throw refuse("A text has at most 10,000 characters. Shorten it.");
  const words = value.trim();
  const pieces = piecesOf(place);
  if (pieces.length === 0 && canHoldWords(place.element)) {
    const { end } = place.element.openingElement;
    edits.overwriteOrInsert(end, place.element.closingElement.start, asText(words));
    return;
  }
  const found = pieces[piece];
  if (!found) throw refuse("This element has no text of its own.");
  if (found.reason) throw refuse(found.reason);
  if (words !== found.value.trim()) edits.overwriteOrInsert(found.start, found.end, kept(found, words));
}

/** Spaces at the ends of a string in code mean something: they stay. */
function kept({ value, write }, words) {
  const [lead] = /^\s*/.exec(value);
  const [tail] = value.trim() === "" ? [""] : /\s*$/.exec(value);
  return write(lead + words + tail);
}
