import { Copy, Plus, ShoppingBasket, X } from "lucide-react";
import { useState, type FormEvent } from "react";
import { toast } from "sonner";

import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { EmptyState } from "@/components/ui/empty-state";
import { Input } from "@/components/ui/input";
import { PageHeader } from "@/components/ui/page-header";
import { WeekSwitcher } from "@/components/week-switcher";
import { [[e.many]] } from "@/data/[[e.files]]";
import { cn } from "@/lib/cn";
import { useCollection } from "@/lib/collection";
import { plural } from "@/lib/format";
import { collectNeeds } from "@/lib/needs";
import { createStore, useStore } from "@/lib/storage";
import { daysOfWeek } from "@/lib/week";

/** By the week's first day: what is in the basket, and what was added by hand. */
const ticked = createStore<Record<string, string[]>>("bought", {});
const extras = createStore<Record<string, string[]>>("also-needed", {});

export function [[component]]() {
  const planned = useCollection([[e.many]]);
  const [week, setWeek] = useState(0);
  const [bought, setBought] = useStore(ticked);
  const [added, setAdded] = useStore(extras);
  const [draft, setDraft] = useState("");

  const days = daysOfWeek(week).map((day) => day.key);
  const start = days[0] ?? "";
  const done = bought[start] ?? [];
  const own = added[start] ?? [];
  const needs = collectNeeds(
    planned
      .filter(([[e.one]]) => days.includes([[e.one]].[[day.id]]))
      .map(([[e.one]]) => ({ name: [[e.one]].[[e.title.id]], needs: [[e.one]].[[needs.id]] })),
  );
  const all = [...needs, ...own.map((item) => ({ item, uses: ["Added by hand"] }))];

  function toggle(item: string) {
    const next = done.includes(item) ? done.filter((one) => one !== item) : [...done, item];
    setBought({ ...bought, [start]: next });
  }

  function add(event: FormEvent) {
    event.preventDefault();
    const item = draft.trim();
    if (item && !own.includes(item)) setAdded({ ...added, [start]: [...own, item] });
    setDraft("");
  }

  function remove(item: string) {
    const before = added;
    setAdded({ ...added, [start]: own.filter((one) => one !== item) });
    toast(`${item} removed`, { action: { label: "Undo", onClick: () => setAdded(before) } });
  }

  async function copy() {
    const open = all.filter(({ item }) => !done.includes(item)).map(({ item }) => item);
    try {
      await navigator.clipboard.writeText(open.join("\n"));
      toast.success(`${plural(open.length, "item", "items")} copied, ready to send`);
    } catch {
      toast.error("The browser does not allow copying here.");
    }
  }

  return (
    <div className="mx-auto grid max-w-2xl grid-cols-1 gap-6">
      <PageHeader title=[[page.title | attr]] description="What the [[e.labels]] of the week need, each thing once.">
        <div className="flex flex-wrap gap-2 print:hidden">
          <WeekSwitcher week={week} onChange={setWeek} />
          <Button variant="outline" onClick={copy}>
            <Copy aria-hidden /> Copy
          </Button>
        </div>
      </PageHeader>

      {all.length > 0 ? (
        <Card>
          <p role="status" className="border-b px-4 py-3 text-sm text-muted-foreground">
            {all.filter(({ item }) => done.includes(item)).length} of {all.length} in the basket
          </p>
          <ul className="divide-y">
            {all.map(({ item, uses }) => (
              <li key={item} className="flex items-center pr-2">
                <label className="flex min-w-0 flex-1 cursor-pointer items-center gap-3 px-4 py-3">
                  <Checkbox checked={done.includes(item)} onCheckedChange={() => toggle(item)} />
                  <span className="min-w-0">
                    <span className={cn("block font-medium", done.includes(item) && "text-muted-foreground line-through")}>
                      {item}
                    </span>
                    <span className="block truncate text-xs text-muted-foreground">{uses.join(", ")}</span>
                  </span>
                </label>
                {own.includes(item) && (
                  <Button variant="ghost" size="icon-sm" aria-label={`Remove ${item}`} onClick={() => remove(item)}>
                    <X aria-hidden />
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </Card>
      ) : (
        <EmptyState
          icon={ShoppingBasket}
          title="Nothing to buy this week"
          description="Plan something and write under [[needs.label]] what it takes, with commas between."
        />
      )}

      <form onSubmit={add} className="flex gap-2 print:hidden">
        <Input
          aria-label="Something else to buy"
          placeholder="Something else…"
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
