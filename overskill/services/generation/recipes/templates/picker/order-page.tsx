import { Check, Copy, Shuffle } from "lucide-react";
import { toast } from "sonner";

import { EntryList } from "@/components/entry-list";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { [[e.many]] } from "@/data/[[e.files]]";
import { shuffled } from "@/lib/chance";
import { cn } from "@/lib/cn";
import { useCollection } from "@/lib/collection";
import { createStore, useStore } from "@/lib/storage";
import { useKey } from "@/lib/use-key";

interface Turn {
  name: string;
  isOver: boolean;
}

const kept = createStore<Turn[]>("order", []);

export function [[component]]() {
  const all = useCollection([[e.many]]);
  const [turns, setTurns] = useStore(kept);
  const names = all.map(({ [[e.title.id]] }) => [[e.title.id]].trim()).filter(Boolean);
  const current = turns.findIndex(({ isOver }) => !isOver);
  useKey(" ", shuffle);

  function shuffle() {
    setTurns(shuffled(names).map((name) => ({ name, isOver: false })));
  }

  function toggle(index: number) {
    setTurns((before) => before.map((turn, at) => (at === index ? { ...turn, isOver: !turn.isOver } : turn)));
  }

  async function copy() {
    try {
      await navigator.clipboard.writeText(turns.map(({ name }, index) => `${index + 1}. ${name}`).join("\n"));
      toast.success("Copied, ready to send");
    } catch {
      toast.error("The browser does not allow copying here.");
    }
  }

  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader title=[[page.title | attr]] description=[[tagline | attr]]>
        <Button variant="outline" disabled={turns.length === 0} onClick={copy}>
          <Copy aria-hidden /> Copy
        </Button>
        <Button disabled={names.length === 0} onClick={shuffle} title="Press space">
          <Shuffle aria-hidden /> Shuffle
        </Button>
      </PageHeader>
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        {turns.length > 0 ? (
          <ol className="grid gap-2">
            {turns.map(({ name, isOver }, index) => (
              <li key={`${index} ${name}`} className="animate-pop-in">
                <button
                  type="button"
                  aria-pressed={isOver}
                  onClick={() => toggle(index)}
                  className={cn(
                    "flex w-full items-center gap-4 rounded-xl border bg-card p-4 text-left shadow-xs transition-colors outline-none hover:border-primary focus-visible:ring-2 focus-visible:ring-ring",
                    index === current && "border-primary bg-accent text-accent-foreground",
                    isOver && "opacity-55",
                  )}
                >
                  <span className="grid size-9 shrink-0 place-items-center rounded-full bg-muted font-display font-semibold text-foreground tabular-nums">
                    {isOver ? <Check className="size-4" aria-label="Done" /> : index + 1}
                  </span>
                  <span className={cn("min-w-0 flex-1 truncate font-medium", isOver && "line-through")}>{name}</span>
                  {index === current && <span className="text-sm text-muted-foreground">Now</span>}
                </button>
              </li>
            ))}
          </ol>
        ) : (
          <EmptyState icon={Shuffle} title="Who goes first?" description="Press the button, or space, and chance decides the order.">
            <Button disabled={names.length === 0} onClick={shuffle}>
              <Shuffle aria-hidden /> Shuffle
            </Button>
          </EmptyState>
        )}
        <EntryList />
      </div>
    </div>
  );
}
