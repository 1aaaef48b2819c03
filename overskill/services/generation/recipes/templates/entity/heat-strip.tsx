import { cn } from "@/lib/cn";
import { plural } from "@/lib/format";
import { lastDays } from "@/lib/streaks";

const WEEKS = 12;

/** The last twelve weeks, a column a week. */
export function HeatStrip({ days, label }: { days: string[]; label: string }) {
  const done = new Set(days);
  const shown = lastDays(WEEKS * 7);
  const count = shown.filter((day) => done.has(day)).length;
  return (
    <div
      role="img"
      aria-label={`${label}: ${plural(count, "day", "days")} in the last ${WEEKS} weeks`}
      className="grid grid-flow-col grid-rows-7 gap-[3px]"
    >
      {shown.map((day) => (
        <span
          key={day}
          title={day}
          className={cn("h-2 rounded-[2px]", done.has(day) ? "bg-primary/75" : "bg-muted")}
        />
      ))}
    </div>
  );
}
