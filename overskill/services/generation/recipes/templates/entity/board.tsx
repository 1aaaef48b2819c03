import { Plus } from "lucide-react";
import { useState } from "react";

import { [[e.type]]Dialog } from "@/components/[[e.file]]-dialog";
import { [[e.type]]Tile } from "@/components/[[e.file]]-tile";
import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { [[e.many]], [[stage.constant]], type [[e.type]], type [[e.type]]Draft } from "@/data/[[e.files]]";
import { cn } from "@/lib/cn";
import { useCollection } from "@/lib/collection";
import { formatMoney } from "@/lib/format";
import { useShortcut } from "@/lib/use-shortcut";

const DOTS = ["bg-chart-2", "bg-chart-3", "bg-chart-1", "bg-chart-5", "bg-chart-4"];

type Editing = { [[e.one]]?: [[e.type]]; start?: Partial<[[e.type]]Draft> };

export function [[component]]() {
  const all = useCollection([[e.many]]);
  const [editing, setEditing] = useState<Editing | null>(null);
  const [over, setOver] = useState("");
  useShortcut("n", () => setEditing({}));

  function drop(id: string, [[stage.id]]: string) {
    [[e.many]].update(id, { [[stage.id]] });
    setOver("");
  }

  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader title=[[page.title | attr]] description=[[description | attr]]>
        <Button onClick={() => setEditing({})} title="Press N">
          <Plus aria-hidden /> [[("Add " ~ e.label) | jsx]]
        </Button>
      </PageHeader>

      <div className="-mx-4 flex snap-x gap-4 overflow-x-auto px-4 pb-4 sm:mx-0 sm:px-0">
        {[[stage.constant]].map(([[stage.id]], index) => {
          const column = all.filter(([[e.one]]) => [[e.one]].[[stage.id]] === [[stage.id]]);
          return (
            <section
              key={[[stage.id]]}
              aria-label={[[stage.id]]}
              onDragOver={(event) => {
                event.preventDefault();
                setOver([[stage.id]]);
              }}
              onDragLeave={() => setOver("")}
              onDrop={(event) => drop(event.dataTransfer.getData("text/plain"), [[stage.id]])}
              className={cn(
                "flex w-72 shrink-0 snap-start flex-col gap-3 rounded-xl bg-muted/60 p-3 transition-shadow lg:w-auto lg:min-w-44 lg:flex-1",
                over === [[stage.id]] && "ring-2 ring-ring",
              )}
            >
              <header className="flex items-center gap-2 px-1">
                <span className={cn("size-2 rounded-full", DOTS[index % DOTS.length])} aria-hidden />
                <h2 className="text-sm font-semibold">{[[stage.id]]}</h2>
                <span className="text-xs text-muted-foreground tabular-nums">{column.length}</span>
//% if amount
                <span className="ml-auto text-xs font-medium text-muted-foreground tabular-nums">
                  {formatMoney(column.reduce((sum, [[e.one]]) => sum + [[e.one]].[[amount.id]], 0))}
                </span>
//% endif
              </header>
              <ul className="grid gap-2.5">
                {column.map(([[e.one]]) => (
                  <li key={[[e.one]].id}>
                    <[[e.type]]Tile [[e.one]]={[[e.one]]} onEdit={() => setEditing({ [[e.one]] })} />
                  </li>
                ))}
              </ul>
              {column.length === 0 && (
                <p className="rounded-lg border border-dashed py-6 text-center text-xs text-muted-foreground">
                  Drop [[e.article]] [[e.label]] here
                </p>
              )}
              <Button
                variant="ghost"
                size="sm"
                className="justify-start text-muted-foreground"
                onClick={() => setEditing({ start: { [[stage.id]] } })}
              >
                <Plus aria-hidden /> Add
              </Button>
            </section>
          );
        })}
      </div>

      {editing && <[[e.type]]Dialog {...editing} onClose={() => setEditing(null)} />}
    </div>
  );
}
