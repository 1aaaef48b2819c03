import { Check, Clock, Minus, X } from "lucide-react";
import type { KeyboardEvent } from "react";

import { MARKS, type Mark } from "@/data/sessions";
import { cn } from "@/lib/cn";

interface MarkButtonProps {
  /** Whose mark, and of which day. */
  label: string;
  mark: Mark | undefined;
  row: number;
  column: number;
  onChange: (mark: Mark | undefined) => void;
}

const LOOKS = {
  present: { icon: Check, look: "border-success/40 bg-success/15 text-success" },
//% if "late" in marks
  late: { icon: Clock, look: "border-primary/40 bg-primary/15 text-primary" },
//% endif
  absent: { icon: X, look: "border-destructive/40 bg-destructive/15 text-destructive" },
  excused: { icon: Minus, look: "border-warning/40 bg-warning/15 text-warning" },
};

const STEPS: Record<string, [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** A click goes to the next mark; keys set one directly, arrows move through the grid. */
export function MarkButton({ label, mark, row, column, onChange }: MarkButtonProps) {
  const { icon: Icon, look } = mark ? LOOKS[mark] : { icon: null, look: "border-dashed" };

  function onKeyDown(event: KeyboardEvent) {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    const step = STEPS[event.key];
    const named = MARKS.find((one) => one.startsWith(event.key.toLowerCase()));
    if (step) {
      const [down, right] = step;
      document.getElementById(`mark-${row + down}-${column + right}`)?.focus();
    } else if (event.key === "Delete" || event.key === "Backspace") {
      onChange(undefined);
    } else if (named) {
      onChange(named);
    } else {
      return;
    }
    event.preventDefault();
  }

  function next(): Mark | undefined {
    return mark === undefined ? MARKS[0] : MARKS[MARKS.indexOf(mark) + 1];
  }

  return (
    <button
      id={`mark-${row}-${column}`}
      type="button"
      aria-label={`${label}: ${mark ?? "not marked"}`}
      title={mark ?? "Not marked"}
      onClick={() => onChange(next())}
      onKeyDown={onKeyDown}
      className={cn(
        "mx-auto grid size-9 place-items-center rounded-lg border outline-none hover:brightness-105 focus-visible:ring-2 focus-visible:ring-ring",
        look,
      )}
    >
      {Icon && <Icon className="size-4" strokeWidth={2.5} aria-hidden />}
    </button>
  );
}
