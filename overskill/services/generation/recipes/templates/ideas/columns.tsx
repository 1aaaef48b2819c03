import { ArrowUpNarrowWide, Copy, History } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";

import { IdeaComposer } from "@/components/idea-composer";
import { [[e.type]]Card } from "@/components/[[e.file]]-card";
import { [[e.type]]Dialog } from "@/components/[[e.file]]-dialog";
import { RoundTimer } from "@/components/round-timer";
import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { Segmented } from "@/components/ui/segmented";
import { blank[[e.type]], [[column.constant]], [[e.many]], type [[e.type]] } from "@/data/[[e.files]]";
import { cn } from "@/lib/cn";
import { useCollection } from "@/lib/collection";
import { createStore, useStore } from "@/lib/storage";
import { useVotes[% if votes_each %], VOTES_EACH[% endif %] } from "@/lib/use-votes";

// Written out so that the stylesheet has them.
const TINTS = [
  { dot: "bg-chart-5", note: "border-l-4 border-l-chart-5 bg-chart-5/8" },
  { dot: "bg-chart-4", note: "border-l-4 border-l-chart-4 bg-chart-4/8" },
  { dot: "bg-chart-3", note: "border-l-4 border-l-chart-3 bg-chart-3/8" },
  { dot: "bg-chart-2", note: "border-l-4 border-l-chart-2 bg-chart-2/8" },
  { dot: "bg-chart-1", note: "border-l-4 border-l-chart-1 bg-chart-1/8" },
];
//% if has_votes
const SORTS = [
  { value: "newest", label: "Newest", icon: History },
  { value: "votes", label: "Most votes", icon: ArrowUpNarrowWide },
] as const;
const sortStore = createStore<"newest" | "votes">("sort", "newest");
//% endif

export function [[component]]() {
  const all = useCollection([[e.many]]);
//% if has_votes
  const { voted, vote } = useVotes();
  const [sort, setSort] = useStore(sortStore);
//% endif
  const [editing, setEditing] = useState<[[e.type]] | null>(null);
  const [over, setOver] = useState("");

  function notesIn([[column.id]]: string): [[e.type]][] {
    const found = all.filter((note) => note.[[column.id]] === [[column.id]]);
//% if has_votes
    return sort === "votes" ? found.toSorted((a, b) => b.votes - a.votes) : found;
//% else
    return found;
//% endif
  }

  async function copy() {
    const text = [[column.constant]]
      .map((name) => {
        const lines = notesIn(name).map((note) => `- ${note.[[e.title.id]]}[% if has_votes %] (${note.votes})[% endif %]`);
        return [`## ${name}`, ...lines].join("\n");
      })
      .join("\n\n");
    try {
      await navigator.clipboard.writeText(text);
      toast.success("Copied, ready to paste");
    } catch {
      toast.error("The browser does not allow copying here.");
    }
  }

  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader title=[[title | attr]] description=[[tagline | attr]]>
//% if minutes
        <RoundTimer />
//% endif
//% if has_votes
        <Segmented label="Order" value={sort} options={SORTS} onChange={setSort} />
//% endif
        <Button variant="outline" onClick={copy}>
          <Copy aria-hidden /> Copy
        </Button>
      </PageHeader>
//% if votes_each

      <p role="status" className="text-sm text-muted-foreground">
        {VOTES_EACH - voted.length} of {VOTES_EACH} votes left
      </p>
//% endif

      <div className="grid grid-cols-1 items-stretch gap-4 sm:grid-cols-2 [[grid]]">
        {[[column.constant]].map(([[column.id]], index) => {
          const tint = TINTS[index % TINTS.length];
          const notes = notesIn([[column.id]]);
          return (
            <section
              key={[[column.id]]}
              aria-label={[[column.id]]}
              onDragOver={(event) => {
                event.preventDefault();
                setOver([[column.id]]);
              }}
              onDragLeave={() => setOver("")}
              onDrop={(event) => {
                [[e.many]].update(event.dataTransfer.getData("text/plain"), { [[column.id]] });
                setOver("");
              }}
              className={cn(
                "flex flex-col gap-3 rounded-xl bg-muted/60 p-3 transition-shadow",
                over === [[column.id]] && "ring-2 ring-ring",
              )}
            >
              <header className="flex items-center gap-2 px-1">
                <span className={cn("size-2.5 rounded-full", tint?.dot)} aria-hidden />
                <h2 className="font-display text-sm font-semibold">{[[column.id]]}</h2>
                <span className="text-xs text-muted-foreground tabular-nums">{notes.length}</span>
              </header>
              <IdeaComposer
                label={`Add to ${[[column.id]]}`}
                onAdd={(text) => [[e.many]].add({ ...blank[[e.type]], [[e.title.id]]: text, [[column.id]] })}
              />
              <ul className="grid grid-cols-1 gap-2.5">
                {notes.map((note) => (
                  <li key={note.id}>
                    <[[e.type]]Card
                      [[e.one]]={note}
                      tint={tint?.note ?? ""}
//% if has_votes
                      isMine={voted.includes(note.id)}
                      onVote={() => vote(note)}
//% endif
                      onEdit={() => setEditing(note)}
                    />
                  </li>
                ))}
              </ul>
              {notes.length === 0 && (
                <p className="rounded-lg border border-dashed py-6 text-center text-xs text-muted-foreground">
                  Nothing here yet
                </p>
              )}
            </section>
          );
        })}
      </div>

      {editing && <[[e.type]]Dialog [[e.one]]={editing} onClose={() => setEditing(null)} />}
    </div>
  );
}
