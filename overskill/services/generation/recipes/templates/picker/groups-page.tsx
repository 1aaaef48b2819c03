import { Copy, Shuffle } from "lucide-react";
import { toast } from "sonner";

import { EntryList } from "@/components/entry-list";
import { NumberControl } from "@/components/number-control";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { [[e.many]] } from "@/data/[[e.files]]";
import { dealt } from "@/lib/chance";
import { useCollection } from "@/lib/collection";
import { plural } from "@/lib/format";
import { createStore, useStore } from "@/lib/storage";
import { useKey } from "@/lib/use-key";

const howMany = createStore("how-many", [[count]]);
const kept = createStore<string[][]>("groups", []);

export function [[component]]() {
  const all = useCollection([[e.many]]);
  const [count, setCount] = useStore(howMany);
  const [groups, setGroups] = useStore(kept);
  const names = all.map(({ [[e.title.id]] }) => [[e.title.id]].trim()).filter(Boolean);
  useKey(" ", () => deal(count));

  function deal(parts: number) {
    if (names.length > 0) setGroups(dealt(names, Math.max(1, Math.min(Math.round(parts), names.length))));
  }

  async function copy() {
    const text = groups.map((group, index) => `[[word | sentence]] ${index + 1}: ${group.join(", ")}`).join("\n");
    try {
      await navigator.clipboard.writeText(text);
      toast.success("Copied, ready to send");
    } catch {
      toast.error("The browser does not allow copying here.");
    }
  }

  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader title=[[page.title | attr]] description=[[tagline | attr]]>
        <Button variant="outline" disabled={groups.length === 0} onClick={copy}>
          <Copy aria-hidden /> Copy
        </Button>
        <Button disabled={names.length === 0} onClick={() => deal(count)} title="Press space">
          <Shuffle aria-hidden /> {groups.length > 0 ? "Again" : [[("Make " ~ words) | ts]]}
        </Button>
      </PageHeader>
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div role="status">
          {groups.length > 0 ? (
            <ul className="grid grid-cols-1 gap-4 sm:grid-cols-2 xl:grid-cols-3">
              {groups.map((group, index) => (
                <li key={`${index} ${group.join()}`}>
                  <Card className="h-full animate-pop-in overflow-hidden">
                    <h2
                      className="flex items-baseline justify-between border-b px-5 py-3 font-display font-semibold"
                      style={{ background: `color-mix(in oklab, var(--chart-${1 + (index % 5)}) 18%, transparent)` }}
                    >
                      [[word | sentence]] {index + 1}
                      <span className="text-sm font-normal text-muted-foreground">{plural(group.length, [[e.label | ts]], [[e.labels | ts]])}</span>
                    </h2>
                    <ul className="grid gap-2 p-5">
                      {group.map((name, place) => (
                        <li key={place} className="break-words">
                          {name}
                        </li>
                      ))}
                    </ul>
                  </Card>
                </li>
              ))}
            </ul>
          ) : (
            <EmptyState
              icon={Shuffle}
              title={`${plural(names.length, [[e.label | ts]], [[e.labels | ts]])}, ${plural(count, "[[word]]", "[[words]]")}`}
              description="Press the button, or space, and chance deals them out."
            >
              <Button disabled={names.length === 0} onClick={() => deal(count)}>
                <Shuffle aria-hidden /> [[("Make " ~ words) | jsx]]
              </Button>
            </EmptyState>
          )}
        </div>
        <div className="grid grid-cols-1 gap-6">
          <Card className="grid gap-2 p-5">
            <NumberControl
              label="[[words | sentence]]"
              value={count}
              min={1}
              max={Math.max(2, [[count]], Math.ceil(names.length / 2))}
              step={1}
              onChange={(next) => {
                setCount(next);
                if (groups.length > 0) deal(next);
              }}
            />
            <p className="text-sm text-muted-foreground tabular-nums">
              About {Math.round(names.length / Math.max(1, count))} in each
            </p>
          </Card>
          <EntryList />
        </div>
      </div>
    </div>
  );
}
