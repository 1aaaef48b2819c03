import { createStore } from "@/lib/storage";

/** Who is where: the id of a place -> the id of a person. */
export type Seats = Record<string, string>;

export const keptSeats = createStore<Seats>("seats", {});
//% if pitch
export const FORMATIONS = [[formations | ts]];
export const keptFormation = createStore("formation", FORMATIONS[0] ?? "4-4-2");

/** The lines of a formation from the goal on; the keeper stands alone. */
export function linesOf(formation: string): string[][] {
  const lines = [1, ...formation.split("-").map(Number)];
  let next = 0;
  return lines.map((count) => Array.from({ length: count }, () => `place-${next++}`));
}

export function lineName(line: number, lines: number): string {
  if (line === 0) return "Keeper";
  if (line === 1) return "Defence";
  return line === lines - 1 ? "Attack" : "Midfield";
}
//% else
export const keptSize = createStore("seating-size", { groups: [[groups]], seats: [[seats]] });
export const keptNames = createStore<Record<number, string>>("group-names", {});

export function seatId(group: number, seat: number): string {
  return `${group}-${seat}`;
}
//% endif

/** `person` on `place`. Whoever was there goes where the person came from. */
export function seated(seats: Seats, person: string, place: string): Seats {
  const from = Object.keys(seats).find((one) => seats[one] === person);
  const other = seats[place];
  const next = { ...seats, [place]: person };
  if (from && from !== place) {
    if (other) next[from] = other;
    else delete next[from];
  }
  return next;
}

export function unseated(seats: Seats, place: string): Seats {
  return Object.fromEntries(Object.entries(seats).filter(([one]) => one !== place));
}
