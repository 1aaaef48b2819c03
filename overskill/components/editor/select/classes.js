/**
 * Tailwind classes as the values of controls, and back. Pure. A class has a variant ("md:", "hover:", or none) and a base;
 * controls show and set those of one variant. What a class clashes with is the bundler's to know: it takes that away.
 *
 * @typedef {{ kind: "classes", add: string[], remove: string[] }} ClassChange
 */

export const STEPS = (
  "0 px 0.5 1 1.5 2 2.5 3 3.5 4 5 6 7 8 9 10 11 12 14 16 20 24 28 32 36 40 44 48 52 56 60 64 72 80 96"
).split(" ");
export const TEXT_SIZES = "xs sm base lg xl 2xl 3xl 4xl 5xl 6xl 7xl 8xl 9xl".split(" ");
export const WEIGHTS = "thin extralight light normal medium semibold bold extrabold black".split(" ");
export const RADII = ["none", "xs", "sm", "md", "lg", "xl", "2xl", "3xl", "full"];
export const SHADOWS = ["none", "2xs", "xs", "sm", "md", "lg", "xl", "2xl"];
export const LEADINGS = ["none", "tight", "snug", "normal", "relaxed", "loose"];
const COLOUR_PROPERTIES = new Set(["text", "bg", "border"]);

const SIZE = `(?:${TEXT_SIZES.join("|")}|\\[[\\d.]+(?:px|r?em|%|vw)\\])(?:/\\S+)?`;
/** What each control sets: the bases that are values of it, the value in brackets. */
const CONTROLS = {
  display: /^(block|inline-block|inline|flex|inline-flex|grid|inline-grid|contents)$/,
  direction: /^flex-(row|col|row-reverse|col-reverse)$/,
  wrap: /^flex-(wrap|nowrap|wrap-reverse)$/,
  justify: /^justify-(start|center|end|between|around|evenly|normal|stretch)$/,
  items: /^items-(start|center|end|stretch|baseline)$/,
  columns: /^grid-cols-(\S+)$/,
  gap: /^gap-(?![xy]-)(\S+)$/,
  width: /^w-(\S+)$/,
  height: /^h-(\S+)$/,
  maxWidth: /^max-w-(\S+)$/,
  minHeight: /^min-h-(\S+)$/,
  textSize: new RegExp(`^text-(${SIZE})$`),
  weight: new RegExp(`^font-(${WEIGHTS.join("|")}|\\d+)$`),
  align: /^text-(left|center|right|justify|start|end)$/,
  leading: /^leading-(\S+)$/,
  radius: /^rounded(?:-(none|xs|sm|md|lg|xl|2xl|3xl|4xl|full|\[\S+\]))?$/,
  borderWidth: /^border(?:-(0|2|4|8|\[[\d.]+px\]))?$/,
  shadow: /^shadow(?:-(none|2xs|xs|sm|md|lg|xl|2xl))?$/,
};
const BARE = { radius: "sm", borderWidth: "1", shadow: "sm" }; // `rounded` alone
const PREFIXES = {
  direction: "flex-",
  wrap: "flex-",
  justify: "justify-",
  items: "items-",
  columns: "grid-cols-",
  gap: "gap-",
  width: "w-",
  height: "h-",
  maxWidth: "max-w-",
  minHeight: "min-h-",
  textSize: "text-",
  weight: "font-",
  align: "text-",
  leading: "leading-",
  radius: "rounded-",
  borderWidth: "border-",
  shadow: "shadow-",
  display: "",
};

export const tokensOf = (classes) => classes.split(/\s+/).filter(Boolean);

/** "md:hover:p-4" is ["md:hover:", "p-4"]; a colon in brackets belongs to the base. */
export function split(token) {
  let depth = 0;
  let at = 0;
  for (let place = 0; place < token.length; place += 1) {
    if ("[(".includes(token[place])) depth += 1;
    else if ("])".includes(token[place])) depth -= 1;
    else if (token[place] === ":" && depth === 0) at = place + 1;
  }
  return [token.slice(0, at), token.slice(at).replace(/^!|!$/g, "")];
}

const ofVariant = (tokens, variant) => tokens.filter((token) => split(token)[0] === variant);

/** The value that a control has, "" when none. */
export function valueOf(tokens, control, variant = "") {
  for (const token of ofVariant(tokens, variant).toReversed()) {
    const found = CONTROLS[control].exec(split(token)[1]);
    if (found) return found[1] ?? BARE[control];
  }
  return "";
}

const SCREENS = ["sm:", "md:", "lg:", "xl:", "2xl:"];

/** What wider screens have instead of a control's value, the narrowest first: [["md:", "6"]]. */
export function widerValues(tokens, control, variant = "") {
  return SCREENS.slice(SCREENS.indexOf(variant) + 1)
    .map((wider) => [wider, valueOf(tokens, control, wider)])
    .filter(([, value]) => value !== "" && (variant === "" || SCREENS.includes(variant)));
}

