/**
 * The tabs of open files. Each function gives the tabs after something was done.
 *
 * @typedef {{ open: string[], active: string }} Tabs `active` "" when none is open.
 */
import { renamed } from "./tree.js";

export const NO_TABS = { open: [], active: "" };
const MOST = 24; // the browser keeps the text and the history of each

export function shown(tabs, path) {
  if (tabs.open.includes(path)) return { ...tabs, active: path };
  const at = tabs.open.indexOf(tabs.active) + 1;
  return { open: tabs.open.toSpliced(at, 0, path), active: path };
}

/** The neighbour on the right comes to the front, else the one on the left. */
export function closed(tabs, path) {
  const at = tabs.open.indexOf(path);
  if (at < 0) return tabs;
  const open = tabs.open.toSpliced(at, 1);
  return { open, active: tabs.active === path ? (open[at] ?? open.at(-1) ?? "") : tabs.active };
}

export function closedOthers(tabs, path) {
  return { open: tabs.open.filter((each) => each === path), active: path };
}

/** `path` goes where `target` is. */
export function reordered(tabs, path, target) {
  const to = tabs.open.indexOf(target);
  if (to < 0 || !tabs.open.includes(path)) return tabs;
  return { ...tabs, open: tabs.open.filter((each) => each !== path).toSpliced(to, 0, path) };
}

/** One step to the right (1) or left (-1), round the ends. */
export function beside(tabs, step) {
  const { open, active } = tabs;
  if (!open.length) return tabs;
  return { open, active: open[(open.indexOf(active) + step + open.length) % open.length] };
}

export function afterRename(tabs, from, to) {
  return { open: tabs.open.map((path) => renamed(path, from, to)), active: renamed(tabs.active, from, to) };
}

/** Only files that are there. */
export function existing(tabs, paths) {
  return tabs.open.filter((path) => !paths.has(path)).reduce(closed, tabs);
}

/** The tabs as they were at the last visit. */
export function remembered(storage, slug) {
  try {
    const { open, active } = JSON.parse(storage.getItem(keyOf(slug)));
    const paths = open.filter((path) => typeof path === "string").slice(0, MOST);
    return { open: paths, active: paths.includes(active) ? active : (paths[0] ?? "") };
  } catch {
    return NO_TABS;
  }
}

export function remember(storage, slug, tabs) {
  try {
    storage.setItem(keyOf(slug), JSON.stringify(tabs));
  } catch {
    // A browser that keeps nothing opens the editor without them.
  }
}

const keyOf = (slug) => `overskill:tabs:${slug}`;
