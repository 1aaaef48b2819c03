import { Pin, Plus, Search, [[e.icon]] } from "lucide-react";
import { useState } from "react";

import { [[e.type]]Editor } from "@/components/[[e.file]]-editor";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Input } from "@/components/ui/input";
import { PageHeader } from "@/components/ui/page-header";
import { Segmented } from "@/components/ui/segmented";
import { blank[[e.type]], [[e.many]] } from "@/data/[[e.files]]";
//% if tag
import { [[tag.constant]] } from "@/data/[[e.files]]";
//% endif
import { cn } from "@/lib/cn";
import { useCollection } from "@/lib/collection";
import { formatRelativeDay, today } from "@/lib/format";
import { useShortcut } from "@/lib/use-shortcut";

export function [[component]]() {
  const all = useCollection([[e.many]]);
  const [query, setQuery] = useState("");
//% if tag
  const [tag, setTag] = useState("");
//% endif
  const [openId, setOpenId] = useState<string | undefined>(() => all[0]?.id);
  const [isReading, setIsReading] = useState(false); // on a phone: the list, or the note
  useShortcut("n", add);

  const text = query.trim().toLowerCase();
  const visible = all
//% if tag
    .filter((one) => !tag || one.[[tag.id]] === tag)
//% endif
    .filter((one) => !text || [[searched]].join(" ").toLowerCase().includes(text))
    .toSorted((a, b) => [% if pinned %]Number(b.[[pinned.id]]) - Number(a.[[pinned.id]]) || [% endif %]b.[[updated.id]].localeCompare(a.[[updated.id]]));
  const open = all.find((one) => one.id === openId);

  function show(id: string) {
    setOpenId(id);
    setIsReading(true);
  }

  function add() {
    const added = [[e.many]].add({ ...blank[[e.type]], [[updated.id]]: today()[% if tag %], [[tag.id]]: tag || blank[[e.type]].[[tag.id]][% endif %] });
    setQuery("");
    show(added.id);
  }

  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader title=[[page.title | attr]] description=[[description | attr]]>
        <Button onClick={add} title="Press N">
          <Plus aria-hidden /> [[("New " ~ e.label) | jsx]]
        </Button>
      </PageHeader>

      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[20rem_minmax(0,1fr)]">
        <section aria-label=[[e.labels | sentence | attr]] className={cn("grid gap-3", isReading && "hidden lg:grid")}>
          <div className="relative">
            <Search
              aria-hidden
              className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted-foreground"
            />
            <Input
              type="search"
              aria-label=[[("Search " ~ e.labels) | attr]]
              placeholder=[[("Search " ~ e.labels ~ "…") | attr]]
              value={query}
              onChange={(event) => setQuery(event.target.value)}
              className="pl-9"
            />
          </div>
//% if tag
          <Segmented
            label=[[tag.label | attr]]
            value={tag}
            onChange={setTag}
            options={[
              { value: "", label: "All" },
              ...[[tag.constant]].map((option) => ({ value: option, label: option })),
            ]}
          />
//% endif
          <ul className="grid gap-2">
            {visible.map((one) => (
              <li key={one.id}>
                <button
                  type="button"
                  aria-current={one.id === openId}
                  onClick={() => show(one.id)}
                  className="grid w-full gap-1 rounded-xl border bg-card p-3.5 text-left shadow-xs transition-colors outline-none hover:border-ring/60 focus-visible:ring-2 focus-visible:ring-ring aria-[current=true]:border-primary aria-[current=true]:bg-accent"
                >
                  <span className="flex items-center gap-2">
                    <span className="truncate font-medium">{one.[[e.title.id]] || "Untitled"}</span>
//% if pinned
                    {one.[[pinned.id]] && (
                      <Pin className="ml-auto size-3.5 shrink-0 text-primary" aria-label="Pinned" />
                    )}
//% endif
                  </span>
                  <span className="line-clamp-2 text-sm text-muted-foreground">{one.[[body.id]] || "No text yet"}</span>
                  <span className="mt-1 flex items-center gap-2 text-xs text-muted-foreground">
//% if tag
                    <Badge>{one.[[tag.id]]}</Badge>
//% endif
                    {formatRelativeDay(one.[[updated.id]])}
                  </span>
                </button>
              </li>
            ))}
          </ul>
          {visible.length === 0 && (
            <EmptyState icon={[[e.icon]]} title="Nothing here" description="Try other words, or write something." />
          )}
        </section>

        <section aria-label=[[e.label | sentence | attr]] className={cn(!isReading && "hidden lg:block")}>
          {open ? (
            <[[e.type]]Editor key={open.id} [[e.one]]={open} onBack={() => setIsReading(false)} />
          ) : (
            <EmptyState icon={[[e.icon]]} title=[[("Pick " ~ e.article ~ " " ~ e.label ~ ", or write one") | attr]] />
          )}
        </section>
      </div>
    </div>
  );
}
