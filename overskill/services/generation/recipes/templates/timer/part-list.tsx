import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { toast } from "sonner";

import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Input } from "@/components/ui/input";
import { cn } from "@/lib/cn";
import { parts, type Part } from "@/lib/plan";
import { useStore } from "@/lib/storage";

interface PartListProps {
  /** How long a part lasts that has no length of its own. */
  usual: number;
  current: string | undefined;
  /** The parts are no longer those that the run began with. */
  onChange: () => void;
}

export function PartList({ usual, current, onChange }: PartListProps) {
  const [all, setAll] = useStore(parts);

  function replaceAll(next: Part[]) {
    setAll(next);
    onChange();
  }

  function change(id: string, changes: Partial<Part>) {
    setAll((before) => before.map((part) => (part.id === id ? { ...part, ...changes } : part)));
    if ("seconds" in changes) onChange();
  }

  function move(index: number, by: number) {
    const part = all[index];
    if (part) replaceAll(all.toSpliced(index, 1).toSpliced(index + by, 0, part));
  }

  function remove(part: Part) {
    const before = all;
    replaceAll(all.filter((one) => one.id !== part.id));
    toast(`${part.name || [[one | sentence | ts]]} removed`, {
      action: { label: "Undo", onClick: () => replaceAll(before) },
    });
  }

  return (
    <Card className="p-5">
      <div className="flex items-center justify-between gap-4">
        <h2 className="font-display font-semibold">[[many | sentence | jsx]]</h2>
        <Button
          size="sm"
          variant="outline"
          onClick={() =>
            replaceAll([...all, { id: crypto.randomUUID(), name: `[[one | sentence]] ${all.length + 1}`, seconds: 0 }])
          }
        >
          <Plus aria-hidden /> Add
        </Button>
      </div>
      <ol className="mt-3 grid gap-1">
        {all.map((part, index) => (
          <li
            key={part.id}
            aria-current={part.name === current ? "step" : undefined}
            className={cn("flex items-center gap-1 rounded-lg px-1", part.name === current && "bg-accent")}
          >
            <Input
              aria-label={`Name of [[one]] ${index + 1}`}
              value={part.name}
              onChange={(event) => change(part.id, { name: event.target.value })}
              className="flex-1 border-transparent bg-transparent px-2 font-medium shadow-none"
            />
            <Input
              type="number"
              min={1}
              aria-label={`Seconds of ${part.name}`}
              placeholder={String(usual)}
              value={part.seconds || ""}
              onChange={(event) => change(part.id, { seconds: Math.max(0, Math.round(Number(event.target.value))) })}
              className="w-18 border-transparent bg-transparent px-2 text-right tabular-nums shadow-none [appearance:textfield] [&::-webkit-inner-spin-button]:appearance-none"
            />
            <span className="text-xs text-muted-foreground">s</span>
            <span className="flex text-muted-foreground">
              <Button variant="ghost" size="icon-sm" className="w-7" aria-label={`Move ${part.name} up`} disabled={index === 0} onClick={() => move(index, -1)}>
                <ArrowUp aria-hidden />
              </Button>
              <Button variant="ghost" size="icon-sm" className="w-7" aria-label={`Move ${part.name} down`} disabled={index === all.length - 1} onClick={() => move(index, 1)}>
                <ArrowDown aria-hidden />
              </Button>
              <Button variant="ghost" size="icon-sm" className="w-7" aria-label={`Remove ${part.name}`} onClick={() => remove(part)}>
                <Trash2 aria-hidden />
              </Button>
            </span>
          </li>
        ))}
      </ol>
      {all.length === 0 && <p className="mt-3 text-sm text-muted-foreground">Add the first [[one]] to begin.</p>}
    </Card>
  );
}
