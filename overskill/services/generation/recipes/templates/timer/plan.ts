import type { Step } from "@/lib/run";
import { createStore } from "@/lib/storage";

export const defaults = [[defaults | ts]];
export type Settings = typeof defaults;

export const settings = createStore("settings", defaults, (stored) => ({ ...defaults, ...stored }));

//% if mode == "steps"
export interface Part {
  id: string;
  name: string;
  /** 0 is as long as the others. */
  seconds: number;
}

export const parts = createStore<Part[]>("parts", [
//% for name, seconds in steps
  { id: "[[loop.index]]", name: [[name | ts]], seconds: [[seconds]] },
//% endfor
]);

export function buildSteps({ [[used]] }: Settings, all: Part[]): Step[] {
  const steps: Step[] = [];
//% if "ready" in defaults
  if (ready > 0) steps.push({ name: "Get ready", seconds: ready, kind: "ready", round: 1 });
//% endif
  for (let round = 1; round <= rounds; round += 1) {
    for (const part of all) {
//% if "rest" in defaults
      const isFirst = !steps.some((step) => step.kind === "work");
      if (rest > 0 && !isFirst) steps.push({ name: "Rest", seconds: rest, kind: "rest", round });
//% endif
      steps.push({ name: part.name, seconds: part.seconds || work, kind: "work", round });
    }
  }
  return steps;
}
//% elif mode == "pomodoro"
/** Focus and breaks in turn; the last break is the long one. */
export function buildSteps({ work, rest, long, rounds }: Settings): Step[] {
  return Array.from({ length: rounds }, (_, index): Step[] => {
    const round = index + 1;
    const isLast = round === rounds;
    return [
      { name: "Focus", seconds: work * 60, kind: "work", round },
      { name: isLast ? "Long break" : "Break", seconds: (isLast ? long : rest) * 60, kind: "rest", round },
    ];
  }).flat();
}
//% else
export function buildSteps({ [[used]] }: Settings): Step[] {
//% if "ready" in defaults
  const main: Step = { name: [[title | ts]], seconds: work * 60, kind: "work", round: 1 };
  return ready > 0 ? [{ name: "Get ready", seconds: ready, kind: "ready", round: 1 }, main] : [main];
//% else
  return [{ name: [[title | ts]], seconds: work * 60, kind: "work", round: 1 }];
//% endif
}
//% endif
