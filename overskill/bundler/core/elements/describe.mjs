/** What an element is, and what of it can be changed; for everything that can't, why. */
import { addable, attributesOf } from "./attributes.mjs";
import { Choices } from "./choices.mjs";
import { classWords, isHidden } from "./classes.mjs";
import { definesClasses } from "./definitions.mjs";
import { whyNotDuplicated, whyNotMoved, whyNotRemoved, whyNotWrapped } from "./order.mjs";
import { ancestors, elementIn, isComponent, lineAndColumn, nameOf, placeAt, units } from "./tree.mjs";
import { canHoldWords, piecesOf } from "./words.mjs";

const LONGEST_MARKUP = 1_500;
const LONGEST_LABEL = 40;
const MOST_LISTED = 40;

/**
 * @typedef {{name: string, words: string, line: number, column: number}} Listed
 * @typedef {{value: string} | {code: string, reason: string}} Piece
 * @typedef {object} Description
 * @property {string} name            `h1`, or the component it is a use of
 * @property {boolean} isComponent
 * @property {string} component       the component whose code it stands in
 * @property {number} line
 * @property {number} column
 * @property {string} markup          its code, clipped
 * @property {string[]} conditions    when it is shown
 * @property {string} list            what it is drawn for each of; "" when once
 * @property {Piece[]} pieces         what it says
 * @property {boolean} canHoldWords   it is empty, and could say something
 * @property {{value: string, also: string[]} | {reason: string}} classes
 * @property {boolean} isHidden
 * @property {import("./attributes.mjs").Attribute[]} attributes
 * @property {{name: string, options?: string[]}[]} addable  attributes that it could have
 * @property {{before: string, after: string, reason: string}} order
 * @property {{duplicate: string, remove: string, wrap: string}} refusals  "" where it can be done
 * @property {Listed[]} ancestors     in the same component, the outermost first
 * @property {Listed[]} siblings      with the element itself
 * @property {Listed[]} children
 */

/** @returns {Description} */
export function describeElement(file, text, position, files = new Map()) {
  const place = placeAt(file, text, position);
  const { element, component, conditions, list, unit } = place;
  const name = nameOf(element);
  const choices = new Choices(file, text, name, files);
  const classes = classWords(place, definesClasses(file, place.program, name, files));
  return {
    ...listed(element, text),
    isComponent: isComponent(name),
    component,
    markup: clip(text.slice(element.start, element.end), LONGEST_MARKUP),
    conditions,
    list: list?.of ?? "",
    pieces: piecesOf(place).map(({ value, code, reason }) => (reason ? { code, reason } : { value: value.trim() })),
    canHoldWords: canHoldWords(element),
    classes: classes.reason ? classes : { value: classes.value, also: classes.also },
    isHidden: !classes.reason && isHidden(classes.value),
    attributes: attributesOf(place, choices),
    addable: addable(place, choices),
    order: orderOf(place),
    refusals: { duplicate: whyNotDuplicated(place), remove: whyNotRemoved(place), wrap: whyNotWrapped(place) },
    ancestors: [...ancestors(element)].filter(isElement).map((each) => listed(each, text)).reverse(),
    siblings: unit.parent ? listedUnits(unit.siblings, text) : [],
    children: listedUnits(units(element, text), text),
  };
}

const isElement = ({ type }) => type === "JSXElement";
const clip = (text, longest) => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);

function listedUnits(all, text) {
  const elements = all.map(elementIn).filter(Boolean);
  return elements.slice(0, MOST_LISTED).map((each) => listed(each, text));
}

/** @returns {Listed} */
function listed(element, text) {
  const words = firstWords(element);
  return { name: nameOf(element), words: clip(words, LONGEST_LABEL), ...lineAndColumn(text, element.start) };
}

function firstWords(element) {
  const own = element.children.find(({ type, value }) => type === "JSXText" && value.trim());
  if (own) return own.value.trim().replace(/\s+/g, " ");
  const inside = element.children.filter(isElement).map(firstWords);
  return inside.find(Boolean) ?? "";
}

function orderOf(place) {
  const { unit } = place;
  const at = unit.siblings.indexOf(unit.node);
  const label = (neighbour) => (neighbour ? nameOf(elementIn(neighbour) ?? place.element) : "");
  const reason = whyNotMoved(place);
  return { before: reason ? "" : label(unit.siblings[at - 1]), after: reason ? "" : label(unit.siblings[at + 1]), reason };
}
