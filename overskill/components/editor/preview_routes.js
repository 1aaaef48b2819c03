/** Which pages an app has, as far as its code and its visitor tell. Pure. */

const PATH = /\bpath\s*[:=]\s*\{?\s*["'`](\/?[\w./:*?-]*)["'`]/g;
const LINK = /\b(?:to|href)\s*=\s*\{?\s*["'`](\/[\w./-]*)["'`]/g;
const MOST = 12;
export const MOST_VISITED = 20;

/** The routes that a file of the app declares or links to. What has a part that only its user knows is left out. */
export function routesIn(code) {
  const found = [PATH, LINK].flatMap((pattern) => [...code.matchAll(pattern)].map(([, path]) => (path.startsWith("/") ? path : `/${path}`)));
  return [...new Set(found)].filter((path) => !/[*:?]/.test(path));
}

/** What to offer for what is typed: pages that begin so, then those that have it somewhere. */
export function completions(typed, routes) {
  const wanted = typed.trim().toLowerCase();
  const begin = routes.filter((route) => route.toLowerCase().startsWith(wanted));
  const inside = routes.filter((route) => !begin.includes(route) && route.toLowerCase().includes(wanted.replace(/^\//, "")));
  return [...new Set([...begin, ...inside])].filter((route) => route.toLowerCase() !== wanted).slice(0, MOST);
}

/** What somebody typed, as a path of the app; a whole address leads to its path. */
export function pathFrom(typed) {
  const text = typed.trim();
  const path = text.replace(/^[a-z]+:\/\/[^/]*/i, "");
  return `/${path.replace(/^\/+/, "")}`;
}
