import { createStore } from "@/lib/storage";

export type CriterionKind = "money" | "number" | "rating" | "boolean" | "text";
/** Text stands for a value only with a criterion of text; "" is not filled in yet. */
export type Value = number | string | boolean;

export interface Criterion {
  id: string;
  label: string;
  kind: CriterionKind;
  unit: string;
  /** From 0 (does not count) to 5. */
  weight: number;
  lowerIsBetter: boolean;
}

export interface Choice {
  id: string;
  name: string;
  values: Record<string, Value>;
}

export interface Comparison {
  criteria: Criterion[];
  choices: Choice[];
  /** The criteria of this file that were shown before: those that were deleted stay deleted. */
  seen: string[];
}

const criteria: Criterion[] = [
//% for one in criteria
  {
    id: [[one.id | ts]],
    label: [[one.label | ts]],
    kind: [[one.kind | ts]],
    unit: [[one.unit | ts]],
    weight: [[one.weight]],
    lowerIsBetter: [[one.lower | ts]],
  },
//% endfor
];

const choices: Choice[] = [
//% for one in choices
  {
    id: "[[e.file]]-[[loop.index]]",
    name: [[one.name | ts]],
    values: { [[one.filled]] },
  },
//% endfor
];

const seen = criteria.map((one) => one.id);

export const comparison = createStore<Comparison>(
  "[[e.storage]]",
  { criteria, choices, seen },
  (stored) => ({
    ...stored,
    criteria: [...stored.criteria, ...criteria.filter((one) => !stored.seen.includes(one.id))],
    seen,
  }),
);
