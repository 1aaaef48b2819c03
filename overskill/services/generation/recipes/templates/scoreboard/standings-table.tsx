import { Crown } from "lucide-react";

import { Avatar } from "@/components/ui/avatar";
import { Card } from "@/components/ui/card";
import { formatPercent } from "@/lib/format";
import type { Standing } from "@/lib/standings";

const COLUMNS = [
  { short: "P", long: "Played", value: (one: Standing) => one.played },
  { short: "W", long: "Won", value: (one: Standing) => one.won },
//% if draws
  { short: "D", long: "Drawn", value: (one: Standing) => one.drawn },
//% endif
  { short: "L", long: "Lost", value: (one: Standing) => one.lost },
//% if scheme == "points"
  {
    short: [[unit | sentence | ts]],
    long: "[[unit | sentence]] for and against",
    value: (one: Standing) => `${one.scored}:${one.taken}`,
  },
//% endif
  { short: "+/−", long: "Difference in [[unit]]", value: (one: Standing) => signed(one.difference) },
];

export function StandingsTable({ standings }: { standings: Standing[] }) {
  return (
    <Card className="overflow-x-auto">
      <table className="w-full text-sm">
        <thead className="border-b text-xs text-muted-foreground">
          <tr>
            <th scope="col" className="py-3 pl-4 text-left font-medium">
              #
            </th>
            <th scope="col" className="px-3 py-3 text-left font-medium">
              [[e.label | sentence | jsx]]
            </th>
            {COLUMNS.map(({ short, long }) => (
              <th key={short} scope="col" className="px-2 py-3 text-right font-medium">
                <abbr title={long} className="no-underline">
                  {short}
                </abbr>
              </th>
            ))}
            <th scope="col" className="py-3 pr-4 pl-2 text-right font-medium">
              [[ {"rating": "Rating", "points": "Pts"}.get(scheme, "Win %") ]]
            </th>
          </tr>
        </thead>
        <tbody className="divide-y">
          {standings.map((one, index) => (
            <tr key={one.id} className={index === 0 && one.played > 0 ? "bg-accent/60" : undefined}>
              <td className="py-3 pl-4 font-display font-semibold tabular-nums">{index + 1}</td>
              <th scope="row" className="px-3 py-3 text-left font-medium">
                <span className="flex items-center gap-2.5">
                  <Avatar name={one.name || "?"} className="hidden size-8 sm:inline-flex" />
                  <span className="break-words">{one.name}</span>
                  {index === 0 && one.played > 0 && (
                    <Crown className="size-4 shrink-0 text-warning" aria-label="Leads" />
                  )}
                </span>
              </th>
              {COLUMNS.map(({ short, value }) => (
                <td key={short} className="px-2 py-3 text-right text-muted-foreground tabular-nums">
                  {value(one)}
                </td>
              ))}
              <td className="py-3 pr-4 pl-2 text-right font-display font-semibold tabular-nums">
//% if scheme == "rating"
                {one.rating}
//% elif scheme == "points"
                {one.points}
//% else
                {one.played > 0 ? formatPercent(one.won / one.played) : "–"}
//% endif
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function signed(value: number): string {
  return value > 0 ? `+${value}` : String(value).replace("-", "−");
}
