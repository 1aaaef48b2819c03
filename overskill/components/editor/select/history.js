/**
 * What was changed by hand, and can be taken back: each step is a file before and after it. Pure.
 *
 * @typedef {{ path: string, before: string, after: string, checksum: string }} Step
 *   `checksum` is that of the file as it is now, which the next save of it builds on.
 * @typedef {{ done: Step[], undone: Step[] }} History
 */

const MOST = 100;

/** @type {History} */
export const nothingDone = { done: [], undone: [] };

/** @returns {History} */
export const withStep = ({ done }, step) => ({ done: [...done, step].slice(-MOST), undone: [] });

export const lastDone = ({ done }) => done.at(-1) ?? null;
export const lastUndone = ({ undone }) => undone.at(-1) ?? null;

/** The save that takes the latest step back, or does it again. */
export function saveFor(step, isRedo) {
  return { changes: [{ path: step.path, text: isRedo ? step.after : step.before, base: step.checksum }], note: "" };
}

/** After that save: every step of the file now builds on the file as it was answered. @returns {History} */
export function moved({ done, undone }, isRedo, checksum) {
  const [from, to] = isRedo ? [undone, done] : [done, undone];
  const step = from.at(-1);
  const based = (each) => (each.path === step.path ? { ...each, checksum } : each);
  const [left, right] = [from.slice(0, -1).map(based), [...to, step].map(based)];
  return isRedo ? { done: right, undone: left } : { done: left, undone: right };
}

/** The file was saved by something else of ours: what is done to it next builds on that. @returns {History} */
export function based({ done, undone }, path, checksum) {
  const now = (step) => (step.path === path ? { ...step, checksum } : step);
  return { done: done.map(now), undone: undone.map(now) };
}
