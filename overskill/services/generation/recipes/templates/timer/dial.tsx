import { Pause, Play, RotateCcw, SkipForward } from "lucide-react";

import { Ring } from "@/components/ring";
import { StepBar } from "@/components/step-bar";
import { Button } from "@/components/ui/button";
import { formatClock } from "@/lib/clock";
import { cn } from "@/lib/cn";
import type { Step } from "@/lib/run";
import type { useRun } from "@/lib/use-run";

const HOUR = 3_600_000;
//% if warn
const LAST_SECONDS = 30;
//% endif

interface DialProps {
  run: ReturnType<typeof useRun>;
  steps: Step[];
//% if warn
  /** Seconds before the end of a step from which it says so. */
  warn: number;
//% endif
}

/** What is on, how long it still is, and the buttons. */
//% if warn
export function Dial({ run, steps, warn }: DialProps) {
  const { step, left, isRunning, isOver, isAtStart } = run;
  const next = steps[run.index + 1];
  const isLate = step?.kind === "work" && !isAtStart && left / 1000 <= warn;
  const isLast = isLate && left / 1000 <= Math.min(LAST_SECONDS, warn / 2);
  const tone = isLast ? "danger" : isLate ? "warning" : step?.kind === "work" ? "primary" : "success";
//% else
export function Dial({ run, steps }: DialProps) {
  const { step, left, isRunning, isOver, isAtStart } = run;
  const next = steps[run.index + 1];
  const tone = step?.kind === "work" ? "primary" : "success";
//% endif
  return (
    <>
      <Ring share={step ? left / 1000 / step.seconds : 0} tone={tone}>
        <p role="status" className="font-display text-lg font-semibold text-balance sm:text-xl">
          {step?.name ?? (isOver ? "Done!" : "Nothing to do yet")}
        </p>
        <p
          role="timer"
          className={cn(
            "font-display font-semibold tracking-tight tabular-nums",
            left >= HOUR ? "text-4xl sm:text-5xl" : "text-6xl sm:text-7xl",
          )}
        >
          {formatClock(left)}
        </p>
        <p className="min-h-5 text-sm text-muted-foreground">
//% if warn
          {isLate ? "Wrap up" : next ? `Then: ${next.name}` : ""}
//% else
          {next ? `Then: ${next.name}` : ""}
//% endif
        </p>
      </Ring>

      <div className="flex items-center justify-center gap-3">
        <Button variant="outline" size="icon" aria-label="Reset" disabled={isAtStart} onClick={run.reset}>
          <RotateCcw aria-hidden />
        </Button>
        <Button
          size="lg"
          className="h-14 min-w-40 rounded-full text-lg"
          disabled={steps.length === 0}
          title="Press space"
          onClick={run.toggle}
        >
          {isRunning ? <Pause aria-hidden /> : <Play aria-hidden />}
          {isRunning ? "Pause" : isOver ? "Again" : isAtStart ? "Start" : "Go on"}
        </Button>
        <Button variant="outline" size="icon" aria-label="Skip" disabled={!step} onClick={run.skip}>
          <SkipForward aria-hidden />
        </Button>
      </div>

      <StepBar steps={steps} index={run.index} />
    </>
  );
}
