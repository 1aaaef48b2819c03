import type { [[e.type]] } from "@/data/[[e.files]]";
import type { ScoredRound } from "@/data/rounds";

//% if par
export const PAR = [[par]];

//% endif
export interface Total {
  id: string;
  name: string;
  total: number;
  average: number;
  best: number;
  /** How many rounds went to this one. */
  wins: number;
//% if par
  /** The best 8 of the last 20 rounds over par, on average. */
  handicap: number;
//% endif
}

/** A total for everyone; the [[ "lowest" if lowest else "highest" ]] first. */
export function totalsOf([[e.many]]: [[e.type]][], rounds: ScoredRound[]): Total[] {
  return [[e.many]]
    .map((one) => {
      const scores = rounds.flatMap((round) => round.scores[one.id] ?? []);
      const total = scores.reduce((sum, score) => sum + score, 0);
      return {
        id: one.id,
        name: one.[[e.title.id]],
        total,
        average: scores.length > 0 ? total / scores.length : 0,
        best: scores.length > 0 ? Math.[[ "min" if lowest else "max" ]](...scores) : 0,
        wins: rounds.filter((round) => winnersOf(round).includes(one.id)).length,
//% if par
        handicap: handicapOf(scores),
//% endif
      };
    })
//% if par
    .toSorted((a, b) => a.handicap - b.handicap);
//% elif lowest
    .toSorted((a, b) => a.total - b.total);
//% else
    .toSorted((a, b) => b.total - a.total);
//% endif
}
//% if par

/** `scores` are the newest first. */
function handicapOf(scores: number[]): number {
  const over = scores.slice(0, 20).map((score) => score - PAR);
  const best = over.toSorted((a, b) => a - b).slice(0, 8);
  return best.length > 0 ? best.reduce((sum, one) => sum + one, 0) / best.length : 0;
}
//% endif

/** The best of a round; several when they are level. */
export function winnersOf(round: ScoredRound): string[] {
  const entries = Object.entries(round.scores);
  const best = Math.[[ "min" if lowest else "max" ]](...entries.map(([, score]) => score));
  return entries.filter(([, score]) => score === best).map(([id]) => id);
}

/** Everyone's [[ "handicap" if par else "total" ]] after each round, for the chart. */
export function courseOf([[e.many]]: [[e.type]][], rounds: ScoredRound[]): Record<string, number>[] {
  const inOrder = rounds.toReversed();
//% if par
  return inOrder.map((_, index) => {
    const played = index + 1;
//% else
  return [0, ...inOrder.map((_, index) => index + 1)].map((played) => {
//% endif
    const totals = totalsOf([[e.many]], inOrder.slice(0, played).toReversed());
    return Object.fromEntries(totals.map((one) => [one.id, one.[[ "handicap" if par else "total" ]]]));
  });
}
