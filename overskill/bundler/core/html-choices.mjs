/**
 * Attributes of the browser's elements that are one of a few words, as React's types (@types/react 19.3) have them.
 * tests/bundler/js/html-choices.test.mjs compares the two.
 */

const words = (list) => list.split(" ");
const YES_OR_NO = words("true false");

const EVERYWHERE = {
  "aria-atomic": YES_OR_NO,
  "aria-autocomplete": words("none inline list both"),
  "aria-busy": YES_OR_NO,
  "aria-checked": words("false mixed true"),
  "aria-current": words("false true page step location date time"),
  "aria-disabled": YES_OR_NO,
  "aria-dropeffect": words("none copy execute link move popup"),
  "aria-expanded": YES_OR_NO,
  "aria-grabbed": YES_OR_NO,
  "aria-haspopup": words("false true menu listbox tree grid dialog"),
  "aria-hidden": YES_OR_NO,
  "aria-invalid": words("false true grammar spelling"),
  "aria-live": words("off assertive polite"),
  "aria-modal": YES_OR_NO,
  "aria-multiline": YES_OR_NO,
  "aria-multiselectable": YES_OR_NO,
  "aria-orientation": words("horizontal vertical"),
  "aria-pressed": words("false mixed true"),
  "aria-readonly": YES_OR_NO,
  "aria-relevant": [
    "additions",
    "additions removals",
    "additions text",
    "all",
    "removals",
    "removals additions",
    "removals text",
    "text",
    "text additions",
    "text removals",
  ],
  "aria-required": YES_OR_NO,
  "aria-selected": YES_OR_NO,
  "aria-sort": words("none ascending descending other"),
  accumulate: words("none sum"),
  additive: words("replace sum"),
  alignmentBaseline: words(
    "auto baseline before-edge text-before-edge middle central after-edge text-after-edge ideographic alphabetic hanging mathematical inherit",
  ),
  allowReorder: words("no yes"),
  arabicForm: words("initial medial terminal isolated"),
  autoReverse: YES_OR_NO,
  capture: words("user environment"),
  closedby: words("any closerequest none"),
  colorInterpolationFilters: words("auto sRGB linearRGB inherit"),
  contentEditable: words("true false inherit plaintext-only"),
  crossOrigin: words("anonymous use-credentials"),
  decoding: words("async auto sync"),
  dominantBaseline: words(
    "auto use-script no-change reset-size ideographic alphabetic hanging mathematical central middle text-after-edge text-before-edge inherit",
  ),
  draggable: YES_OR_NO,
  enterKeyHint: words("enter done go next previous search send"),
  externalResourcesRequired: YES_OR_NO,
  fetchPriority: words("high low auto"),
  fillRule: words("nonzero evenodd inherit"),
  focusable: words("true false auto"),
  inputMode: words("none text tel url email numeric decimal search"),
  loading: words("eager lazy"),
  popover: words("auto manual hint"),
  popoverTargetAction: words("toggle show hide"),
  preserveAlpha: YES_OR_NO,
  referrerPolicy: words(
    "no-referrer no-referrer-when-downgrade origin origin-when-cross-origin same-origin strict-origin strict-origin-when-cross-origin unsafe-url",
  ),
  rules: words("none groups rows columns all"),
  spellCheck: YES_OR_NO,
  strokeLinecap: words("butt round square inherit"),
  strokeLinejoin: words("miter round bevel inherit"),
  textAnchor: words("start middle end inherit"),
  translate: words("yes no"),
  unselectable: words("on off"),
  valign: words("top middle bottom baseline"),
};
/** Where the element makes a difference. */
const OF_ELEMENTS = {
  button: { type: words("button submit reset") },
  input: {
    type: words(
      "text email tel url number password search date time datetime-local month week color range checkbox radio file button submit reset image hidden",
    ),
  },
  ol: { type: words("1 a A i I") },
  table: { align: words("left center right") },
  td: { align: words("left center right justify char") },
  th: { align: words("left center right justify char") },
};

/**
 * @param {string} tag
 * @returns {string[] | null}  null where any words can be written
 */
export function choicesOf(tag, name) {
  const own = Object.hasOwn(OF_ELEMENTS, tag) ? OF_ELEMENTS[tag] : {};
  for (const table of [own, EVERYWHERE]) if (Object.hasOwn(table, name)) return table[name];
  return null;
}

const ANY_WORDS =
  /^(?:href|to|src|alt|title|label|heading|name|subtitle|description|caption|text|placeholder|value|defaultValue|id|htmlFor|dataKey|fill|stroke|color|unit|target|rel|data-[\w-]+|aria-(?:label|description|placeholder|valuetext))$/;

/** Whether a component that is not known takes any words for what it calls like this. */
export const takesAnyWords = (name) => ANY_WORDS.test(name);
