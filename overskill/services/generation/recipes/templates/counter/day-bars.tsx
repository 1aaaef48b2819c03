import { cn } from "@/lib/cn";
import { isReached, type DayTotal } from "@/lib/daily";
import { formatDay } from "@/lib/format";

interface DayBarsProps {
  days: DayTotal[];
  goal: number;
  isLess: boolean;
  selected: string;
  format: (amount: number) => string;
  onSelect: (day: string) => void;
}

/** A bar a day with the goal as a line; a click shows that day. */
export function DayBars({ days, goal, isLess, selected, format, onSelect }: DayBarsProps) {
  const highest = Math.max(goal, ...days.map(({ total }) => total), 1) * 1.08;
  return (
    <div className="relative">
      {goal > 0 && (
        <div
          aria-hidden
          className="pointer-events-none absolute inset-x-0 z-10 border-t border-dashed border-foreground/40"
          style={{ bottom: `calc(1.5rem + (100% - 1.5rem) * ${goal / highest})` }}
        />
      )}
      <ul className="flex h-44 gap-1 sm:gap-2">
        {days.map(({ day, total }) => (
          <li key={day} className="flex min-w-0 flex-1 flex-col">
            <button
              type="button"
              aria-pressed={day === selected}
              aria-label={`${formatDay(day, "EEEE d MMMM")}: ${format(total)}`}
              title={`${formatDay(day, "EEE d MMM")}: ${format(total)}`}
              onClick={() => onSelect(day)}
              className="group flex flex-1 items-end rounded-md outline-none focus-visible:ring-2 focus-visible:ring-ring"
            >
              <span
                className={cn(
                  "w-full rounded-t-sm transition-[height,background-color] group-hover:opacity-80",
                  isReached(total, goal, isLess) ? "bg-primary" : isLess && goal > 0 ? "bg-destructive/70" : "bg-primary/40",
                )}
                style={{ height: `${(total / highest) * 100}%`, minHeight: total > 0 ? 3 : 0 }}
              />
            </button>
            <span
              aria-hidden
              className={cn(
                "h-6 pt-1.5 text-center text-xs text-muted-foreground",
                day === selected && "font-semibold text-foreground",
              )}
            >
              {formatDay(day, "EEEEE")}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
