import type { [[e.type]] } from "@/data/[[e.files]]";
import type { MatchResult } from "@/data/results";

export interface Standing {
  id: string;
  name: string;
  played: number;
  won: number;
  drawn: number;
  lost: number;
  scored: number;
  taken: number;
  /** Scored minus taken. */
  difference: number;
  points: number;
  rating: number;
}

/** A table row for everyone, the leader first. */
export function standingsOf([[e.many]]: [[e.type]][], results: MatchResult[]): Standing[] {
  const table = new Map<string, Standing>(
    [[e.many]].map((one) => [one.id, blankStanding(one.id, one.[[e.title.id]])]),
  );
  for (const result of results.toReversed()) {
    const home = table.get(result.home);
    const away = table.get(result.away);
    if (!home || !away) continue;
    const share = shareOf(result);
    rate(home, away, share);
    count(home, result.homeScore, result.awayScore);
    count(away, result.awayScore, result.homeScore);
  }
  return [...table.values()].toSorted(compare);
}

/** The [[ "rating" if scheme == "rating" else ("points" if scheme == "points" else "wins") ]] of everyone after each result, for the chart. */
export function courseOf([[e.many]]: [[e.type]][], results: MatchResult[]): Record<string, number>[] {
  const inOrder = results.toReversed();
  return [0, ...inOrder.map((_, index) => index + 1)].map((played) => {
    const standings = standingsOf([[e.many]], inOrder.slice(0, played).toReversed());
    return Object.fromEntries(standings.map((one) => [one.id, one.[[ "rating" if scheme == "rating" else ("points" if scheme == "points" else "won") ]]]));
  });
}

function blankStanding(id: string, name: string): Standing {
  const none = { played: 0, won: 0, drawn: 0, lost: 0, scored: 0, taken: 0, difference: 0, points: 0 };
  return { id, name, ...none, rating: 1000 };
}

function count(standing: Standing, scored: number, taken: number): void {
  const difference = scored - taken;
  standing.played += 1;
  standing.scored += scored;
  standing.taken += taken;
  standing.difference += difference;
  standing.won += difference > 0 ? 1 : 0;
  standing.drawn += difference === 0 ? 1 : 0;
  standing.lost += difference < 0 ? 1 : 0;
  standing.points += difference > 0 ? 3 : difference === 0 ? 1 : 0;
}

/** Elo: who beats someone stronger gains more. */
function rate(home: Standing, away: Standing, share: number): void {
  const expected = 1 / (1 + 10 ** ((away.rating - home.rating) / 400));
  const change = Math.round(32 * (share - expected));
  home.rating += change;
  away.rating -= change;
}

function shareOf({ homeScore, awayScore }: MatchResult): number {
  return homeScore > awayScore ? 1 : homeScore < awayScore ? 0 : 0.5;
}

function compare(a: Standing, b: Standing): number {
//% if scheme == "rating"
  return b.rating - a.rating || b.won - a.won || a.name.localeCompare(b.name);
//% elif scheme == "points"
  return b.points - a.points || b.difference - a.difference || a.name.localeCompare(b.name);
//% else
  return b.won - a.won || a.lost - b.lost || b.difference - a.difference || a.name.localeCompare(b.name);
//% endif
}
