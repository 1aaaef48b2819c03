/** How alike two names are. */

const LONGEST = 64;

/** How many letters must change (inserted, removed, replaced, or swapped with a neighbour); stops counting at `most`. */
export function distance(left, right, most = 3) {
  if (Math.abs(left.length - right.length) > most || left.length > LONGEST || right.length > LONGEST) return most + 1;
  let older = [];
  let before = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const cost = left[i - 1] === right[j - 1] ? 0 : 1;
      row[j] = Math.min(before[j] + 1, row[j - 1] + 1, before[j - 1] + cost);
      if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1])
        row[j] = Math.min(row[j], older[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    [older, before] = [before, row];
  }
  return before[right.length];
}

/** `formatShortDate`, `format-short-date`, `Format_ShortDate` -> ["format", "short", "date"]. */
export function words(name) {
  return (name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? []).map((word) => word.toLowerCase());
}

/** The same for every spelling of the same words. */
export const folded = (name) => words(name).join("");

/** The kind of thing that a name's spelling says it is. */
export function shape(name) {
  if (/^use[A-Z]/.test(name)) return "hook";
  if (/^[A-Z][A-Z\d_]+$/.test(name)) return "constant";
  return /^[A-Z]/.test(name) ? "component" : "value";
}

/** The one name that is meant by `wanted`, or null when none is near or several are. */
export function nearest(wanted, candidates) {
  const sameWords = candidates.filter((name) => folded(name) === folded(wanted));
  if (sameWords.length > 0) return sameWords.length === 1 ? sameWords[0] : null;
  const most = wanted.length < 5 ? 1 : wanted.length < 12 ? 2 : 3;
  let best = [];
  let least = most;
  for (const name of candidates) {
    const far = distance(wanted.toLowerCase(), name.toLowerCase(), least);
    if (far > least) continue;
    best = far < least ? [name] : [...best, name];
    least = far;
  }
  return best.length === 1 ? best[0] : null;
}

/** How much of their words two names share, from 0 to 1. */
export function likeness(left, right) {
  const [first, second] = [new Set(words(left)), new Set(words(right))];
  const shared = [...first].filter((word) => second.has(word)).length;
  return shared / Math.max(first.size, second.size, 1);
}
