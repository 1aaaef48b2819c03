import type { [[e.type]] } from "@/data/[[e.files]]";
import { daysFromNow, today } from "@/lib/format";
import { createStore } from "@/lib/storage";

/** Where a card stands: the box it lies in, the day it is due again, the day it was first seen. */
export interface Standing {
  box: number;
  due: string;
  since: string;
}

export type Standings = Record<string, Standing>;

/** How many days a card rests in each box. */
export const BOXES = [1, 2, 4, 8, 16];
export const NEW_A_DAY = [[new_a_day]];

export const standings = createStore<Standings>("standings", {});

/** A card that is known moves up a box and rests longer; one that isn't goes back to the first. */
export function moved(standing: Standing | undefined, isKnown: boolean): Standing {
  const box = isKnown ? Math.min((standing?.box ?? 0) + 1, BOXES.length) : 1;
  return {
    box,
    due: daysFromNow(isKnown ? (BOXES[box - 1] ?? 1) : 0),
    since: standing?.since ?? today(),
  };
}

/** What to practise today: the cards that are due, then new ones up to the daily number. */
export function dueToday([[e.many]]: [[e.type]][], all: Standings): string[] {
  const day = today();
  const due = [[e.many]].filter((one) => (all[one.id]?.due ?? "9999") <= day);
  const isNew = [[e.many]].filter((one) => !all[one.id]);
  const begun = [[e.many]].filter((one) => all[one.id]?.since === day).length;
  return [...due, ...isNew.slice(0, Math.max(0, NEW_A_DAY - begun))].map((one) => one.id);
}

/** How many cards lie in each box; the first number is of those not seen yet. */
export function countBoxes([[e.many]]: [[e.type]][], all: Standings): number[] {
  const counts = [0, ...BOXES.map(() => 0)];
  for (const one of [[e.many]]) {
    const box = all[one.id]?.box ?? 0;
    counts[box] = (counts[box] ?? 0) + 1;
  }
  return counts;
}
