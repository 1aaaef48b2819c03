import type { [[e.type]] } from "@/data/[[e.files]]";
import { shuffled } from "@/lib/chance";
import { createStore } from "@/lib/storage";

/** Those that were drawn are not drawn again until all were. */
export const isOnce = createStore("once", [[once | ts]]);
export const howMany = createStore("how-many", [[count]]);
/** The ids of those that were drawn in this round. */
export const drawn = createStore<string[]>("drawn", []);

/** Who or what can be drawn now. */
export function inTheHat(all: [[e.type]][], once: boolean, out: string[]): [[e.type]][] {
  return all.filter(({ id, [[e.title.id]] }) => [[e.title.id]].trim() !== "" && !(once && out.includes(id)));
}

export function draw(from: [[e.type]][], count: number): [[e.type]][] {
  return shuffled(from).slice(0, count);
}
