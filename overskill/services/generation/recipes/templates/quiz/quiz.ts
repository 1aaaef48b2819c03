import type { [[e.type]] } from "@/data/[[e.files]]";

export interface DealtQuestion {
  id: string;
  text: string;
  answer: string;
  options: string[];
}

export interface Answered extends DealtQuestion {
  chosen: string;
}

/** All questions in another order, each with its options shuffled. */
export function dealQuestions(all: [[e.type]][]): DealtQuestion[] {
  return shuffle(all).map((one) => ({
    id: one.id,
    text: one.[[e.title.id]],
    answer: one.[[answer]],
    options: shuffle([[ "[" ]]one.[[answer]], [[wrong]]].filter(Boolean)),
  }));
}

function shuffle<T>(items: T[]): T[] {
  return items
    .map((item) => ({ item, rank: Math.random() }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
