import { formatLength } from "@/lib/clock";
import { cn } from "@/lib/cn";
import { lengthOf, type Step } from "@/lib/run";

interface StepBarProps {
  steps: Step[];
  /** The step that is on. */
  index: number;
}

/** Of more steps than these only those of the round are shown. */
const MOST = 40;

export function StepBar({ steps, index }: StepBarProps) {
  const current = steps[index] ?? steps.at(-1);
  const rounds = steps.at(-1)?.round ?? 1;
  return (
    <div className="grid gap-2">
      <div className="flex h-2 gap-1" aria-hidden>
        {steps.map((step, at) => (
          <span
            key={at}
            className={cn(
              "rounded-full bg-muted",
              step.kind === "rest" && "opacity-60",
              steps.length > MOST && step.round !== current?.round && "hidden",
              at < index && "bg-primary/35",
              at === index && "bg-primary",
            )}
            style={{ flexGrow: step.seconds }}
          />
        ))}
      </div>
      <p className="flex justify-between gap-4 text-sm text-muted-foreground">
        <span>{current && rounds > 1 ? `Round ${current.round} of ${rounds}` : ""}</span>
        <span className="tabular-nums">{formatLength(lengthOf(steps) / 1000)} in all</span>
      </p>
    </div>
  );
}
