import { cn } from "@/lib/cn";
import { plural } from "@/lib/format";
import { lastDays } from "@/lib/streaks";

const WEEKS = 8;

/** The last eight weeks at a glance, a bar a day. */
export function HeatStrip({ days, label }: { days: string[]; label: string }) {
  const done = new Set(days);
  const shown = lastDays(WEEKS * 7);
  const count = shown.filter((day) => done.has(day)).length;
  return (
    <div
      role="img"
      aria-label={`${label}: ${plural(count, "day", "days")} in the last ${WEEKS} weeks`}
      className="flex h-5 gap-[2px]"
    >
      {shown.map((day) => (
        <span
          key={day}
          title={day}
          className={cn("flex-1 rounded-[2px]", done.has(day) ? "bg-primary/70" : "bg-muted")}
        />
      ))}
    </div>
  );
}
