export interface Step {
  name: string;
  seconds: number;
  kind: "work" | "rest" | "ready";
  /** From 1. */
  round: number;
}

/** How far a row of steps has come. Kept as times of day, so it stays exact while nobody looks. */
export interface Run {
  /** Milliseconds before the last start. */
  elapsed: number;
  /** 0 while it stands still. */
  startedAt: number;
  /** How many steps were over when it was last looked at. */
  counted: number;
}

export const atStart: Run = { elapsed: 0, startedAt: 0, counted: 0 };

export function elapsedAt(run: Run, now: number): number {
  return run.elapsed + (run.startedAt > 0 ? Math.max(0, now - run.startedAt) : 0);
}

export function started(run: Run, now: number): Run {
  return { ...run, startedAt: now };
}

export function paused(run: Run, now: number): Run {
  return { ...run, elapsed: elapsedAt(run, now), startedAt: 0 };
}

/** The step that is on, and the milliseconds left of it. After the last, `index` is the number of steps. */
export function placeIn(steps: Step[], elapsed: number): { index: number; left: number } {
  let end = 0;
  for (const [index, step] of steps.entries()) {
    end += step.seconds * 1000;
    if (elapsed < end) return { index, left: end - elapsed };
  }
  return { index: steps.length, left: 0 };
}

/** Goes to the end of the step that is on. */
export function skipped(run: Run, steps: Step[], now: number): Run {
  const { index } = placeIn(steps, elapsedAt(run, now));
  const counted = Math.min(index + 1, steps.length);
  const startedAt = run.startedAt > 0 && counted < steps.length ? now : 0;
  return { elapsed: lengthOf(steps, counted), startedAt, counted };
}

/** What is over by now. Unless it `goesOn` by itself, it stops at the end of a step. */
export function settled(
  run: Run,
  steps: Step[],
  now: number,
  goesOn: boolean,
): { run: Run; finished: Step[] } {
  const { index } = placeIn(steps, elapsedAt(run, now));
  if (index <= run.counted) return { run, finished: [] };
  const reached = goesOn ? index : run.counted + 1;
  const finished = steps.slice(run.counted, reached);
  if (goesOn && reached < steps.length) return { run: { ...run, counted: reached }, finished };
  return { run: { elapsed: lengthOf(steps, reached), startedAt: 0, counted: reached }, finished };
}

/** Milliseconds of the first `count` steps. */
export function lengthOf(steps: Step[], count = steps.length): number {
  return steps.slice(0, count).reduce((sum, step) => sum + step.seconds * 1000, 0);
}
