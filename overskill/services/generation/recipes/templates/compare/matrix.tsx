import { Plus, Star, Trash2 } from "lucide-react";

import { CriterionHead } from "@/components/criterion-head";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Table, TableRow } from "@/components/ui/table";
import { ValueCell } from "@/components/value-cell";
import { cn } from "@/lib/cn";
import { formatNumber } from "@/lib/format";
import { bestOf, standingsOf } from "@/lib/scores";
import { useComparison } from "@/lib/use-comparison";

const FIRST = "sticky left-0 z-10 w-44 min-w-40 border-r bg-card p-2 sm:w-60";

/** Criteria down, [[e.labels]] across; the best of each row is marked. */
export function Matrix() {
  const { criteria, choices, changeCriterion, changeChoice, fill, remove, addChoice } =
    useComparison();
  const standings = standingsOf(criteria, choices);
  const most = Math.max(0, ...standings.map((one) => one.score));

  return (
    <Table>
      <thead>
        <tr className="border-b bg-muted/50">
          <th scope="col" className={cn(FIRST, "text-left text-xs font-medium text-muted-foreground")}>
            <span className="px-1">What counts</span>
          </th>
          {choices.map((choice) => (
            <th key={choice.id} scope="col" className="min-w-40 p-2">
              <span className="flex items-center gap-1">
                <Input
                  aria-label="Name"
                  value={choice.name}
                  onChange={(event) => changeChoice(choice.id, { name: event.target.value })}
                  className="h-8 border-transparent bg-transparent px-1 font-display font-semibold shadow-none"
                />
                <Button
                  variant="ghost"
                  size="icon-sm"
                  className="size-7 text-muted-foreground"
                  aria-label={`Delete ${choice.name}`}
                  onClick={() => remove("choices", choice.id, choice.name)}
                >
                  <Trash2 aria-hidden />
                </Button>
              </span>
            </th>
          ))}
          <th scope="col" className="p-2">
            <Button variant="outline" size="sm" onClick={addChoice}>
              <Plus aria-hidden /> Add
              <span className="sr-only">[[e.article]] [[e.label]]</span>
            </Button>
          </th>
        </tr>
      </thead>
      <tbody>
        {criteria.map((criterion) => {
          const best = bestOf(criterion, choices);
          return (
            <TableRow key={criterion.id}>
              <th scope="row" className={cn(FIRST, "text-left font-normal")}>
                <CriterionHead
                  criterion={criterion}
                  onChange={(changes) => changeCriterion(criterion.id, changes)}
                  onRemove={() => remove("criteria", criterion.id, criterion.label)}
                />
              </th>
              {choices.map((choice) => {
                const isBest = best.includes(choice.id);
                return (
                  <td key={choice.id} className={cn("relative p-2 px-3", isBest && "bg-success/10")}>
                    <ValueCell
                      criterion={criterion}
                      name={choice.name}
                      value={choice.values[criterion.id]}
                      onChange={(value) => fill(choice, criterion.id, value)}
                    />
                    {isBest && (
                      <Star
                        className="absolute top-1.5 right-1.5 size-3.5 fill-success text-success"
                        aria-label="Best of the row"
                      />
                    )}
                  </td>
                );
              })}
              <td />
            </TableRow>
          );
        })}
      </tbody>
      <tfoot>
        <tr className="border-t-2">
          <th scope="row" className={cn(FIRST, "text-left font-display font-semibold")}>
            <span className="px-1">Score</span>
          </th>
          {choices.map((choice) => {
            const score = standings.find((one) => one.choice.id === choice.id)?.score ?? 0;
            return (
              <td
                key={choice.id}
                className={cn(
                  "p-3 px-4 font-display text-xl font-semibold tabular-nums",
                  score > 0 && score === most ? "text-success" : "text-muted-foreground",
                )}
              >
                {formatNumber(score, 0)}
              </td>
            );
          })}
          <td />
        </tr>
      </tfoot>
    </Table>
  );
}
