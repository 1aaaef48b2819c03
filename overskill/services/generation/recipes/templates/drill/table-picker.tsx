import { cn } from "@/lib/cn";

interface TablePickerProps {
  all: number[];
  chosen: number[];
  onChange: (chosen: number[]) => void;
}

/** Which times tables to practise; at least one stays on. */
export function TablePicker({ all, chosen, onChange }: TablePickerProps) {
  function toggle(table: number) {
    const rest = chosen.filter((one) => one !== table);
    if (rest.length === chosen.length) onChange([...chosen, table]);
    else if (rest.length > 0) onChange(rest);
  }

  return (
    <div role="group" aria-label="Times tables" className="flex flex-wrap justify-center gap-2">
      {all.map((table) => (
        <button
          key={table}
          type="button"
          aria-pressed={chosen.includes(table)}
          onClick={() => toggle(table)}
          className={cn(
            "grid size-12 place-items-center rounded-xl border bg-card font-display text-lg font-semibold text-muted-foreground tabular-nums transition-colors outline-none hover:border-primary focus-visible:ring-2 focus-visible:ring-ring",
            chosen.includes(table) && "border-primary bg-primary text-primary-foreground",
          )}
        >
          {table}
        </button>
      ))}
    </div>
  );
}
