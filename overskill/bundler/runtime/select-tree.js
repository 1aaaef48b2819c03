/**
 * The page as somebody who edits it sees it: elements that the app's code names, what is around and inside them, and
 * where each is written. Nodes that packages draw by themselves belong to the element that brought them.
 */
import { fiberOf, nameOf, placeOf } from "./source-locations.js";

const ENTRY = /^src\/main\.\w+$/; // it only starts the app
const MOST_PLACES = 6;
const MOST_LISTED = 40;
const LONGEST_WORDS = 40;

const isSame = (one, other) => one !== null && (one === other || one.alternate === other);
const placeKey = ({ file, line, column, checksum }) => `${file}:${line}:${column}:${checksum}`;
export const isSamePlace = (one, other) => placeKey(one) === placeKey(other);

/** The nearest fiber that the app's code names, from a node of the page upwards. */
function placedFiber(node) {
  let inner = node;
  while (inner && !fiberOf(inner)) inner = inner.parentElement; // markup that React did not make
  for (let fiber = inner && fiberOf(inner); fiber; fiber = fiber.return) {
    const place = placeOf(fiber);
    if (place && !ENTRY.test(place.file)) return fiber;
  }
  return null;
}

/** The element that a node belongs to, as its outermost node; null outside the app. */
export function selectableAt(node) {
  const fiber = node instanceof Element ? placedFiber(node) : null;
  if (fiber === null) return null;
  let outermost = node;
  for (let parent = node.parentElement; parent && parent !== document.body; parent = parent.parentElement) {
    if (!isSame(placedFiber(parent), fiber)) break;
    outermost = parent;
  }
  return outermost.id === "root" ? null : outermost;
}

/**
 * Where an element is written, then where the component that it is written in is used, and so on.
 * @returns {(import("./source-locations.js").Place & {component: string})[]}
 */
export function placesOf(element) {
  const found = [];
  for (let fiber = placedFiber(element); fiber && found.length < MOST_PLACES; fiber = fiber._debugOwner ?? null) {
    const place = placeOf(fiber);
    const owner = fiber._debugOwner;
    if (place && !ENTRY.test(place.file)) found.push({ ...place, component: owner ? nameOf(owner) : "" });
  }
  return found;
}

export function parentOf(element) {
  return element.parentElement ? selectableAt(element.parentElement) : null;
}

/** The elements directly inside, without the nodes between. */
export function childrenOf(element) {
  const found = [];
  const visit = (node) => {
    for (const child of node.children) {
      if (found.length >= MOST_LISTED) return;
      if (selectableAt(child) === child) found.push(child);
      else visit(child);
    }
  };
  visit(element);
  return found;
}

export function siblingsOf(element) {
  const parent = parentOf(element);
  return parent ? childrenOf(parent) : [element];
}

export function ancestorsOf(element) {
  const found = [];
  for (let parent = parentOf(element); parent; parent = parentOf(parent)) found.unshift(parent);
  return found;
}

/** All elements that one place in the code made: the items of a list, the uses of a component. */
export function madeBy(place) {
  return [...document.body.querySelectorAll("*")].filter(
    (node) => selectableAt(node) === node && placesOf(node).some((each) => isSamePlace(each, place)),
  );
}

/** Without the nodes inside others of them: of a component's parts only the whole. */
export function outermost(elements) {
  return elements.filter((element) => !elements.some((other) => other !== element && other.contains(element)));
}

/** How an element is called in a list; the outermost of a component goes by the component's name. */
export function labelOf(element) {
  const [place, use] = placesOf(element);
  const parent = use ? parentOf(element) : null;
  const isWhole = use && (parent === null || placesOf(parent)[0]?.component !== place.component);
  const words = (element.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, LONGEST_WORDS);
  return { name: (isWhole ? use.name : place?.name) || element.localName, words };
}
