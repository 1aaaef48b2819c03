/**
 * What a search in all files found, as it is shown.
 *
 * @typedef {{ line: number, column: number, length: number, preview: string, at: number, replaced: string }} Hit
 *   `at` is where it begins in the preview; `replaced` what it becomes, when something is replaced.
 * @typedef {{ path: string, count: number, base?: string, hits: Hit[] }} FoundIn
 */

const LEAD = 12; // characters before what was found

/** The line in three parts, from a little before what was found: `[before, found, after]`. */
export function parts({ preview, at, length }) {
  const before = preview.slice(0, at).trimStart();
  const shown = before.length > LEAD ? `…${before.slice(-LEAD)}` : before;
  return [shown, preview.slice(at, at + length), preview.slice(at + length)];
}

/** "12 results in 3 files" */
export function countWords(files, isCut) {
  const hits = files.reduce((sum, { count }) => sum + count, 0);
  if (!hits) return "Nothing was found.";
  const results = hits === 1 ? "1 result" : `${hits} results`;
  return `${isCut ? "The first " : ""}${results} in ${files.length === 1 ? "1 file" : `${files.length} files`}`;
}

/** A text with one place of it replaced. Lines and columns count from 1. */
export function withHitReplaced(text, { line, column, length, replaced }) {
  let start = 0;
  for (let count = 1; count < line; count += 1) start = text.indexOf("\n", start) + 1;
  const from = start + column - 1;
  return text.slice(0, from) + replaced + text.slice(from + length);
}
