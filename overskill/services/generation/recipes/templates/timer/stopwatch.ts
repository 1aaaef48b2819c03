import { createStore } from "@/lib/storage";

/** Times in milliseconds; `laps` are the whole times at which a lap ended. */
export interface Stopwatch {
  elapsed: number;
  /** 0 while it stands still. */
  startedAt: number;
  laps: number[];
}

export const atZero: Stopwatch = { elapsed: 0, startedAt: 0, laps: [] };
export const stopwatch = createStore("stopwatch", atZero);

export function timeOn({ elapsed, startedAt }: Stopwatch, now: number): number {
  return elapsed + (startedAt > 0 ? Math.max(0, now - startedAt) : 0);
}

export interface Lap {
  number: number;
  time: number;
  total: number;
}

/** The last lap first. */
export function lapsOf({ laps }: Stopwatch): Lap[] {
  return laps
    .map((total, index) => ({ number: index + 1, time: total - (laps[index - 1] ?? 0), total }))
    .toReversed();
}

/** 1:02.34 */
export function formatStopwatch(milliseconds: number): string {
  const hundredths = Math.floor(milliseconds / 10);
  const [minutes, rest] = [Math.floor(hundredths / 6000), hundredths % 6000];
  const end = `${String(Math.floor(rest / 100)).padStart(2, "0")}.${String(rest % 100).padStart(2, "0")}`;
  const hours = Math.floor(minutes / 60);
  return hours > 0 ? `${hours}:${String(minutes % 60).padStart(2, "0")}:${end}` : `${minutes}:${end}`;
}
