import { Plus, Trash2 } from "lucide-react";
import { useState, type FormEvent } from "react";
import { toast } from "sonner";

import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Input } from "@/components/ui/input";
import { blank[[e.type]], [[e.many]], type [[e.type]] } from "@/data/[[e.files]]";
import { cn } from "@/lib/cn";
import { useCollection } from "@/lib/collection";
import { formatNumber } from "@/lib/format";

interface EntryListProps {
  /** The ids of those that are not drawn again for now. */
  out?: readonly string[];
}

//% if short
/** Who or what is in the draw. Several can be added at once, with commas between them. */
//% else
/** What is in the draw. */
//% endif
export function EntryList({ out = [] }: EntryListProps) {
  const all = useCollection([[e.many]]);
  const [added, setAdded] = useState("");

  function add(event: FormEvent) {
    event.preventDefault();
//% if short
    const names = added.split(",").map((name) => name.trim()).filter(Boolean);
    names.toReversed().forEach((name) => [[e.many]].add({ ...blank[[e.type]], [[e.title.id]]: name }));
//% else
    if (!added.trim()) return;
    [[e.many]].add({ ...blank[[e.type]], [[e.title.id]]: added.trim() });
//% endif
    setAdded("");
  }

  function remove(one: [[e.type]]) {
    const undo = [[e.many]].remove(one.id);
    toast(`${one.[[e.title.id]]} removed`, { action: { label: "Undo", onClick: undo } });
  }

  return (
    <Card className="p-5">
      <h2 className="flex items-baseline justify-between font-display font-semibold">
        [[e.labels | sentence | jsx]]
        <span className="text-sm font-normal text-muted-foreground tabular-nums">{formatNumber(all.length)}</span>
      </h2>
      <form onSubmit={add} className="mt-3 flex gap-2">
        <Input
          aria-label=[[("Add " ~ e.labels) | attr]]
          placeholder=[[ ("One, or several with commas" if short else "Add your own") | attr]]
          value={added}
          onChange={(event) => setAdded(event.target.value)}
        />
        <Button type="submit" size="icon" aria-label="Add" disabled={!added.trim()}>
          <Plus aria-hidden />
        </Button>
      </form>
      <ul className="mt-3 max-h-96 overflow-y-auto">
        {all.map((one) => (
          <li key={one.id} className="flex items-center gap-1">
            <Input
              aria-label={`Change ${one.[[e.title.id]]}`}
              value={one.[[e.title.id]]}
              onChange={(event) => [[e.many]].update(one.id, { [[e.title.id]]: event.target.value })}
              className={cn(
                "flex-1 border-transparent bg-transparent px-2 text-ellipsis shadow-none",
                out.includes(one.id) && "text-muted-foreground line-through",
              )}
            />
            <Button
              variant="ghost"
              size="icon-sm"
              className="text-muted-foreground"
              aria-label={`Remove ${one.[[e.title.id]]}`}
              onClick={() => remove(one)}
            >
              <Trash2 aria-hidden />
            </Button>
          </li>
        ))}
      </ul>
      {all.length === 0 && (
        <p className="mt-3 text-sm text-muted-foreground">Nobody draws from an empty hat: add the first [[e.label | jsx]].</p>
      )}
    </Card>
  );
}
