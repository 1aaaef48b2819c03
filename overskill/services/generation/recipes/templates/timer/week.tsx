import { addDays } from "date-fns";
import { History } from "lucide-react";

import { Card } from "@/components/ui/card";
import type { [[e.type]] } from "@/data/[[e.files]]";
import { formatLength } from "@/lib/clock";
import { cn } from "@/lib/cn";
import { formatDay, plural, toDay, today } from "@/lib/format";

/** The last seven days as bars. */
export function Week({ [[e.many]] }: { [[e.many]]: [[e.type]][] }) {
  const days = Array.from({ length: 7 }, (_, index) => {
    const day = toDay(addDays(new Date(), index - 6));
    const own = [[e.many]].filter(([[e.one]]) => [[e.one]].date === day);
    return { day, count: own.length, minutes: own.reduce((sum, [[e.one]]) => sum + [[e.one]].minutes, 0) };
  });
  const most = Math.max(1, ...days.map(({ minutes }) => minutes));
  const total = days.reduce((sum, { minutes }) => sum + minutes, 0);
  const last = days.at(-1);

  return (
    <Card className="p-5">
      <div className="flex items-baseline justify-between gap-4">
        <h2 className="font-display font-semibold">The last seven days</h2>
        <p className="text-sm font-medium tabular-nums">{total > 0 ? formatLength(total * 60) : ""}</p>
      </div>
      {total > 0 ? (
        <ul className="mt-4 grid h-32 grid-cols-7 gap-2">
          {days.map(({ day, count, minutes }) => (
            <li
              key={day}
              className="grid grid-rows-[1fr_auto] gap-1.5 text-center text-xs text-muted-foreground"
              title={`${formatDay(day, "d MMM")}: ${formatLength(minutes * 60)}`}
            >
              <span className="flex items-end rounded-md bg-muted">
                <span
                  className={cn("w-full rounded-md", day === today() ? "bg-primary" : "bg-primary/45")}
                  style={{ height: `${(minutes / most) * 100}%` }}
                />
              </span>
              <span aria-hidden>{formatDay(day, "EEEEE")}</span>
              <span className="sr-only">
                {formatDay(day, "EEEE")}: {plural(count, "[[e.label]]", "[[e.labels]]")}, {formatLength(minutes * 60)}
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="mt-3 flex items-center gap-2 text-sm text-muted-foreground">
          <History className="size-4 shrink-0" aria-hidden /> What you finish shows up here.
        </p>
      )}
      {last && last.count > 0 && (
        <p className="mt-3 text-sm text-muted-foreground">
          Today: {plural(last.count, "[[e.label]]", "[[e.labels]]")}, {formatLength(last.minutes * 60)}
        </p>
      )}
    </Card>
  );
}
