import { Copy, Minus, Plus, RotateCcw, Trash2 } from "lucide-react";
import { useEffect, useEffectEvent, useState, type FormEvent } from "react";
import { toast } from "sonner";

import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Input } from "@/components/ui/input";
import { PageHeader } from "@/components/ui/page-header";
//% if limit
import { Progress } from "@/components/ui/progress";
//% endif
import { blank[[e.type]], [[e.many]], type [[e.type]] } from "@/data/[[e.files]]";
import { cn } from "@/lib/cn";
import { useCollection } from "@/lib/collection";
import { formatNumber } from "@/lib/format";
//% if worth
import { createStore, useStore } from "@/lib/storage";
//% endif

//% if worth
const keptWorth = createStore("worth-of-one", [[worth.amount | string | ts]]);

//% endif
//% if limit
const LIMIT = [[limit | ts]];

//% endif
export function [[component]]() {
  const tallies = useCollection([[e.many]]);
  const [draft, setDraft] = useState("");
//% if worth
  const [worth, setWorth] = useStore(keptWorth);
//% endif

//% if in_out
  const [coming, going] = tallies;
  const total = (coming?.[[count.id]] ?? 0) - (going?.[[count.id]] ?? 0);
//% else
  const total = tallies.reduce((sum, tally) => sum + tally.[[count.id]], 0);
//% endif

  function step(tally: [[e.type]], by: number) {
    [[e.many]].update(tally.id, { [[count.id]]: Math.max(0, tally.[[count.id]] + by) });
  }

  const press = useEffectEvent((event: KeyboardEvent) => {
    const isTyping = (event.target as HTMLElement).closest("input, textarea, select, [role=dialog]");
    if (isTyping || event.metaKey || event.ctrlKey || event.altKey) return;
    const tally = tallies[Number(event.key) - 1];
    if (tally) step(tally, 1);
  });

  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);

  function reset() {
    const before = tallies.map(({ id, [[count.id]] }) => ({ id, [[count.id]] }));
    before.forEach(({ id }) => [[e.many]].update(id, { [[count.id]]: 0 }));
    const undo = () => before.forEach(({ id, [[count.id]] }) => [[e.many]].update(id, { [[count.id]] }));
    toast("All back to zero", { action: { label: "Undo", onClick: undo } });
  }

  function remove(tally: [[e.type]]) {
    const undo = [[e.many]].remove(tally.id);
    toast(`${tally.[[e.title.id]]} removed`, { action: { label: "Undo", onClick: undo } });
  }

  function add(event: FormEvent) {
    event.preventDefault();
    const name = draft.trim();
    if (name) [[e.many]].add({ ...blank[[e.type]], [[e.title.id]]: name });
    setDraft("");
  }

  async function copy() {
    const lines = tallies.map((tally) => `${tally.[[e.title.id]]}: ${tally.[[count.id]]}`);
    try {
      await navigator.clipboard.writeText([...lines, `[[total_label]]: ${total}`].join("\n"));
      toast.success("Copied");
    } catch {
      toast.error("The browser does not allow copying here.");
    }
  }

  return (
    <div className="mx-auto grid max-w-3xl grid-cols-1 gap-6">
      <PageHeader title=[[title | attr]] description=[[tagline | attr]]>
        <Button variant="outline" onClick={copy}>
          <Copy aria-hidden /> Copy
        </Button>
        <Button variant="ghost" disabled={tallies.every((tally) => tally.[[count.id]] === 0)} onClick={reset}>
          <RotateCcw aria-hidden /> Reset
        </Button>
      </PageHeader>

      <Card className="grid gap-3 p-6 text-center">
        <p className="font-display text-6xl font-semibold tracking-tight tabular-nums" role="status">
          {formatNumber(total)}
        </p>
        <p className="text-sm text-muted-foreground">
//% if limit
          [[total_label]], at most {formatNumber(LIMIT)}
//% else
          [[total_label]]
//% endif
        </p>
//% if worth
        <p className="font-display text-2xl font-semibold tabular-nums" role="status">
          {formatNumber(total * (Number(worth) || 0), 2)}[[ (" " ~ worth.unit) if worth.unit else "" ]]
          <span className="ml-2 font-sans text-sm font-normal text-muted-foreground">[[worth.total | low | jsx]]</span>
        </p>
        <label className="mx-auto flex items-center gap-2 text-sm">
          [[worth.each | jsx]][[ (" (" ~ worth.unit ~ ")") if worth.unit else "" ]]
          <Input
            type="number"
            inputMode="decimal"
            min="0"
            step="any"
            value={worth}
            onChange={(event) => setWorth(event.target.value)}
            className="w-24"
          />
        </label>
//% endif
//% if limit
        <Progress value={(total / LIMIT) * 100} label="How full it is" />
        {total >= LIMIT && (
          <p role="alert" className="text-sm font-medium text-destructive">
            {total > LIMIT ? `${formatNumber(total - LIMIT)} over the limit` : "Full"}
          </p>
        )}
//% endif
      </Card>

      {tallies.length === 0 && (
        <EmptyState icon={Plus} title="Nothing to count yet" description="Name something below, then tap it each time." />
      )}
      <ul className={cn("grid grid-cols-1 gap-3", tallies.length > 1 && "sm:grid-cols-2")}>
        {tallies.map((tally, index) => (
          <li key={tally.id} className="group flex flex-col gap-3 rounded-xl border bg-card p-4 shadow-xs">
            <div className="flex items-center gap-2">
              <Input
                aria-label="Name"
                value={tally.[[e.title.id]]}
                onChange={(event) => [[e.many]].update(tally.id, { [[e.title.id]]: event.target.value })}
                className="border-transparent bg-transparent px-1 font-medium shadow-none"
              />
              <Button
                variant="ghost"
                size="icon-sm"
                className="text-muted-foreground"
                aria-label={`Remove ${tally.[[e.title.id]]}`}
                onClick={() => remove(tally)}
              >
                <Trash2 aria-hidden />
              </Button>
            </div>
//% if others
            <p className="flex flex-wrap gap-x-3 px-1 text-xs text-muted-foreground">
//% for f in others
              {[[f.present("tally")]] && <span>[[f.label]]: {[[f.shown("tally")]]}</span>}
//% endfor
            </p>
//% endif
            <div className="flex items-stretch gap-2">
              <Button
                variant="outline"
                className="h-auto w-12"
                aria-label={`One less: ${tally.[[e.title.id]]}`}
                disabled={tally.[[count.id]] === 0}
                onClick={() => step(tally, -1)}
              >
                <Minus aria-hidden />
              </Button>
              <button
                type="button"
                aria-label={`One more: ${tally.[[e.title.id]]}, now ${tally.[[count.id]]}`}
                onClick={() => step(tally, 1)}
                className="relative flex h-24 flex-1 touch-manipulation items-center justify-center gap-3 rounded-xl bg-primary text-primary-foreground transition-transform outline-none select-none focus-visible:ring-2 focus-visible:ring-ring focus-visible:ring-offset-2 focus-visible:ring-offset-background active:scale-[0.98]"
              >
                <span className="font-display text-5xl font-semibold tabular-nums">{formatNumber(tally.[[count.id]])}</span>
                <Plus className="size-6 opacity-75" aria-hidden />
                {index < 9 && (
                  <kbd aria-hidden className="absolute right-3 bottom-2 hidden text-xs opacity-75 sm:inline">
                    {index + 1}
                  </kbd>
                )}
              </button>
            </div>
          </li>
        ))}
      </ul>

      <form onSubmit={add} className="flex gap-2">
        <Input
          aria-label="Something else to count"
          placeholder="Something else to count…"
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
        />
        <Button type="submit" variant="outline" disabled={!draft.trim()}>
          <Plus aria-hidden /> Add
        </Button>
      </form>
    </div>
  );
}
