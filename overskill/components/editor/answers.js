/**
 * Questions that a turn asked before it builds, and what was answered. Pure.
 *
 * @typedef {{ id: string, text: string, options: string[], allows_other: boolean }} Question
 * @typedef {Record<string, { option: string | null, other: string }>} Chosen
 *   by question; `option` null is "Something else"
 */

export const LONGEST_ANSWER = 500;

/** What is sent: a text by question, without those that were left out. */
export function answersOf(questions, chosen) {
  const given = questions.map(({ id }) => [id, textOf(chosen[id])]).filter(([, text]) => text);
  return Object.fromEntries(given);
}

function textOf(choice) {
  if (!choice) return "";
  return choice.option ?? choice.other.trim();
}