/** The variants that an element's classes have besides those that are always offered. */
export function otherVariants(tokens, offered) {
  const found = tokens.map((token) => split(token)[0]).filter((each) => /^[a-z0-9-]+:$/.test(each));
  return [...new Set(found)].filter((each) => !offered.includes(each));
}

/** Give a control a value; "" takes it away. @returns {ClassChange} */
export function setValue(tokens, control, value, variant = "") {
  const before = ofVariant(tokens, variant).filter((token) => CONTROLS[control].test(split(token)[1]));
  if (value === "") return change([], before);
  const base = control === "borderWidth" && value === "1" ? "border" : PREFIXES[control] + value;
  return change([variant + base], before);
}

const change = (add, remove) => ({ kind: "classes", add, remove: remove.filter((each) => !add.includes(each)) });

const SIDES = { t: ["t", "y", ""], b: ["b", "y", ""], l: ["l", "s", "x", ""], r: ["r", "e", "x", ""] };

/** @param {"p" | "m"} box @param {"t" | "r" | "b" | "l"} side @returns {string} "4", "auto", "-2", or "" */
export function sideOf(tokens, box, side, variant = "") {
  const all = ofVariant(tokens, variant).map((token) => split(token)[1]);
  for (const each of SIDES[side]) {
    const match = new RegExp(`^(-?)${box}${each}-(\\S+)$`);
    const found = all.toReversed().map((base) => match.exec(base)).find(Boolean);
    if (found) return found[1] + found[2];
  }
  return "";
}

/** @param {"" | "x" | "y" | "t" | "r" | "b" | "l"} sides @returns {ClassChange} */
export function setSides(tokens, box, sides, value, variant = "") {
  const covered = { "": "[xytrblse]?", x: "[xrlse]", y: "[ytb]" }[sides] ?? sides;
  const match = new RegExp(`^-?${box}${covered}-\\S+$`);
  const before = ofVariant(tokens, variant).filter((token) => match.test(split(token)[1]));
  if (value === "") return change([], before);
  const [, sign, size] = /^(-?)(\S+)$/.exec(value);
  return change([`${variant}${sign}${box}${sides}-${size}`], before);
}

const STARTS = ["1", "base"];

/** The next step of a scale up or down; from nothing it begins where most do. */
export function stepped(value, by, scale = STEPS) {
  const isNegative = value.startsWith("-");
  const at = scale.indexOf(isNegative ? value.slice(1) : value);
  if (at < 0) return value === "" ? scale.find((each) => STARTS.includes(each)) : value;
  const next = Math.min(Math.max(at + (isNegative ? -by : by), 0), scale.length - 1);
  return isNegative && next > 0 ? `-${scale[next]}` : scale[next];
}

/** What somebody typed, as a value: "12", "1.5rem" -> "[1.5rem]", "auto", "1/2". "" when it is none. */
export function typedValue(text) {
  const value = text.trim().replace(/,/g, ".");
  if (/^-?(?:\d+(?:\.\d+)?|px|auto|full|screen|fit|min|max|none|\d+\/\d+|[a-z0-9]+|\[[^\s\]]+\])$/i.test(value)) return value;
  return /^-?[\d.]+(?:px|r?em|%|vh|vw|dvh|ch|fr)$/i.test(value) ? `[${value}]` : "";
}

/** @param {"text" | "bg" | "border"} property @param {(name: string) => boolean} isColour @returns {string} "red-500/20" */
export function colourOf(tokens, property, isColour, variant = "") {
  for (const token of ofVariant(tokens, variant).toReversed()) {
    const base = split(token)[1];
    if (base.startsWith(`${property}-`) && isColourBase(base.slice(property.length + 1), isColour))
      return base.slice(property.length + 1);
  }
  return "";
}

const isColourBase = (value, isColour) => isColour(value.split("/")[0]) || /^\[(?:#|rgb|hsl|oklch|var\(--)/.test(value);

/** @returns {ClassChange} */
export function setColour(tokens, property, value, isColour, variant = "") {
  if (!COLOUR_PROPERTIES.has(property)) throw new Error(`${property} is not a property with a colour.`);
  const before = ofVariant(tokens, variant).filter((token) => {
    const base = split(token)[1];
    return base.startsWith(`${property}-`) && isColourBase(base.slice(property.length + 1), isColour);
  });
  return change(value === "" ? [] : [`${variant}${property}-${value}`], before);
}

/** The list as it will be, as far as that can be told here. */
export const changed = (tokens, { add, remove }) => [
  ...tokens.filter((token) => !remove.includes(token) && !add.includes(token)),
  ...add,
];
