import { [[icons]] } from "lucide-react";

import { BreakdownChart } from "@/components/breakdown-chart";
import { TrendChart } from "@/components/trend-chart";
import { [[e.type]]Stats } from "@/components/[[e.file]]-stats";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { [[e.many]] } from "@/data/[[e.files]]";
import { useCollection } from "@/lib/collection";
import { formatMoney, formatNumber } from "@/lib/format";
import { groupBy, sumByPeriod } from "@/lib/summaries";

export function [[component]]() {
  const all = useCollection([[e.many]]);
//% if date
  const trend = sumByPeriod(
    all,
    ([[e.one]]) => [[e.one]].[[date.id]],
    [[measure]],
  );
//% endif

  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader title=[[page.title | attr]] description=[[description | attr]] />
      <[[e.type]]Stats [[e.many]]={all} />

      {all.length > 0 ? (
        <div className="grid grid-cols-1 gap-4 lg:grid-cols-2">
//% if date
          <TrendChart title=[[trend_title | attr]] data={trend} format={[[format]]} />
//% endif
//% for group in groups
          <BreakdownChart
            title=[[group.title | attr]]
            kind="[[group.kind]]"
            data={groupBy(
              all,
              ([[e.one]]) => [[group.key]],
              [[measure]],
            )}
            format={[[format]]}
          />
//% endfor
        </div>
      ) : (
        <EmptyState
          icon={[[e.icon]]}
          title="Nothing to count yet"
          description=[[("Add some " ~ e.labels ~ " and the charts draw themselves.") | attr]]
        />
      )}
    </div>
  );
}
