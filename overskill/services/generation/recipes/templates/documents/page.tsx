import { Copy, Download, MoreHorizontal, Plus, Trash2, [[e.icon]] } from "lucide-react";
import { useState } from "react";
import { Link, useNavigate } from "react-router-dom";
import { toast } from "sonner";

import { SenderDialog } from "@/components/sender-dialog";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Segmented } from "@/components/ui/segmented";
import { StatCard } from "@/components/ui/stat-card";
import { blank[[e.type]], [[e.many]], nextNumber, [[status.constant]], type [[e.type]] } from "@/data/[[e.files]]";
import { useCollection } from "@/lib/collection";
import { downloadCsv } from "@/lib/csv";
import { daysFromNow, formatDay, formatNumber, today } from "@/lib/format";
import { formatAmount, formatWhole, totalsOf } from "@/lib/totals";
import { useShortcut } from "@/lib/use-shortcut";

const EVERY = "All";
const STATES = [EVERY, ...[[status.constant]]].map((value) => ({ value, label: value }));
const TONES: BadgeTone[] = ["neutral", "primary", "success"];

/** The first state is open, the last one is settled. */
function toneOf(state: string): BadgeTone {
  return TONES[Math.min([[status.constant]].indexOf(state), TONES.length - 1)] ?? "neutral";
}

function sum(all: [[e.type]][]): number {
  return all.reduce((total, one) => total + totalsOf(one).total, 0);
}

export function [[component]]() {
  const all = useCollection([[e.many]]);
  const [state, setState] = useState(EVERY);
  const navigate = useNavigate();
  useShortcut("n", () => write());
  const shown = all
    .filter((paper) => state === EVERY || paper.[[status.id]] === state)
    .toSorted((a, b) => b.[[date]].localeCompare(a.[[date]]));

  function write(copied?: [[e.type]]) {
    const begun = copied ?? {
      ...blank[[e.type]],
//% if tax
      tax: [[default_tax]],
//% endif
      lines: [{ id: crypto.randomUUID(), text: "", quantity: 1, rate: 0 }],
    };
    const { id } = [[e.many]].add({
      ...begun,
      [[e.title.id]]: nextNumber(),
      [[date]]: today(),
//% if due
      [[due]]: daysFromNow([[due_after]]),
//% endif
      [[status.id]]: [[status.options[0] | ts]],
    });
    navigate(`/document/${id}`);
  }

  function remove(paper: [[e.type]]) {
    const undo = [[e.many]].remove(paper.id);
    toast(`${paper.[[e.title.id]]} deleted`, { action: { label: "Undo", onClick: undo } });
  }

  function exportCsv() {
    const head = ["Number", "Client", "Date", "Status", "Net", "Discount", [[tax_label | ts]], "Total"];
    const rows = shown.map((paper) => {
      const { net, discount, tax, total } = totalsOf(paper);
      const amounts = [net, discount, tax, total].map((value) => value.toFixed(2));
      return [paper.[[e.title.id]], paper.client, paper.[[date]], paper.[[status.id]], ...amounts];
    });
    downloadCsv("[[e.files]]", [head, ...rows]);
  }

  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader title=[[page.title | attr]] description=[[tagline | attr]]>
        <SenderDialog />
        <Button variant="outline" onClick={exportCsv} disabled={shown.length === 0}>
          <Download aria-hidden /> CSV
        </Button>
        <Button onClick={() => write()} title="Press N">
          <Plus aria-hidden /> [[("New " ~ e.label) | jsx]]
        </Button>
      </PageHeader>

      <div className="grid grid-cols-3 gap-3 sm:gap-4">
        {[[status.constant]].slice(-2).map((name) => (
          <StatCard
            key={name}
            label={name}
            value={formatWhole(sum(all.filter((paper) => paper.[[status.id]] === name)))}
          />
        ))}
        <StatCard label="All together" value={formatWhole(sum(all))} hint={`${formatNumber(all.length)} [[e.labels]]`} />
      </div>

      <Segmented label=[[status.label | attr]] value={state} options={STATES} onChange={setState} />

      {shown.length === 0 ? (
        <EmptyState
          icon={[[e.icon]]}
          title=[[("No " ~ e.labels ~ " here") | attr]]
          description="Write one: the lines add up by themselves, and the page is ready to print."
        >
          <Button onClick={() => write()}>[[("New " ~ e.label) | jsx]]</Button>
        </EmptyState>
      ) : (
        <Card>
          <ul className="divide-y">
            {shown.map((paper) => (
              <li key={paper.id} className="flex items-center gap-3 p-3 pl-4 sm:gap-5">
                <Link
                  to={`/document/${paper.id}`}
                  className="flex min-w-0 flex-1 items-center gap-3 rounded-md outline-none hover:underline focus-visible:ring-2 focus-visible:ring-ring sm:gap-5"
                >
                  <span className="min-w-0 flex-1">
                    <span className="block truncate font-medium">{paper.client || "No client yet"}</span>
                    <span className="block truncate text-sm text-muted-foreground">
                      {paper.[[e.title.id]]} · {formatDay(paper.[[date]])}
                    </span>
                  </span>
                  <span className="flex flex-col items-end gap-1 sm:flex-row sm:items-center sm:gap-5">
                    <Badge tone={toneOf(paper.[[status.id]])}>{paper.[[status.id]]}</Badge>
                    <span className="font-display font-semibold tabular-nums sm:min-w-28 sm:text-right">
                      {formatAmount(totalsOf(paper).total)}
                    </span>
                  </span>
                </Link>
                <DropdownMenu>
                  <DropdownMenuTrigger asChild>
                    <Button
                      variant="ghost"
                      size="icon-sm"
                      className="text-muted-foreground"
                      aria-label={`Options for ${paper.[[e.title.id]]}`}
                    >
                      <MoreHorizontal aria-hidden />
                    </Button>
                  </DropdownMenuTrigger>
                  <DropdownMenuContent>
                    {[[status.constant]]
                      .filter((name) => name !== paper.[[status.id]])
                      .map((name) => (
                        <DropdownMenuItem
                          key={name}
                          onSelect={() => [[e.many]].update(paper.id, { [[status.id]]: name })}
                        >
                          Mark as {name.toLowerCase()}
                        </DropdownMenuItem>
                      ))}
                    <DropdownMenuItem onSelect={() => write(paper)}>
                      <Copy aria-hidden /> Use again
                    </DropdownMenuItem>
                    <DropdownMenuSeparator />
                    <DropdownMenuItem tone="danger" onSelect={() => remove(paper)}>
                      <Trash2 aria-hidden /> Delete
                    </DropdownMenuItem>
                  </DropdownMenuContent>
                </DropdownMenu>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </div>
  );
}
