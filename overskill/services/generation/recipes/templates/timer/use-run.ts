import { useEffect, useEffectEvent } from "react";

import { chimeIn, isMuted, TUNES } from "@/lib/chime";
import { formatClock } from "@/lib/clock";
import { atStart, elapsedAt, paused, placeIn, settled, skipped, started, type Run, type Step } from "@/lib/run";
import { createStore, useStore } from "@/lib/storage";
import { useNow } from "@/lib/use-now";

const NAME = [[name | ts]];
const kept = createStore<Run>("run", atStart);

interface RunOptions {
  steps: Step[];
  /** Begins the next step by itself. */
  goesOn: boolean;
  onFinished: (finished: Step[], isOver: boolean) => void;
}

/** The run, from wherever it was when the page was last open. */
export function useRun({ steps, goesOn, onFinished }: RunOptions) {
  const [run, setRun] = useStore(kept);
  const [muted] = useStore(isMuted);
  const isRunning = run.startedAt > 0;
  const now = useNow(isRunning);
  const { index, left } = placeIn(steps, elapsedAt(run, now));
  const step = steps[index];

  const settle = useEffectEvent((at: number) => {
    const before = kept.get();
    const next = settled(before, steps, at, goesOn);
    if (next.run === before) return;
    setRun(next.run);
    onFinished(next.finished, next.run.counted >= steps.length);
  });
  useEffect(() => settle(now), [now]);

  const chime = useEffectEvent(() => {
    const { left: rest } = placeIn(steps, elapsedAt(run, Date.now()));
    const seconds = rest / 1000;
    const calls = [chimeIn(seconds, step?.kind === "work" ? TUNES.over : TUNES.rest)];
//% if mode == "steps"
    if (seconds > 9) calls.push(...[3, 2, 1].map((before) => chimeIn(seconds - before, TUNES.tick)));
//% endif
    return () => calls.forEach((callOff) => callOff());
  });
  useEffect(() => {
    if (isRunning && !muted && index < steps.length) return chime();
  }, [isRunning, muted, index, steps.length]);

  const title = step && isRunning ? `${formatClock(left)} ${step.name}` : NAME;
  useEffect(() => {
    document.title = title;
    return () => {
      document.title = NAME;
    };
  }, [title]);

  return {
    index,
    left,
    step,
    isRunning,
    isOver: index >= steps.length && steps.length > 0,
    isAtStart: run.elapsed === 0 && !isRunning,
    toggle() {
      if (steps.length === 0) return;
      if (isRunning) setRun(paused(run, Date.now()));
      else setRun(started(index >= steps.length ? atStart : run, Date.now()));
    },
    skip: () => setRun(skipped(run, steps, Date.now())),
    reset: () => setRun(atStart),
  };
}
