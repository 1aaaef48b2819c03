import { Crown } from "lucide-react";

import { Card } from "@/components/ui/card";
import { cn } from "@/lib/cn";
import { formatNumber, plural } from "@/lib/format";
import type { Total } from "@/lib/totals";

/** Who leads, with the numbers behind it. */
export function TotalsList({ totals, hasBegun }: { totals: Total[]; hasBegun: boolean }) {
  return (
    <ol className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,13rem),1fr))] gap-3">
      {totals.map((one, index) => (
        <li key={one.id}>
          <Card className={cn("p-4", index === 0 && hasBegun && "border-primary bg-accent")}>
            <p className="flex items-center justify-between gap-2 text-sm font-medium">
              <span className="truncate">
                {index + 1}. {one.name}
              </span>
              {index === 0 && hasBegun && <Crown className="size-4 shrink-0 text-warning" aria-label="Leads" />}
            </p>
            <p className="mt-1 font-display text-4xl font-semibold tracking-tight tabular-nums">
//% if par
              {formatNumber(one.handicap)}
              <span className="ml-1.5 text-sm font-normal text-muted-foreground">handicap</span>
//% else
              {formatNumber(one.total)}
              <span className="ml-1.5 text-sm font-normal text-muted-foreground">[[unit]]</span>
//% endif
            </p>
            <p className="mt-1 text-xs text-muted-foreground tabular-nums">
              {hasBegun
                ? [
                    plural(one.wins, "[[round]] won", "[[round]]s won"),
                    `average ${formatNumber(one.average)}`,
                    `best ${formatNumber(one.best)}`,
                  ].join(" · ")
                : "Nothing scored yet"}
            </p>
          </Card>
        </li>
      ))}
    </ol>
  );
}
