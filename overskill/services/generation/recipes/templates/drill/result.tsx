import { Play, Timer, Trophy } from "lucide-react";

import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { Task } from "@/lib/drill";
import { plural } from "@/lib/format";

export interface Round {
  count: number;
  slipped: Task[];
  seconds: number;
}

interface DrillResultProps {
  round: Round;
  best: number;
  onAgain: () => void;
}

export function DrillResult({ round, best, onAgain }: DrillResultProps) {
  const { count, slipped, seconds } = round;
  return (
    <Card className="mx-auto w-full max-w-md p-8 text-center">
      <p className="font-display text-6xl font-semibold tracking-tight text-primary tabular-nums">
        {count - slipped.length}/{count}
      </p>
      <h2 className="mt-3 font-display text-2xl font-semibold">
        {slipped.length === 0 ? "All right at once!" : "Round done"}
      </h2>
      <p className="mt-2 flex items-center justify-center gap-4 text-muted-foreground">
        <span className="flex items-center gap-1.5">
          <Timer className="size-4" aria-hidden /> {plural(seconds, "second", "seconds")}
        </span>
        {best > 0 && (
          <span className="flex items-center gap-1.5">
            <Trophy className="size-4" aria-hidden /> best {plural(best, "second", "seconds")}
          </span>
        )}
      </p>
      {slipped.length > 0 && (
        <div className="mt-6 rounded-xl bg-muted p-4 text-left">
          <h3 className="text-sm font-semibold">Worth another look</h3>
          <ul className="mt-2 grid grid-cols-2 gap-1 font-medium tabular-nums">
            {slipped.map((task) => (
              <li key={task.text}>
                {task.text} = {task.answer}
              </li>
            ))}
          </ul>
        </div>
      )}
      <Button size="lg" className="mt-6" onClick={onAgain} autoFocus>
        <Play aria-hidden /> Another round
      </Button>
    </Card>
  );
}
