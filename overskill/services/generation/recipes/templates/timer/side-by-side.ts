import { createStore } from "@/lib/storage";

/** How far a timer has come. Kept as times of day, so it stays exact while nobody looks. */
export interface Going {
  /** Milliseconds before the last start. */
  elapsed: number;
  /** 0 while it stands still. */
  startedAt: number;
  /** Seconds added on the way. */
  added: number;
}

export const still: Going = { elapsed: 0, startedAt: 0, added: 0 };

/** By the timer's id. */
export const going = createStore<Record<string, Going>>("going", {});

export function change(id: string, next: (current: Going, now: number) => Going): void {
  going.set((all) => ({ ...all, [id]: next(all[id] ?? still, Date.now()) }));
}

export function toggled(current: Going, now: number): Going {
  return current.startedAt > 0
    ? { ...current, elapsed: current.elapsed + now - current.startedAt, startedAt: 0 }
    : { ...current, startedAt: now };
}

/** Milliseconds that are left; less than nothing when it is long over. */
export function leftOf({ elapsed, startedAt, added }: Going, minutes: number, now: number): number {
  const gone = elapsed + (startedAt > 0 ? Math.max(0, now - startedAt) : 0);
  return (minutes * 60 + added) * 1000 - gone;
}
