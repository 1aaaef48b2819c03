import { BellRing, Pause, Play, Plus, RotateCcw } from "lucide-react";
import { useEffect, useEffectEvent } from "react";

import { [[e.type]]Menu } from "@/components/[[e.file]]-menu";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import type { [[e.type]] } from "@/data/[[e.files]]";
import { chimeIn, isMuted } from "@/lib/chime";
import { formatClock, formatLength } from "@/lib/clock";
import { cn } from "@/lib/cn";
import { change, leftOf, still, toggled, type Going } from "@/lib/side-by-side";
import { useStore } from "@/lib/storage";
import { useNow } from "@/lib/use-now";

interface [[e.type]]CardProps {
  [[e.one]]: [[e.type]];
  going: Going;
  onToggle: () => void;
  onEdit: ([[e.one]]: [[e.type]]) => void;
}

export function [[e.type]]Card({ [[e.one]], going, onToggle, onEdit }: [[e.type]]CardProps) {
  const { id, name, minutes } = [[e.one]];
  const isRunning = going.startedAt > 0;
  const left = leftOf(going, minutes, useNow(isRunning));
  const isOver = left <= 0;
  const [muted] = useStore(isMuted);

  const chime = useEffectEvent(() => {
    const rest = leftOf(going, minutes, Date.now());
    return rest > 0 ? chimeIn(rest / 1000) : undefined;
  });
  useEffect(() => (isRunning && !muted ? chime() : undefined), [isRunning, muted, minutes, going.added]);

  return (
    <Card
      className={cn(
        "grid gap-4 p-5 transition-colors",
        isRunning && "border-primary",
        isOver && "border-warning bg-warning/10",
      )}
    >
      <div className="flex items-center justify-between gap-2">
        <h2 className="min-w-0 truncate font-display text-lg font-semibold">{name}</h2>
        <[[e.type]]Menu [[e.one]]={[[e.one]]} onEdit={onEdit} />
      </div>
      <div>
        <p role="timer" className="font-display text-5xl font-semibold tracking-tight tabular-nums">
          {isOver && going.startedAt > 0 ? `+${formatClock(-left)}` : formatClock(left)}
        </p>
        <p role="status" className="mt-1 flex min-h-5 items-center gap-1.5 text-sm text-muted-foreground">
          {isOver ? (
            <>
              <BellRing className="size-4 text-warning" aria-hidden /> {name} is [[ "out of time" if in_turn else "done" ]]
            </>
          ) : (
            `of ${formatLength(minutes * 60 + going.added)}`
          )}
        </p>
      </div>
      <Progress value={100 - left / (Math.max(1, minutes * 60 + going.added) * 10)} label={`${name}, how far`} />
      <div className="flex gap-2">
//% if in_turn
        <Button className="flex-1" onClick={onToggle} disabled={isOver}>
          {isRunning ? <Pause aria-hidden /> : <Play aria-hidden />} {isRunning ? "Moved" : "Start"}
        </Button>
//% else
        {isOver ? (
          <Button className="flex-1" onClick={() => change(id, () => still)}>
            <RotateCcw aria-hidden /> Got it
          </Button>
        ) : (
          <Button className="flex-1" variant={isRunning ? "secondary" : "primary"} onClick={onToggle}>
            {isRunning ? <Pause aria-hidden /> : <Play aria-hidden />} {isRunning ? "Pause" : "Start"}
          </Button>
        )}
        <Button
          variant="outline"
          aria-label={`One minute more for ${name}`}
          onClick={() => change(id, (current) => ({ ...current, added: current.added + 60 }))}
        >
          <Plus aria-hidden /> 1 min
        </Button>
//% endif
        <Button
          variant="outline"
          size="icon"
          aria-label={`Reset ${name}`}
          disabled={!isRunning && going.elapsed === 0 && going.added === 0}
          onClick={() => change(id, () => still)}
        >
          <RotateCcw aria-hidden />
        </Button>
      </div>
    </Card>
  );
}
