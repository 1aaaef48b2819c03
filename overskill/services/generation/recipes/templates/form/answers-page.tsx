import { ChartColumn, Download, Inbox, Table2 } from "lucide-react";
import { useState } from "react";

import { Quotes, Shares } from "@/components/answer-summary";
import { [[e.type]]Table } from "@/components/[[e.file]]-table";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Segmented } from "@/components/ui/segmented";
import { StatCard } from "@/components/ui/stat-card";
import { [[e.many]] } from "@/data/[[e.files]]";
//% for f in charted if f.type == "select"
import { [[f.constant]] } from "@/data/[[e.files]]";
//% endfor
import { average, countNumbers, countOptions, download, toCsv } from "@/lib/answers";
import { useCollection } from "@/lib/collection";
import { formatMoney, formatNumber, plural, today } from "@/lib/format";

const VIEWS = [
  { value: "summary", label: "Summary", icon: ChartColumn },
  { value: "table", label: "Table", icon: Table2 },
] as const;

export function [[component]]() {
  const all = useCollection([[e.many]]);
  const [view, setView] = useState<"summary" | "table">("summary");

  function save() {
    const head = [[ "[" ]][% for f in e.fields %][[f.label | ts]][% if not loop.last %], [% endif %][% endfor %]];
    const rows = all.map(([[e.one]]) => [
//% for f in e.fields
      [[e.one]].[[f.id]],
//% endfor
    ]);
    download(`[[e.files]]-${today()}.csv`, toCsv([head, ...rows]));
  }

  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader
        title=[[page.title | attr]]
        description={`${plural(all.length, [[e.label | ts]], [[e.labels | ts]])}, kept in this browser until the app has a backend.`}
      >
        <Segmented label="Show" value={view} options={VIEWS} onChange={setView} />
        <Button variant="outline" disabled={all.length === 0} onClick={save}>
          <Download aria-hidden /> CSV
        </Button>
      </PageHeader>

      {all.length === 0 && (
        <EmptyState
          icon={Inbox}
          title="No [[e.labels]] yet"
          description="They appear here as soon as someone has filled in the form."
        />
      )}
      {all.length > 0 && view === "table" && <[[e.type]]Table [[e.many]]={all} />}
      {all.length > 0 && view === "summary" && (
        <div className="grid grid-cols-1 items-start gap-4 md:grid-cols-2">
          <div className="grid grid-cols-2 gap-4 md:col-span-2 lg:grid-cols-4">
            <StatCard label="[[e.labels | sentence]]" value={formatNumber(all.length)} icon={Inbox} />
//% if sent
            <StatCard
              label="Today"
              value={formatNumber(all.filter(([[e.one]]) => [[e.one]].[[sent.id]] === today()).length)}
            />
//% endif
//% for f in summed
            <StatCard
              label=[[f.label | attr]]
              value={[[ "formatMoney" if f.type == "money" else "formatNumber" ]](all.reduce((sum, [[e.one]]) => sum + [[e.one]].[[f.id]], 0))}
              hint="In all"
            />
//% endfor
          </div>
//% for f in charted
//% if f.type == "select"
          <Shares
            question=[[f.label | attr]]
            shares={countOptions(
              all.map(([[e.one]]) => [[e.one]].[[f.id]]),
              [[f.constant]],
            )}
          />
//% elif f.type == "boolean"
          <Shares
            question=[[f.label | attr]]
            shares={countOptions(
              all.map(([[e.one]]) => ([[e.one]].[[f.id]] ? "Yes" : "No")),
              ["Yes", "No"],
            )}
          />
//% elif f.type == "longtext"
          <Quotes question=[[f.label | attr]] texts={all.map(([[e.one]]) => [[e.one]].[[f.id]])} />
//% else
//% set top = 5 if f.type == "rating" else 10
          <Shares
            question=[[f.label | attr]]
            figure={`${formatNumber(average(all.map(([[e.one]]) => [[e.one]].[[f.id]]).filter((value) => value > 0)))} / [[top]]`}
            shares={countNumbers(
              all.map(([[e.one]]) => [[e.one]].[[f.id]]),
              1,
              [[top]],
            )}
          />
//% endif
//% endfor
        </div>
      )}
    </div>
  );
}
