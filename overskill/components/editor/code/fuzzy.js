/** Finding a file by some of its letters, in order: "apptsx", "habitcard", "ui/but". */

const BOUNDARY = /[/._ -]/;
const MOST = 50;

/**
 * The best way that the letters of `query` lie in `path`; null when they don't.
 *
 * @returns {{ score: number, places: number[] } | null}
 */
export function match(query, path) {
  const letters = query.toLowerCase().replace(/\s+/g, "");
  if (!letters) return { score: 0, places: [] };
  const lower = path.toLowerCase();
  const nameStart = path.lastIndexOf("/") + 1;
  // best[j]: the best way so far that ends with the current letter at j
  let best = new Map();
  for (let index = 0; index < letters.length; index += 1) {
    const next = new Map();
    let leading = null; // the best way that ends before j
    for (let j = 0; j < path.length; j += 1) {
      if (lower[j] === letters[index]) {
        const before = index === 0 ? { score: 0, places: null } : better(leading, run(best.get(j - 1)));
        if (before) next.set(j, { score: before.score + worth(path, j, nameStart), places: { at: j, before: before.places } });
      }
      const here = best.get(j);
      if (here) leading = better(leading, here);
    }
    best = next;
    if (!best.size) return null;
  }
  const winner = [...best.values()].reduce(better);
  return { score: winner.score - path.length / 100, places: placesOf(winner.places) };
}

/** The paths that fit, best first; without a query, those of `recent` first. */
export function ranked(query, paths, recent = []) {
  const rank = new Map(recent.map((path, index) => [path, index]));
  const found = paths.flatMap((path) => {
    const fit = match(query, path);
    return fit ? [{ path, ...fit, score: fit.score + (rank.has(path) ? 1 - rank.get(path) / 100 : 0) }] : [];
  });
  return found.sort((one, other) => other.score - one.score || (one.path < other.path ? -1 : 1)).slice(0, MOST);
}

function better(one, other) {
  if (!one || !other) return one ?? other ?? null;
  return other.score > one.score ? other : one;
}

function run(way) {
  return way && { ...way, score: way.score + 4 };
}

function worth(path, at, nameStart) {
  const isStart = at === 0 || BOUNDARY.test(path[at - 1]) || (isUpper(path[at]) && !isUpper(path[at - 1]));
  return 1 + (isStart ? 3 : 0) + (at >= nameStart ? 2 : 0);
}

function isUpper(letter) {
  return letter !== letter.toLowerCase();
}

function placesOf(chain) {
  const places = [];
  for (let link = chain; link; link = link.before) places.unshift(link.at);
  return places;
}
