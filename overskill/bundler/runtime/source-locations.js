/**
 * Which place in the app's files made an element of the page, without leaving a trace in the page.
 *
 * @typedef {object} Place
 * @property {string} file
 * @property {number} line      from 1, as the column
 * @property {number} column
 * @property {string} checksum  of the file's text when it was drawn, the first 16 digits
 * @property {string} name      of the tag or component
 */

const sources = new WeakMap(); // an element's props -> what the compiled code says of it, and its number
const FIBER = "__reactFiber$";
let count = 0;

export function rememberSource(props, source) {
  count += 1;
  sources.set(props, { number: count, source });
}

/** React's own record of a node of the page, or null. */
export function fiberOf(node) {
  const key = Object.keys(node).find((name) => name.startsWith(FIBER));
  return key ? node[key] : null;
}

/** Where the element that a fiber stands for is written, or null. @returns {Place | null} */
export function placeOf(fiber) {
  // React keeps two of each fiber, and which of them is shown is not said: the later element is.
  const [newest] = [fiber, fiber.alternate]
    .map((each) => each && isObject(each.memoizedProps) && sources.get(each.memoizedProps))
    .filter(Boolean)
    .sort((one, other) => other.number - one.number);
  if (!newest) return null;
  const { fileName, lineNumber, columnNumber } = newest.source;
  const [file, checksum = ""] = fileName.split("?");
  return { file, line: lineNumber, column: columnNumber, checksum, name: nameOf(fiber) };
}

const isObject = (value) => typeof value === "object" && value !== null;

/** From the element up to the components that hold it. @returns {Place[]} */
export function sourcesOf(element, most = 12) {
  const found = [];
  for (let fiber = fiberOf(element); fiber && found.length < most; fiber = fiber.return) {
    const place = placeOf(fiber);
    if (place) found.push(place);
  }
  return found;
}

export function nameOf({ type, elementType }) {
  if (typeof type === "string") return type;
  return type?.displayName || type?.name || type?.render?.name || elementType?.name || "";
}
