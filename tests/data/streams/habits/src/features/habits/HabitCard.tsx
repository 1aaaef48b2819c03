import { Check, Flame } from "lucide-react";

import { Button } from "@/components/ui/button";
import { plural, today } from "@/lib/format";
import type { Habit } from "@/types";

import { habits } from "./store";
import { streak } from "./streak";

export function HabitCard({ habit }: { habit: Habit }) {
  const isDone = habit.done.includes(today());
  const toggle = () =>
    habits.update(habit.id, {
      done: isDone ? habit.done.filter((day) => day !== today()) : [...habit.done, today()],
    });
  return (
    <article className="flex items-center gap-3 rounded-lg border bg-card p-4">
      <div>
        <h2 className="font-medium">{habit.name}</h2>
        <p className="flex items-center gap-1 text-sm text-muted-foreground">
          <Flame className="size-4" aria-hidden /> {plural(streak(habit.done), "day", "days")}
        </p>
      </div>
      <Button
        className="ml-auto"
        variant={isDone ? "primary" : "outline"}
        size="icon"
        aria-label={`${habit.name} is done today`}
        aria-pressed={isDone}
        onClick={toggle}
      >
        <Check />
      </Button>
    </article>
  );
}
