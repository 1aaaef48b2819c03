/** Two people changed one text. The same merge as services/apps/merging.py: diff3, by lines. */
import { linesOf, sharedRuns } from "./lines.js";

/**
 * `base` with the changes of both; null where they changed the same lines in different ways.
 *
 * @param {string} base
 * @param {string} ours
 * @param {string} theirs
 * @returns {string | null}
 */
export function merge(base, ours, theirs) {
  if (theirs === ours || theirs === base) return ours;
  if (ours === base) return theirs;
  const texts = [base, ours, theirs].map(linesOf);
  const ends = texts.map((lines) => lines.length);
  let from = [0, 0, 0];
  let merged = "";
  for (const { starts, length } of [...runsOfAll(...texts), { starts: ends, length: 0 }]) {
    const between = texts.map((lines, side) => lines.slice(from[side], starts[side]).join(""));
    const chosen = choose(...between);
    if (chosen === null) return null;
    merged += chosen + texts[0].slice(starts[0], starts[0] + length).join("");
    from = starts.map((start) => start + length);
  }
  return merged;
}

function choose(base, ours, theirs) {
  if (ours === base || ours === theirs) return theirs;
  return theirs === base ? ours : null;
}

/** The runs of lines that neither side touched. `starts` is where each begins in base, ours and theirs. */
function runsOfAll(base, ours, theirs) {
  const left = sharedRuns(base, ours);
  const right = sharedRuns(base, theirs);
  const runs = [];
  for (let at = 0, otherAt = 0; at < left.length && otherAt < right.length; ) {
    const mine = left[at];
    const other = right[otherAt];
    const begin = Math.max(mine.before, other.before);
    const end = Math.min(mine.before + mine.length, other.before + other.length);
    if (begin < end) {
      const starts = [begin, mine.after + begin - mine.before, other.after + begin - other.before];
      runs.push({ starts, length: end - begin });
    }
    if (mine.before + mine.length < other.before + other.length) at += 1;
    else otherAt += 1;
  }
  return runs;
}

/**
 * What `ours` and `theirs` were both made from: the newest of the texts that were `sent` and that `theirs` has the
 * changes of, though nobody said that it arrived; else `base`.
 *
 * @param {string} base
 * @param {string[]} sent
 * @param {string} theirs
 */
export function commonBase(base, sent, theirs) {
  return sent.findLast((text) => merge(base, text, theirs) === theirs) ?? base;
}

/**
 * The least that has to change, so that a cursor elsewhere stays where it is. Places count in `before`.
 *
 * @param {string} before
 * @param {string} after
 * @returns {{ from: number, to: number, insert: string }[]}
 */
export function changesBetween(before, after) {
  if (before === after) return [];
  const [lines, otherLines] = [linesOf(before), linesOf(after)];
  const [places, otherPlaces] = [placesOf(lines), placesOf(otherLines)];
  const changes = [];
  let [at, otherAt] = [0, 0];
  const end = { before: lines.length, after: otherLines.length, length: 0 };
  for (const run of [...sharedRuns(lines, otherLines), end]) {
    const removed = before.slice(places[at], places[run.before]);
    const insert = after.slice(otherPlaces[otherAt], otherPlaces[run.after]);
    if (removed !== insert) changes.push(narrowed(places[at], removed, insert));
    at = run.before + run.length;
    otherAt = run.after + run.length;
  }
  return changes;
}

function placesOf(lines) {
  const places = [0];
  for (const line of lines) places.push(places.at(-1) + line.length);
  return places;
}

function narrowed(from, removed, insert) {
  const shortest = Math.min(removed.length, insert.length);
  let head = 0;
  while (head < shortest && removed[head] === insert[head]) head += 1;
  let tail = 0;
  while (tail < shortest - head && removed.at(-1 - tail) === insert.at(-1 - tail)) tail += 1;
  return { from: from + head, to: from + removed.length - tail, insert: insert.slice(head, insert.length - tail) };
}
