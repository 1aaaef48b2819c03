import { createCollection } from "@/lib/collection";

/** Points as they fell, newest first; `side` is the id of [[e.article]] [[e.label]]. */
export interface Point {
  id: string;
  side: string;
  points: number;
}

export const points = createCollection<Point>("points", [], { side: "", points: 0 });

/** A game that is over: how much each had, by name. */
export interface FinishedGame {
  id: string;
  day: string;
  scores: { name: string; total: number }[];
}

export const games = createCollection<FinishedGame>("games", [], { day: "", scores: [] });

export function totalOf(side: string, all: Point[]): number {
  return all.reduce((sum, one) => sum + (one.side === side ? one.points : 0), 0);
}
