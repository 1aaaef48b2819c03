import { CalendarCheck, Flame, Scale, Trophy } from "lucide-react";

import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { StatCard } from "@/components/ui/stat-card";
import { Table, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { [[e.many]] } from "@/data/[[e.files]]";
import { useCollection } from "@/lib/collection";
import { isReached, lastDays, streak } from "@/lib/daily";
import { formatDay, formatRelativeDay, plural } from "@/lib/format";
import { useStore } from "@/lib/storage";
import { formatAmount, [[goal_store]] } from "@/lib/[[e.file]]-goal";

const DAYS = 60;

export function [[component]]() {
  const all = useCollection([[e.many]]);
  const [goal] = useStore([[goal_store]]);

  const counted = all.map((one) => ({ day: one.[[date.id]], amount: one.[[amount.id]] }));
  const days = lastDays(counted, DAYS).filter(({ entries }) => entries > 0).toReversed();
  const sum = days.reduce((total, day) => total + day.total, 0);
  const totals = days.map(({ total }) => total);
  const reached = days.filter(({ total }) => isReached(total, goal, [[less | ts]])).length;

  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader title=[[page.title | attr]] description={`[[title]], the last ${DAYS} days`} />
      {days.length === 0 ? (
        <EmptyState icon={CalendarCheck} title="No days yet" description="What you count today is the first line here." />
      ) : (
        <>
          <div className="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-4">
            <StatCard label="Average of a day" value={formatAmount(Math.round((sum / days.length) * 10) / 10)} icon={Scale} />
            <StatCard
              label="[[ "Lowest" if less else "Highest" ]] day"
              value={formatAmount(Math.[[ "min" if less else "max" ]](...totals))}
              icon={Trophy}
              tone="success"
            />
            <StatCard label="[[ "Within the limit" if less else "Goal reached" ]]" value={`${reached} of ${days.length}`} icon={CalendarCheck} />
            <StatCard
              label="In a row now"
              value={plural(streak(counted, goal, [[less | ts]]), "day", "days")}
              icon={Flame}
              tone="warning"
            />
          </div>
          <Table>
            <thead>
              <tr>
                <TableHead>Day</TableHead>
                <TableHead className="text-right">Amount</TableHead>
                <TableHead className="hidden text-right sm:table-cell">Entries</TableHead>
                <TableHead>Goal</TableHead>
              </tr>
            </thead>
            <tbody>
              {days.map(({ day, total, entries }) => (
                <TableRow key={day}>
                  <TableCell>
                    <span className="font-medium">{formatRelativeDay(day)}</span>
                    <span className="ml-2 hidden text-muted-foreground sm:inline">{formatDay(day, "EEE d MMM")}</span>
                  </TableCell>
                  <TableCell className="text-right whitespace-nowrap tabular-nums">{formatAmount(total)}</TableCell>
                  <TableCell className="hidden text-right tabular-nums sm:table-cell">{entries}</TableCell>
                  <TableCell>
                    {isReached(total, goal, [[less | ts]]) ? (
                      <Badge tone="success">[[ "Within" if less else "Reached" ]]</Badge>
                    ) : (
                      <Badge tone="outline">{goal > 0 ? "[[ "Over" if less else "Not yet" ]]" : "None"}</Badge>
                    )}
                  </TableCell>
                </TableRow>
              ))}
            </tbody>
          </Table>
        </>
      )}
    </div>
  );
}
