/** Lines and indentation around blocks that are moved, added or removed. */
import { TEXT } from "./tree.mjs";

export const INDENT = "  ";

/** The white space that the line of a place begins with. */
export function indentAt(text, offset) {
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  return /^[ \t]*/.exec(line)[0];
}

export function childIndent(block, text) {
  const first = block.items.find(({ start }) => /\n[ \t]*$/.test(text.slice(0, start)));
  return first ? indentAt(text, first.start) : indentAt(text, block.start) + INDENT;
}

/** Code that stood at one depth, at another; a text of several lines would become another text, so it stays. */
export function shifted(code, from, to) {
  if (from === to || !code.includes("\n") || /`[^`]*\n[^`]*`|=\s*(["'])[^"'\n]*\n/.test(code)) return code;
  const [first, ...rest] = code.split("\n");
  return [
    first,
    ...rest.map((line) => (line.startsWith(from) && line.trim() ? to + line.slice(from.length) : line)),
  ].join("\n");
}

/**
 * What stands before each of these children, and after the last. Two that were neighbours keep what is between them.
 * @param {(import("./tree.mjs").Block | null)[]} sources  of the children
 */
export function gaps(sources, children, block, text, indent) {
  const old = originalGaps(block, text);
  const { items } = block;
  const isOneLine = !old.some((gap) => gap.includes("\n"));
  const isInline = isOneLine && [...items, ...children].some(({ type }) => type === TEXT);
  const line = isInline ? "" : `\n${indent}`;
  const own = sources.map((source, at) => {
    const place = items.indexOf(source);
    const isKept =
      isOneLine === isInline &&
      place >= 0 &&
      (at === 0 ? place === 0 : place > 0 && items[place - 1] === sources[at - 1]);
    if (isKept) return old[place];
    return at > 0 && isSpaced(children[at - 1], children[at]) ? "" : line;
  });
  const isLastKept = isOneLine === isInline && items.length > 0 && sources.at(-1) === items.at(-1);
  return [...own, isLastKept ? old.at(-1) : isInline ? "" : `\n${indentAt(text, block.start)}`];
}

/** A space of a text's own stands between the two: a line break would take its place. */
function isSpaced(before, after) {
  const ends = before.type === TEXT && /\s$/.test(before.props.text);
  return ends || (after.type === TEXT && /^\s/.test(after.props.text));
}

function originalGaps({ node, items }, text) {
  const opening = node.openingElement ?? node.openingFragment;
  const closing = node.closingElement ?? node.closingFragment;
  if (!closing) return [];
  const places = [...items, { start: closing.start }];
  return places.map(({ start }, at) => text.slice(at === 0 ? opening.end : items[at - 1].end, start));
}

/** What a text has to know of its place to be read again as it is. */
export function edgeOf(children, between, at) {
  const isEdge = between[at].includes("\n") || between[at + 1].includes("\n");
  return { isEdge, isAfterText: at > 0 && children[at - 1].type === TEXT };
}
