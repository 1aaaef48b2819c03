import { Copy, Equal, Minus, Plus, Trash2, UserPlus } from "lucide-react";
import { toast } from "sonner";

import { NumberControl } from "@/components/number-control";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Input } from "@/components/ui/input";
import { PageHeader } from "@/components/ui/page-header";
import { [[e.many]] } from "@/data/[[e.files]]";
import { useCollection } from "@/lib/collection";
import { formatMoney, formatPercent } from "@/lib/format";
import { splitAmount } from "@/lib/split";
import { createStore, useStore } from "@/lib/storage";

const amount = createStore("amount", [[total]]);

export function [[component]]() {
  const people = useCollection([[e.many]]);
  const [total, setTotal] = useStore(amount);
  const parts = splitAmount(
    total,
    people.map((person) => person.[[weight]]),
  );
  const weights = people.reduce((sum, person) => sum + person.[[weight]], 0);

  function remove(id: string, name: string) {
    const undo = [[e.many]].remove(id);
    toast(`${name || "One"} left`, { action: { label: "Undo", onClick: undo } });
  }

  async function copy() {
    const lines = people.map(
      (person, index) => `${person.name}: ${formatMoney(parts[index] ?? 0)}`,
    );
    const text = [`[[what]]: ${formatMoney(total)}`, ...lines].join("\n");
    try {
      await navigator.clipboard.writeText(text);
      toast.success("Copied, ready to send");
    } catch {
      toast.error("The browser does not allow copying here.");
    }
  }

  return (
    <div className="mx-auto grid max-w-3xl grid-cols-1 gap-6">
      <PageHeader title=[[page.title | attr]] description=[[tagline | attr]]>
        <Button variant="outline" onClick={copy}>
          <Copy aria-hidden /> Copy
        </Button>
      </PageHeader>

      <Card className="p-5 sm:p-7">
        <NumberControl label=[[what | attr]] value={total} min={0} max={[[maximum]]} step={[[step]]} before="$" onChange={setTotal} />
      </Card>

      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="font-display text-lg font-semibold">Who pays what</h2>
        <div className="flex gap-2">
          <Button
            variant="ghost"
            size="sm"
            onClick={() => people.forEach((person) => [[e.many]].update(person.id, { [[weight]]: 1 }))}
          >
            <Equal aria-hidden /> Split evenly
          </Button>
          <Button
            size="sm"
            onClick={() => [[e.many]].add({ name: `[[e.label | sentence]] ${people.length + 1}`, [[weight]]: 1 })}
          >
            <UserPlus aria-hidden /> Add
          </Button>
        </div>
      </div>

      <ul className="grid grid-cols-1 gap-3">
        {people.map((person, index) => (
          <li key={person.id} className="rounded-xl border bg-card p-4 shadow-xs">
            <div className="flex items-center gap-3">
              <Avatar name={person.name || "?"} />
              <Input
                aria-label="Name"
                value={person.name}
                onChange={(event) => [[e.many]].update(person.id, { name: event.target.value })}
                className="flex-1 border-transparent bg-transparent px-1 font-medium shadow-none"
              />
              <span className="font-display text-xl font-semibold tabular-nums">{formatMoney(parts[index] ?? 0)}</span>
              <Button
                variant="ghost"
                size="icon-sm"
                className="text-muted-foreground"
                aria-label={`Remove ${person.name}`}
                onClick={() => remove(person.id, person.name)}
              >
                <Trash2 aria-hidden />
              </Button>
            </div>
            <div className="mt-3 flex items-center gap-3">
              <div className="flex shrink-0 items-center gap-1" role="group" aria-label={`Shares of ${person.name}`}>
                <Button
                  variant="outline"
                  size="icon-sm"
                  aria-label="Less"
                  disabled={person.[[weight]] <= 0}
                  onClick={() =>
                    [[e.many]].update(person.id, { [[weight]]: Math.max(0, person.[[weight]] - 0.5) })
                  }
                >
                  <Minus aria-hidden />
                </Button>
                <span className="w-20 text-center text-sm tabular-nums">
                  {person.[[weight]]}{" "}
                  <span className="text-muted-foreground">{person.[[weight]] === 1 ? "share" : "shares"}</span>
                </span>
                <Button
                  variant="outline"
                  size="icon-sm"
                  aria-label="More"
                  onClick={() => [[e.many]].update(person.id, { [[weight]]: person.[[weight]] + 0.5 })}
                >
                  <Plus aria-hidden />
                </Button>
              </div>
              <div className="h-1.5 flex-1 overflow-hidden rounded-full bg-muted" aria-hidden>
                <div
                  className="h-full rounded-full bg-primary transition-[width]"
                  style={{ width: `${weights > 0 ? (person.[[weight]] / weights) * 100 : 0}%` }}
                />
              </div>
              <span className="w-10 text-right text-xs text-muted-foreground tabular-nums">
                {formatPercent(weights > 0 ? person.[[weight]] / weights : 0)}
              </span>
            </div>
          </li>
        ))}
      </ul>
      <p className="text-sm text-muted-foreground">[[hint | jsx]]</p>
    </div>
  );
}
