/**
 * What the preview says of elements (bundler/README.md lists it), made safe to show. Pure.
 *
 * @typedef {{ file: string, line: number, column: number, checksum: string, name: string, component: string }} Place
 * @typedef {{ name: string, words: string, isThis?: boolean }} Listed
 * @typedef {{ how: string, tag: string, places: Place[], index: number, count: number, ancestors: Listed[],
 *   siblings: Listed[], children: Listed[], measures: Record<string, string> }} Selection
 */

const LONGEST = { name: 60, file: 200, checksum: 64, words: 60, measure: 60 };
const MOST = { places: 6, listed: 40, colours: 120 };
const FILE = /^src\/[^\0]+\.(?:[jt]sx?|mjs)$/;
const SHARED = /^src\/components\/ui\//;
const CHECKSUM = /^[0-9a-f]{16,64}$/;

/** @returns {Selection | null} null when nothing is selected, or nothing that can be */
export function selectionOf(message) {
  const places = list(message.places, MOST.places).map(placeOf).filter(Boolean);
  if (places.length === 0) return null;
  return {
    how: text(message.how, 20),
    tag: text(message.tag, LONGEST.name),
    places,
    index: whole(message.index),
    count: Math.max(1, whole(message.count)),
    ancestors: list(message.ancestors, MOST.listed).map(listedOf),
    siblings: list(message.siblings, MOST.listed).map(listedOf),
    children: list(message.children, MOST.listed).map(listedOf),
    measures: measuresOf(message.measures),
  };
}

/** @returns {Place | null} */
function placeOf(place) {
  const { file, line, column, checksum, name, component } = place ?? {};
  const isPlace = FILE.test(text(file, LONGEST.file)) && CHECKSUM.test(text(checksum, LONGEST.checksum));
  if (!isPlace || whole(line) < 1 || whole(column) < 1) return null;
  return { file, line, column, checksum, name: text(name, LONGEST.name), component: text(component, LONGEST.name) };
}

const listedOf = ({ name, words, isThis }) => ({
  name: text(name, LONGEST.name),
  words: text(words, LONGEST.words),
  isThis: isThis === true,
});

function measuresOf(measures) {
  const entries = Object.entries(measures && typeof measures === "object" ? measures : {}).slice(0, 20);
  return Object.fromEntries(entries.map(([name, value]) => [name, text(value, LONGEST.measure)]));
}

/** @returns {Record<string, string>} by the colour's name, as CSS that may be shown */
export function coloursOf(message) {
  const found = list(message.colours, MOST.colours).map(({ name, colour }) => [text(name, LONGEST.name), text(colour, 80)]);
  return Object.fromEntries(found.filter(([, colour]) => /^[a-z]+\([^;{}"']*\)$/i.test(colour)));
}

/** Of a part of a shared component mostly the use is meant: the button on this page, not all buttons. */
export function likeliestPlace({ places }) {
  const own = places.findIndex(({ file }) => !SHARED.test(file));
  return Math.max(0, own);
}

export const isSamePlace = (one, other) =>
  one.file === other.file &&
  one.line === other.line &&
  one.column === other.column &&
  one.checksum.slice(0, 16) === other.checksum.slice(0, 16);

const list = (value, most) => (Array.isArray(value) ? value.slice(0, most).filter((each) => each && typeof each === "object") : []);
const text = (value, longest) => (typeof value === "string" ? value.slice(0, longest) : "");
const whole = (value) => (Number.isInteger(value) && value >= 0 ? value : 0);
