import { createStore } from "@/lib/storage";

export interface Result {
  id: string;
  text: string;
  /** Milliseconds since 1970. */
  at: number;
}

const MOST = 100;

/** What chance has said so far, the last first. */
export const results = createStore<Result[]>("results", []);

export function keepResult(text: string): void {
  const result = { id: crypto.randomUUID(), text, at: Date.now() };
  results.set((all) => [result, ...all].slice(0, MOST));
}
