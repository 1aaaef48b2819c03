import { Card, CardTitle } from "@/components/ui/card";
import type { Session } from "@/data/sessions";
import { formatDay, formatPercent } from "@/lib/format";
import { rateOfSession } from "@/lib/rates";

interface AttendanceChartProps {
  /** The newest first. */
  sessions: Session[];
  ids: string[];
}

const MOST = 12;

/** A bar for each date, the newest at the right. */
export function AttendanceChart({ sessions, ids }: AttendanceChartProps) {
  const shown = sessions.slice(0, MOST).toReversed();
  return (
    <Card className="grid gap-4 p-5">
      <CardTitle>Present by date</CardTitle>
      <ul className="flex h-32 items-end gap-2">
        {shown.map((session) => {
          const { share, marked } = rateOfSession(session, ids);
          return (
            <li key={session.id} className="flex h-full max-w-16 flex-1 flex-col justify-end gap-1 text-center">
              <span className="text-xs font-medium tabular-nums">
                {marked > 0 ? formatPercent(share) : "–"}
              </span>
              <span className="flex min-h-0 flex-1 items-end rounded-md bg-muted" aria-hidden>
                <span
                  className="w-full rounded-md bg-primary transition-[height]"
                  style={{ height: `${share * 100}%` }}
                />
              </span>
              <span className="truncate text-xs text-muted-foreground">
                {formatDay(session.date, "d MMM")}
              </span>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
