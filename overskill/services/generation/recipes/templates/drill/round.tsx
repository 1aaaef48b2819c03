import { CornerDownLeft, Delete } from "lucide-react";
import { useState, type FormEvent } from "react";

import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import { cn } from "@/lib/cn";
import type { Task } from "@/lib/drill";

interface DrillRoundProps {
  tasks: Task[];
  onDone: (slipped: Task[]) => void;
}

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** Task after task; what went wrong is asked once more at the end. */
export function DrillRound({ tasks, onDone }: DrillRoundProps) {
  const [queue, setQueue] = useState(tasks);
  const [slipped, setSlipped] = useState<Task[]>([]);
  const [typed, setTyped] = useState("");
  const [last, setLast] = useState<{ text: string; isRight: boolean }>();
  const task = queue[0];
  if (!task) return null;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!task || typed === "") return;
    const isRight = Number(typed) === task.answer;
    const missed = isRight || slipped.includes(task) ? slipped : [...slipped, task];
    const rest = isRight ? queue.slice(1) : [...queue.slice(1), task];
    setLast({ text: `${task.text} = ${task.answer}`, isRight });
    setTyped("");
    setSlipped(missed);
    setQueue(rest);
    if (rest.length === 0) onDone(missed);
  }

  return (
    <Card className="mx-auto grid w-full max-w-md gap-5 p-5 sm:p-8">
      <div className="flex items-center gap-4">
        <Progress value={(1 - queue.length / (tasks.length + slipped.length)) * 100} label="Progress" />
        <span className="shrink-0 text-sm text-muted-foreground tabular-nums">{queue.length} left</span>
      </div>
      <form onSubmit={submit} className="grid gap-5 text-center">
        <label htmlFor="answer" className="font-display text-5xl font-semibold tracking-tight tabular-nums sm:text-6xl">
          {task.text}
        </label>
        <input
          id="answer"
          value={typed}
          onChange={(event) => setTyped(event.target.value.replace(/[^\d-]/g, "").slice(0, 6))}
          inputMode="none"
          autoComplete="off"
          autoFocus
          className="h-16 w-full rounded-xl border border-input bg-background text-center font-display text-3xl font-semibold tabular-nums outline-none focus-visible:border-ring focus-visible:ring-2 focus-visible:ring-ring/30"
        />
        <p
          role="status"
          className={cn("min-h-6 font-medium", last?.isRight ? "text-success" : "text-destructive")}
        >
          {last && (last.isRight ? `Right: ${last.text}` : `Not quite: ${last.text}`)}
        </p>
        <div className="grid grid-cols-3 gap-2">
          {KEYS.map((key) => (
            <Button key={key} variant="outline" className="h-14 text-xl" onClick={() => setTyped(typed + key)}>
              {key}
            </Button>
          ))}
          <Button variant="ghost" className="h-14" aria-label="Delete" onClick={() => setTyped(typed.slice(0, -1))}>
            <Delete aria-hidden />
          </Button>
          <Button variant="outline" className="h-14 text-xl" onClick={() => setTyped(`${typed}0`)}>
            0
          </Button>
          <Button type="submit" className="h-14" aria-label="Check">
            <CornerDownLeft aria-hidden />
          </Button>
        </div>
      </form>
    </Card>
  );
}
