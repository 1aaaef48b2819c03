import { Trophy } from "lucide-react";

import { Card } from "@/components/ui/card";
import { cn } from "@/lib/cn";
import { formatNumber } from "@/lib/format";
import type { Standing } from "@/lib/scores";

// Written out so that the stylesheet has them.
const COLOURS = ["bg-chart-1", "bg-chart-2", "bg-chart-3", "bg-chart-4", "bg-chart-5"];

/** The winner, and a bar for each: how long it is, and what it is made of. */
export function ResultCard({ standings }: { standings: Standing[] }) {
  const [first, second] = standings;
  if (!first || !second || first.score === 0) return null;
  const isTie = Math.round(first.score) === Math.round(second.score);
  const criteria = first.points.map((one) => one.criterion);
  const colourOf = (id: string) =>
    COLOURS[criteria.findIndex((one) => one.id === id) % COLOURS.length] ?? COLOURS[0];

  return (
    <Card className="grid gap-5 p-5">
      <p className="flex items-center gap-3" role="status">
        <span className="grid size-11 shrink-0 place-items-center rounded-full bg-success/12 text-success">
          <Trophy className="size-5" aria-hidden />
        </span>
        <span>
          <span className="block font-display text-lg font-semibold">
            {isTie
              ? `${first.choice.name} and ${second.choice.name} are even`
              : `${first.choice.name} wins`}
          </span>
          <span className="text-sm text-muted-foreground">
            {formatNumber(first.score, 0)} of 100 points
            {!isTie &&
              `, ${formatNumber(first.score - second.score, 0)} ahead of ${second.choice.name}`}
          </span>
        </span>
      </p>
      <ul className="grid gap-3">
        {standings.map(({ choice, score, points }) => (
          <li key={choice.id} className="grid gap-1">
            <span className="flex justify-between gap-4 text-sm">
              <span className="truncate font-medium">{choice.name}</span>
              <span className="text-muted-foreground tabular-nums">{formatNumber(score, 0)}</span>
            </span>
            <span className="flex h-3 gap-px overflow-hidden rounded-full bg-muted" aria-hidden>
              {points.map(({ criterion, points: part }) => (
                <span
                  key={criterion.id}
                  title={`${criterion.label}: ${formatNumber(part, 0)}`}
                  className={cn("transition-[width]", colourOf(criterion.id))}
                  style={{ width: `${part}%` }}
                />
              ))}
            </span>
          </li>
        ))}
      </ul>
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted-foreground">
        {criteria.map((criterion) => (
          <li key={criterion.id} className="flex items-center gap-1.5">
            <span className={cn("size-2 rounded-full", colourOf(criterion.id))} aria-hidden />
            {criterion.label}
          </li>
        ))}
      </ul>
    </Card>
  );
}
