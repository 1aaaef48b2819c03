/** An element's attributes: which can be read and set, and which are code. */
import { whyNotWritten } from "./choices.mjs";
import { asAttribute, asString, decoded, isLiteral, literalValue, whyFixed } from "./words.mjs";
import { codeOf, isComponent, nameOf, refuse } from "./tree.mjs";

const LONGEST_VALUE = 4_000;
const NAME = /^[A-Za-z][\w-]*$/;
const CODE = /^(?:on[A-Z]|ref$|key$|style$|className$|children$|dangerouslySetInnerHTML$|srcDoc$|asChild$)/;
const ADDRESSES = new Set(["href", "to", "src", "action", "formAction", "poster"]);
const UNSAFE = /^[\s\u0000-\u001f]*(?:javascript|vbscript|data:text\/html)/i;
/** What may be given to a plain element that does not have it yet. */
const ADDABLE = {
  a: ["href", "target", "rel", "title"],
  button: ["title", "aria-label"],
  iframe: ["src", "title"],
  img: ["src", "alt", "title", "loading"],
  input: ["placeholder", "title", "aria-label"],
  textarea: ["placeholder", "title", "aria-label"],
  video: ["src", "poster", "title"],
};
/** What somebody may look for: of these it is said why they can't be changed. */
const WORDS = /^(?:href|to|src|alt|title|label|heading|subtitle|description|caption|text|placeholder|aria-label)$/;
const ADDABLE_TO_PARTS = {
  Link: ["to", "target", "title"],
  NavLink: ["to", "target", "title"],
  Picture: ["src", "alt", "title"],
};
const MOST_ADDABLE = 16;
const EVERYWHERE = ["title", "aria-label", "id"];

/**
 * @typedef {object} Attribute
 * @property {string} name
 * @property {string} [value]
 * @property {string[]} [options]     all that it may be; without: any words
 * @property {boolean} [isRequired]   it can't be taken away
 * @property {string} [code]          instead of a value
 * @property {string} [reason]        why that can't be changed here
 *
 * @param {import("./tree.mjs").Place} place
 * @param {import("./choices.mjs").Choices} choices
 * @returns {Attribute[]}
 */
export function attributesOf(place, choices) {
  return place.element.openingElement.attributes.flatMap((attribute) => {
    if (attribute.type !== "JSXAttribute" || attribute.name.type !== "JSXIdentifier") return [];
    const { name } = attribute.name;
    if (CODE.test(name) || attribute.value === null) return [];
    const words = wordsOf(attribute.value);
    if (words) return [written(name, words.value, choices)];
    const { expression } = attribute.value;
    if (!expression || !WORDS.test(name)) return [];
    return [{ name, code: codeOf(expression, place.text), reason: whyFixed(name, expression, place) }];
  });
}

function written(name, value, choices) {
  const { options, isRequired, reason } = choices.of(name);
  if (reason) return { name, code: value, reason };
  return { name, value, ...(options && { options }), ...(isRequired && { isRequired }) };
}

/**
 * What may be set although it is not there.
 * @returns {{name: string, options?: string[]}[]}
 */
export function addable({ element }, choices) {
  const present = new Set(element.openingElement.attributes.map(({ name }) => name?.name));
  const names = [...new Set(addableNames(nameOf(element), choices))];
  const found = names.flatMap((name) => {
    const { options, reason } = choices.of(name);
    return CODE.test(name) || present.has(name) || reason ? [] : [{ name, ...(options && { options }) }];
  });
  return found.slice(0, MOST_ADDABLE);
}

function addableNames(name, { element, names }) {
  if (!isComponent(name)) return [...(ADDABLE[name] ?? []), ...EVERYWHERE];
  const ofParts = Object.hasOwn(ADDABLE_TO_PARTS, name) ? ADDABLE_TO_PARTS[name] : [];
  return [...ofParts, ...names, ...(element ? [...(ADDABLE[element] ?? []), ...EVERYWHERE] : [])];
}

function wordsOf(value) {
  if (value.type === "Literal") {
    const [quote] = value.raw;
    const text = decoded(value.raw.slice(1, -1));
    const write = (words) => asAttribute(words, quote);
    return text === null ? null : { value: text, start: value.start + 1, end: value.end - 1, write };
  }
  const node = value.expression;
  if (!isLiteral(node)) return null;
  const quote = node.type === "Literal" ? node.raw[0] : "`";
  const write = (words) => asString(words, quote);
  return { value: literalValue(node), start: node.start + 1, end: node.end - 1, write };
}

/** @param {{name: string, value: string | null}} operation  null takes it away */
export function setAttribute(place, { name, value }, edits, choices) {
  if (typeof name !== "string" || !NAME.test(name) || CODE.test(name)) throw refuse(`${name} can't be set here.`);
  const attribute = place.element.openingElement.attributes.find((each) => each.name?.name === name);
  if (value === null) {
    removeAttribute(place, name, attribute, edits, choices);
    return;
  }
  check(name, value);
  if (attribute) replaceValue(place, name, attribute, value, edits, choices);
  else if (addable(place, choices).some((each) => each.name === name))
    addAttribute(place, name, value, edits, choices);
  else throw refuse(`${nameOf(place.element)} has no ${name} yet. Add it in the code, or ask in the chat.`);
}

function check(name, value) {
  if (typeof value !== "string" || value.length > LONGEST_VALUE)
    throw refuse(`The ${name} has at most ${LONGEST_VALUE} characters.`);
  if (ADDRESSES.has(name) && UNSAFE.test(value)) throw refuse("An address that runs code is not safe. Use another one.");
}

function addAttribute(place, name, value, edits, choices) {
  refuseOther(place, name, value, choices);
  edits.insert(endOfAttributes(place), ` ${name}="${asAttribute(value, '"')}"`);
}

function refuseOther({ element }, name, value, choices) {
  const reason = whyNotWritten(nameOf(element), name, value, choices.of(name));
  if (reason) throw refuse(reason);
}

function removeAttribute({ text, element }, name, attribute, edits, choices) {
  if (!attribute) return;
  if (choices.of(name).isRequired) throw refuse(`${nameOf(element)} can't be without its ${name}. Change it instead.`);
  if (attribute.value && !wordsOf(attribute.value)) throw refuse(`The ${name} is code. Remove it in the code.`);
  const lead = /\s*$/.exec(text.slice(0, attribute.start))[0].length;
  edits.remove(attribute.start - lead, attribute.end);
}

function replaceValue(place, name, attribute, value, edits, choices) {
  const words = attribute.value && wordsOf(attribute.value);
  if (words) {
    refuseOther(place, name, value, choices);
    if (value !== words.value) edits.overwriteOrInsert(words.start, words.end, words.write(value));
    return;
  }
  const expression = attribute.value?.expression;
  throw refuse(expression ? whyFixed(name, expression, place) : `${name} has no text. Change it in the code.`);
}

/** Before what is spread in: that may bring the same attribute, and then means to win. */
function endOfAttributes({ element }) {
  const { attributes, name, typeArguments } = element.openingElement;
  const spread = attributes.findIndex(({ type }) => type === "JSXSpreadAttribute");
  const plain = spread < 0 ? attributes : attributes.slice(0, spread);
  return (plain.at(-1) ?? typeArguments ?? name).end;
}
