/** Where arrow keys lead in a row of choices that is one stop of the Tab key. */

const STEPS = {
  tablist: { ArrowLeft: -1, ArrowRight: 1 },
  radiogroup: { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1 },
};

/** Tabs that stand one below the other: WAI-ARIA's keys for those, beside those of a row. */
const COLUMN = { ...STEPS.tablist, ArrowUp: -1, ArrowDown: 1 };

/** The place that a key leads to, round the ends; -1 when this key leads nowhere. */
export function placeAfter(key, { role, at, count, isColumn = false }) {
  if (at < 0) return -1;
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  const step = (isColumn ? COLUMN : STEPS[role])[key];
  return step ? (at + step + count) % count : -1;
}
