import { ListOrdered, Trash2 } from "lucide-react";
import { toast } from "sonner";

import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import type { [[e.type]] } from "@/data/[[e.files]]";
import { rounds, type ScoredRound } from "@/data/rounds";
import { cn } from "@/lib/cn";
import { winnersOf } from "@/lib/totals";

interface RoundSheetProps {
  [[e.many]]: [[e.type]][];
  played: ScoredRound[];
}

/** The score sheet: a line for each [[round]], the winner's number in bold. */
export function RoundSheet({ [[e.many]], played }: RoundSheetProps) {
  if (played.length === 0) {
    return <EmptyState icon={ListOrdered} title="Nothing scored yet" description="Enter the first [[round]] to begin." />;
  }

  function remove(round: ScoredRound) {
    const undo = rounds.remove(round.id);
    toast(`${round.title} deleted`, { action: { label: "Undo", onClick: undo } });
  }

  return (
    <Card className="overflow-x-auto">
      <table className="w-full text-sm">
        <thead className="border-b text-xs text-muted-foreground">
          <tr>
            <th scope="col" className="py-3 pl-4 text-left font-medium">
              [[round | sentence]]
            </th>
            {[[e.many]].map((one) => (
              <th key={one.id} scope="col" className="max-w-28 truncate px-3 py-3 text-right font-medium">
                {one.[[e.title.id]]}
              </th>
            ))}
            <th aria-label="Delete" />
          </tr>
        </thead>
        <tbody className="divide-y">
          {played.toReversed().map((round) => {
            const winners = winnersOf(round);
            return (
              <tr key={round.id}>
                <th scope="row" className="py-2 pl-4 text-left font-medium whitespace-nowrap">
                  {round.title}
                </th>
                {[[e.many]].map((one) => (
                  <td
                    key={one.id}
                    className={cn(
                      "px-3 py-2 text-right tabular-nums",
                      winners.includes(one.id) ? "font-semibold text-primary" : "text-muted-foreground",
                    )}
                  >
                    {round.scores[one.id] ?? "–"}
                  </td>
                ))}
                <td className="py-2 pr-2 text-right">
                  <Button
                    variant="ghost"
                    size="icon-sm"
                    className="text-muted-foreground"
                    aria-label={`Delete ${round.title}`}
                    onClick={() => remove(round)}
                  >
                    <Trash2 aria-hidden />
                  </Button>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Card>
  );
}
