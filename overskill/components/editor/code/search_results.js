/** What a search in all files found, as it is shown. */

const LEAD = 24; // characters before what was found

/**
 * @typedef {{ path: string, line: number, column: number, length: number, text: string }} Match `text` is the line.
 *
 * @param {Match[]} matches
 * @returns {{ path: string, matches: Match[] }[]} by file, in the order they came
 */
export function grouped(matches) {
  const groups = new Map();
  for (const match of matches) {
    if (!groups.has(match.path)) groups.set(match.path, { path: match.path, matches: [] });
    groups.get(match.path).matches.push(match);
  }
  return [...groups.values()];
}

/** The line in three parts, from a little before what was found: `[before, found, after]`. */
export function parts({ text, column, length }) {
  const start = column - 1;
  const before = text.slice(0, start).trimStart();
  const shown = before.length > LEAD ? `…${before.slice(-LEAD)}` : before;
  return [shown, text.slice(start, start + length), text.slice(start + length)];
}

/** "12 results in 3 files" */
export function countWords(matches, isCut) {
  const files = new Set(matches.map(({ path }) => path)).size;
  if (!matches.length) return "Nothing was found.";
  const results = matches.length === 1 ? "1 result" : `${matches.length} results`;
  return `${isCut ? "The first " : ""}${results} in ${files === 1 ? "1 file" : `${files} files`}`;
}
