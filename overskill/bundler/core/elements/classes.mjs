/** An element's classes: which of them stand in the code as words, and how they change. */
import { twMerge } from "tailwind-merge";

import { isLiteral, literalValue, whyFixed } from "./words.mjs";
import { codeOf, isComponent, nameOf, refuse } from "./tree.mjs";

const JOINERS = new Set(["cn", "clsx", "cx", "classNames", "classnames", "twMerge", "twJoin"]);
const CLASS = /^[^\s"`{}<\\]{1,200}$/;
const MOST = 200;
const SHOWN_BEFORE_HIDDEN = /^(?:block|contents|flex|flow-root|grid)$/;
const DISPLAY = /^(?:block|contents|flex|flow-root|grid|inline(?:-(?:block|flex|grid|table))?|list-item|table(?:-[a-z-]+)?)$/;

/**
 * Where the classes stand that can be changed. `also` is code that adds others; `wrap` makes code of the first class, and
 * `whole` is what goes with the last one.
 *
 * @typedef {{value: string, start: number, end: number, quote: string, also: string[],
 *   wrap?: (words: string) => string, whole?: [number, number]}} ClassWords
 * @param {import("./tree.mjs").Place} place
 * @param {boolean} takesClasses  whether a component does something with them
 * @returns {ClassWords | {reason: string}}
 */
export function classWords(place, takesClasses) {
  const { element } = place;
  const { attributes, name, typeArguments } = element.openingElement;
  const attribute = attributes.findLast(({ type, name: each }) => type === "JSXAttribute" && each.name === "className");
  const label = nameOf(element);
  if (!attribute) {
    if (isComponent(label) && !takesClasses)
      return { reason: `${label} decides its looks by itself. Change it inside ${label}, or ask in the chat.` };
    const at = (typeArguments ?? name).end;
    return { value: "", start: at, end: at, quote: '"', also: [], wrap: (words) => ` className="${words}"` };
  }
  const { value } = attribute;
  if (value?.type === "Literal") {
    const lead = /\s*$/.exec(place.text.slice(0, attribute.start))[0].length;
    return { ...literal(value), whole: [attribute.start - lead, attribute.end] };
  }
  const expression = value?.expression;
  if (isLiteral(expression)) return literal(expression);
  if (expression?.type === "TemplateLiteral") return templateWords(expression, place);
  if (expression?.type === "CallExpression" && JOINERS.has(expression.callee.name)) return joined(expression, place);
  return { reason: expression ? whyFixed("look", expression, place) : "The classes can't be read here." };
}

function literal(node, also = []) {
  const quote = node.type === "Literal" ? node.raw[0] : "`";
  return { value: literalValue(node), start: node.start + 1, end: node.end - 1, quote, also };
}

/** The words before the first `${…}`, but not one that it goes on in. */
function templateWords({ quasis: [first], expressions }, place) {
  const { raw } = first.value;
  const whole = raw.slice(0, raw.search(/\S*$/));
  if (whole.trim() === "") return { reason: whyFixed("look", expressions[0], place) };
  const start = first.start + 1; // the backtick
  const also = expressions.map((each) => codeOf(each, place.text));
  return { value: whole.trimEnd(), start, end: start + whole.trimEnd().length, quote: "`", also };
}

/** `cn("…", isActive && "…", className)` */
function joined(call, place) {
  const at = call.arguments.findIndex(isLiteral);
  const also = call.arguments.filter((_, index) => index !== at).map((each) => codeOf(each, place.text));
  if (at >= 0) return { ...literal(call.arguments[at], also), whole: argumentWithComma(call.arguments, at) };
  const before = call.arguments.find(({ type, name }) => type === "Identifier" && /^class/i.test(name));
  const last = call.arguments.at(-1);
  const start = before?.start ?? last?.end ?? call.end - 1;
  const wrap = (words) => (before ? `"${words}", ` : last ? `, "${words}"` : `"${words}"`);
  return { value: "", start, end: start, quote: '"', also, wrap };
}

function argumentWithComma(all, at) {
  const [before, own, after] = [all[at - 1], all[at], all[at + 1]];
  if (after) return [own.start, after.start];
  return before ? [before.end, own.end] : undefined;
}

export const tokensOf = (value) => value.split(/\s+/).filter(Boolean);

/** @param {{value?: string, add?: string[], remove?: string[]}} operation  `value`: all of them anew */
export function setClasses(place, { value, add = [], remove = [] }, edits, takesClasses) {
  const found = classWords(place, takesClasses);
  if (found.reason) throw refuse(found.reason);
  const wanted = value === undefined ? merged(tokensOf(found.value), checked(add), checked(remove)) : checked(value);
  const before = tokensOf(found.value);
  if (wanted.join(" ") === before.join(" ")) return;
  writeClasses(found, wanted, edits);
}

function writeClasses(found, wanted, edits) {
  if (found.quote === "'" && wanted.some((each) => each.includes("'")))
    throw refuse("These classes are in single quotes, so no class may have one. Change it in the code.");
  if (found.wrap) {
    edits.overwriteOrInsert(found.start, found.end, found.wrap(wanted.join(" ")));
    return;
  }
  if (wanted.length === 0 && found.whole) edits.remove(...found.whole);
  else edits.overwriteOrInsert(found.start, found.end, rewritten(found.value, wanted));
}

/** A list that goes over several lines stays like that. */
function rewritten(before, wanted) {
  const known = tokensOf(before);
  const staying = known.filter((each) => wanted.includes(each));
  const isSameOrder = wanted.filter((each) => known.includes(each)).join(" ") === staying.join(" ");
  if (!isSameOrder || !before.includes("\n")) return wanted.join(" ");
  let text = before;
  for (const each of known.filter((one) => !wanted.includes(one))) {
    const word = RegExp.escape(each);
    text = text.replace(new RegExp(`(?<=\\S)\\s+${word}(?!\\S)|(?<!\\S)${word}\\s*`), "");
  }
  const added = wanted.filter((each) => !known.includes(each));
  return [text.trimEnd(), ...added].join(" ") + /\s*$/.exec(text)[0];
}

function checked(words) {
  const tokens = typeof words === "string" ? tokensOf(words) : words;
  if (!Array.isArray(tokens) || tokens.length > MOST) throw refuse(`An element has at most ${MOST} classes.`);
  const bad = tokens.find((each) => typeof each !== "string" || !CLASS.test(each));
  if (bad !== undefined) throw refuse(`${JSON.stringify(bad)} can't be a class. Write it like p-4 or md:flex.`);
  return [...new Set(tokens)];
}

/** What is added takes the place of what it clashes with, as `twMerge` would have it. */
export function merged(before, add, remove) {
  let tokens = before.filter((each) => !remove.includes(each) || add.includes(each));
  const firstGone = before.findIndex((each) => remove.includes(each) && !add.includes(each));
  let at = firstGone < 0 ? -1 : firstGone;
  for (const each of add) {
    if (tokens.includes(each)) continue;
    const clashing = tokens.filter((other) => !tokensOf(twMerge(`${other} ${each}`)).includes(other));
    const place = clashing.length > 0 ? tokens.indexOf(clashing[0]) : at < 0 ? tokens.length : Math.min(at, tokens.length);
    tokens.splice(place, 0, each);
    tokens = tokens.filter((other) => !clashing.includes(other));
    at = at < 0 ? -1 : at + 1;
  }
  return tokens;
}

/** Out of sight without forgetting how it is shown: `flex hidden`, and back to `flex`. */
export function setHidden(place, { hidden }, edits, takesClasses) {
  const found = classWords(place, takesClasses);
  if (found.reason) throw refuse(found.reason);
  const without = tokensOf(found.value).filter((each) => each !== "hidden" && each !== "hidden!" && each !== "!hidden");
  // Tailwind's `hidden` comes after `flex`, but before `inline-flex` or `table`: there only `!` wins.
  const display = without.find((each) => DISPLAY.test(each));
  const word = !display || SHOWN_BEFORE_HIDDEN.test(display) ? "hidden" : "hidden!";
  const wanted = hidden ? [...without, word] : without;
  if (wanted.join(" ") !== tokensOf(found.value).join(" ")) writeClasses(found, wanted, edits);
}

export const isHidden = (value) => tokensOf(value).some((each) => /^(?:hidden!?|!hidden)$/.test(each));
