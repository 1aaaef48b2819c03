/** Elements that change places, are doubled, taken away or put into another. */
import { belongsDirectlyIn } from "./definitions.mjs";
import { ancestors, elementIn, isComponent, nameOf, refuse } from "./tree.mjs";

const LINE_END = /^[ \t]*(?:\r?\n|$)/;
const HOLD_ONE = new Set(["ResponsiveContainer", "Slot", "Suspense"]);

/** Why this can't be done with the element; "" when it can. */
export function whyNotMoved(place) {
  const { unit } = place;
  if (unit.parent) return unit.siblings.length > 1 ? "" : "There is nothing beside it to change places with.";
  return elsewhere(place, "Its order is the order there.");
}

export function whyNotDuplicated(place) {
  const { unit } = place;
  if (!unit.parent) return elsewhere(place, "Add another one there.");
  if (unit.kind === "choice") return "It is shown in turn with something else. Duplicate it in the code.";
  return holdsOne(unit.parent) ? `${nameOf(unit.parent)} can hold only one element.` : "";
}

export function whyNotRemoved(place) {
  const { unit } = place;
  if (!unit.parent) return elsewhere(place, "Take it out there.");
  const isAlone = unit.siblings.length === 1 && !hasWords(unit.parent);
  const parent = nameOf(unit.parent);
  if (holdsOne(unit.parent)) return `${parent} needs what is in it. Delete ${parent} instead.`;
  if (isAlone && isComponent(parent)) return `It is all that ${parent} holds. Delete ${parent} instead.`;
  return "";
}

export function whyNotWrapped(place) {
  const { unit, program, element } = place;
  const [name, parent] = [nameOf(element), unit.parent ? nameOf(unit.parent) : ""];
  if (belongsDirectlyIn(program, name, parent)) return `${name} has to stand directly in ${parent}.`;
  if (unit.kind === "list") return `Each of \`${place.list?.of ?? "a list"}\` is drawn with it. Wrap it in the code.`;
  return "";
}

function elsewhere({ unit, list, component }, what) {
  if (unit.kind === "list" && list) return `It is drawn for each of \`${list.of}\`. ${what}`;
  if (unit.kind === "root" || unit.kind === "list") {
    const whole = component ? `the whole of ${component}` : "the whole of this part";
    return `It is ${whole}. Select where ${component || "it"} is used instead.`;
  }
  if (unit.kind === "attribute") return "It is given to another element. Change that in the code, or ask in the chat.";
  return "It is kept in a variable. Change that in the code, or ask in the chat.";
}

const hasWords = ({ children }) => children.some(({ type, value }) => type === "JSXText" && value.trim());

function holdsOne(parent) {
  if (parent.type === "JSXFragment") return false;
  const attributes = parent.openingElement.attributes;
  return HOLD_ONE.has(nameOf(parent)) || attributes.some(({ name }) => name?.name === "asChild");
}

/** Change places with a neighbour. @returns {number} where the element begins afterwards */
export function move(place, { to }, edits) {
  const reason = whyNotMoved(place);
  if (reason) throw refuse(reason);
  const { unit, text, element } = place;
  const step = { before: -1, after: 1 }[to];
  const other = unit.siblings[unit.siblings.indexOf(unit.node) + step];
  if (!step || !other) throw refuse(`There is nothing ${to === "before" ? "before" : "after"} it.`);
  const code = (node) => text.slice(node.start, node.end);
  edits.overwriteOrInsert(unit.node.start, unit.node.end, code(other));
  edits.overwriteOrInsert(other.start, other.end, code(unit.node));
  const shift = step < 0 ? 0 : other.end - other.start - (unit.node.end - unit.node.start);
  return other.start + shift + (element.start - unit.node.start);
}

/** @returns {number} where the copy begins */
export function duplicate(place, edits) {
  const reason = whyNotDuplicated(place);
  if (reason) throw refuse(reason);
  const { unit, text, element } = place;
  const { start, end } = unit.node;
  const copy = withoutNames(text.slice(start, end), elementIn(unit.node) ?? element, start);
  const before = hasOwnLines(text, unit.node) ? `${newline(text)}${indentOf(text, start)}` : "";
  edits.insert(end, before + copy);
  return end + before.length + (element.start - start);
}

/** No two elements may have the same key, nor the same id. */
function withoutNames(code, element, offset) {
  const names = element.openingElement.attributes.filter(({ name }) => name?.name === "key" || name?.name === "id");
  let copy = code;
  for (const { start, end } of names.toReversed()) {
    const head = copy.slice(0, start - offset).trimEnd();
    copy = head + copy.slice(end - offset);
  }
  return copy;
}

/** @returns {number | undefined} where the element around it begins */
export function remove(place, edits) {
  const reason = whyNotRemoved(place);
  if (reason) throw refuse(reason);
  const { unit, text, element } = place;
  if (unit.kind === "choice") edits.overwriteOrInsert(element.start, element.end, "null");
  else edits.remove(...wholeLines(text, unit));
  return [...ancestors(element)].find(({ type }) => type === "JSXElement")?.start;
}

/** With its lines, where it has them for itself; words behind it keep their space by going up to the line before. */
function wholeLines(text, { node: { start, end }, parent }) {
  if (hasOwnLines(text, { start, end }))
    return [start - indentOf(text, start).length, end + LINE_END.exec(text.slice(end))[0].length];
  const isFirst = parent.children.every(
    (child) => child.start >= start || text.slice(child.start, child.end).trim() === "",
  );
  const isBeforeWords = /^[ \t]+\S/.test(text.slice(end)) && text.slice(lineStart(text, start), start).trim() === "";
  return isBeforeWords && !isFirst ? [text.slice(0, start).trimEnd().length, end] : [start, end];
}

/** @returns {number} where the new element around it begins */
export function wrap(place, edits) {
  const reason = whyNotWrapped(place);
  if (reason) throw refuse(reason);
  const { element, text } = place;
  const { start, end } = element;
  const code = text.slice(start, end);
  if (!hasOwnLines(text, element) || code.includes("`")) edits.overwriteOrInsert(start, end, `<div>${code}</div>`);
  else {
    const [line, indent] = [newline(text), indentOf(text, start)];
    const inner = code.replace(/\n(?=[^\r\n])/g, "\n  ");
    edits.overwriteOrInsert(start, end, `<div>${line}${indent}  ${inner}${line}${indent}</div>`);
  }
  return start;
}

const lineStart = (text, offset) => text.lastIndexOf("\n", offset - 1) + 1;
const hasOwnLines = (text, { start, end }) =>
  text.slice(lineStart(text, start), start).trim() === "" && LINE_END.test(text.slice(end));
const indentOf = (text, offset) => /^[ \t]*/.exec(text.slice(lineStart(text, offset), offset))[0];
const newline = (text) => (text.includes("\r\n") ? "\r\n" : "\n");
