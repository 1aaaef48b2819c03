/**
 * The steps of a plan while somebody changes them. Pure: each function gives the next list.
 *
 * @typedef {{ id: number, text: string }} PlanStep  `id` tells one step from another while they move about
 */

export const LONGEST_STEP = 300;
export const MOST_STEPS = 20;

/** @returns {PlanStep[]} */
export const stepsOf = (texts) => texts.map((text, id) => ({ id, text }));

export const withText = (steps, id, text) =>
  steps.map((step) => (step.id === id ? { ...step, text: text.slice(0, LONGEST_STEP) } : step));

/** With an empty step after the one of this id, or at the end. */
export function withStepAfter(steps, id) {
  if (steps.length >= MOST_STEPS) return steps;
  const place = steps.findIndex((step) => step.id === id);
  const added = { id: 1 + Math.max(-1, ...steps.map((step) => step.id)), text: "" };
  return steps.toSpliced(place < 0 ? steps.length : place + 1, 0, added);
}

export const withoutStep = (steps, id) => steps.filter((step) => step.id !== id);

/** One place up (-1) or down (1), as far as there is one. */
export function moved(steps, id, by) {
  const from = steps.findIndex((step) => step.id === id);
  const to = from + by;
  if (from < 0 || to < 0 || to >= steps.length) return steps;
  return steps.toSpliced(from, 1).toSpliced(to, 0, steps[from]);
}

/** What is sent: no empty lines. */
export const textsOf = (steps) => steps.map(({ text }) => text.trim()).filter(Boolean);
