/**
 * Drawings of components (overskill/bundler/core/canvas/sketch.mjs) with the values of one block filled in. Nothing in
 * them is code: they are elements, classes and texts.
 *
 * @typedef {{tag: string, classes: string, kids: Drawn[], words?: string}} DrawnElement
 * @typedef {string | DrawnElement | {slot: true} | {blank: string}} Drawn
 */

const SLOT = Object.freeze({ slot: true });

/** @returns {Drawn[]} @param {object} props of the block @param {{takesChildren: boolean}} kind */
export function draw(sketch, props, { takesChildren }) {
  const locked = new Set((props.locked ?? []).map(({ name }) => name));
  const given = (name, or) => {
    if (name === "children") return takesChildren ? props.text || SLOT : null;
    if (locked.has(name)) return { blank: "words" };
    return props[`@${name}`] ?? or ?? null;
  };
  return kidsOf(sketch, given);
}

function kidsOf(values, given) {
  return values
    .map((value) => valueOf(value, given))
    .flat(Infinity)
    .filter((value) => value !== null && value !== undefined && typeof value !== "boolean" && value !== "")
    .map((value) => (typeof value === "number" ? String(value) : value));
}

function valueOf(value, given) {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return kidsOf(value, given);
  if (value.tag) {
    const kids = kidsOf(value.kids ?? [], given);
    return {
      tag: value.tag,
      classes: wordsOf(value.cls, given),
      kids: value.tag === "select" ? kids.slice(0, 1) : kids, // one that is closed shows one option
      words: wordsOf(value.alt, given),
    };
  }
  if (value.blank) return value;
  if (value.prop) return given(value.prop, value.or === undefined ? undefined : valueOf(value.or, given));
  if (value.all)
    return value.all
      .map((one) => wordsOf(one, given))
      .filter(Boolean)
      .join(" ");
  if (value.text) return value.text.map((one) => wordsOf(one, given)).join("");
  if (value.from) return valueOf(value.from[String(valueOf(value.pick, given))] ?? null, given);
  if ("not" in value) return !valueOf(value.not, given);
  if ("is" in value) return valueOf(value.is, given) === valueOf(value.like, given);
  if ("test" in value) return valueOf((valueOf(value.test, given) ? value.then : value.other) ?? null, given);
  return null;
}

function wordsOf(value, given) {
  const found = value === undefined ? "" : valueOf(value, given);
  return typeof found === "string" || typeof found === "number" ? String(found) : "";
}

/** Whether there is anything to see in it. */
export const isWorthDrawing = (drawn) => drawn.some(isSeen);

function isSeen(one) {
  if (typeof one === "string" || one.slot || one.blank === "list" || one.tag === "img") return true;
  return one.kids ? isWorthDrawing(one.kids) : false;
}

/** The slot once at most: a block's inside has one place. */
export function withOneSlot(drawn, seen = { slot: false }) {
  return drawn.flatMap((one) => {
    if (one.slot) {
      if (seen.slot) return [];
      seen.slot = true;
    }
    return one.kids ? [{ ...one, kids: withOneSlot(one.kids, seen) }] : [one];
  });
}
