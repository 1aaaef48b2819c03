import { [[e.icon]] } from "lucide-react";
import { useState } from "react";

import { IdeaComposer } from "@/components/idea-composer";
import { [[e.type]]Dialog } from "@/components/[[e.file]]-dialog";
import { [[e.type]]Menu } from "@/components/[[e.file]]-menu";
import { RoundTimer } from "@/components/round-timer";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Segmented } from "@/components/ui/segmented";
import { VoteButton } from "@/components/vote-button";
import { blank[[e.type]], [[column.constant]], [[e.many]], type [[e.type]] } from "@/data/[[e.files]]";
import { useCollection } from "@/lib/collection";
import { formatMoney, formatNumber, formatRelativeDay } from "@/lib/format";
import { useVotes[% if votes_each %], VOTES_EACH[% endif %] } from "@/lib/use-votes";

const EVERY = "All";
const STATES = [EVERY, ...[[column.constant]]].map((value) => ({ value, label: value }));

/** The state's colour: the first is open, the last is done. */
function toneOf(state: string): BadgeTone {
  const place = [[column.constant]].indexOf(state);
  if (place === [[column.constant]].length - 1) return "success";
  return place > 0 ? "primary" : "neutral";
}

export function [[component]]() {
  const all = useCollection([[e.many]]);
  const { voted, vote } = useVotes();
  const [state, setState] = useState(EVERY);
  const [editing, setEditing] = useState<[[e.type]] | null>(null);
  const shown = all
    .filter((note) => state === EVERY || note.[[column.id]] === state)
    .toSorted((a, b) => b.votes - a.votes);

  return (
    <div className="mx-auto grid max-w-3xl grid-cols-1 gap-6">
      <PageHeader title=[[title | attr]] description=[[tagline | attr]]>
//% if minutes
        <RoundTimer />
//% endif
        <Segmented label=[[column.label | attr]] value={state} options={STATES} onChange={setState} />
      </PageHeader>
//% if votes_each

      <p role="status" className="text-sm text-muted-foreground">
        {VOTES_EACH - voted.length} of {VOTES_EACH} votes left
      </p>
//% endif

      <IdeaComposer
        label=[[("Add " ~ e.article ~ " " ~ e.label) | attr]]
        onAdd={(text) => {
          [[e.many]].add({ ...blank[[e.type]], [[e.title.id]]: text });
          setState(EVERY);
        }}
      />

      {shown.length === 0 && (
        <EmptyState icon={[[e.icon]]} title="Nothing here yet" description="Write the first one above." />
      )}
      <ol className="grid grid-cols-1 gap-3">
        {shown.map((note) => (
          <li key={note.id}>
            <Card className="flex items-start gap-4 p-3 pr-2">
              <VoteButton
                isLarge
                votes={note.votes}
                isMine={voted.includes(note.id)}
                about={note.[[e.title.id]]}
                onVote={() => vote(note)}
              />
              <div className="min-w-0 flex-1 py-1">
                <p className="leading-snug font-medium text-pretty">{note.[[e.title.id]]}</p>
//% for f in notes
                {note.[[f.id]] && <p className="mt-1 text-sm text-muted-foreground">{note.[[f.id]]}</p>}
//% endfor
                <p className="mt-2 flex flex-wrap gap-1.5">
                  <Badge tone={toneOf(note.[[column.id]])}>{note.[[column.id]]}</Badge>
//% for f in facts
                  {[[f.present("note")]] && <Badge tone="outline">{[[f.shown("note")]]}</Badge>}
//% endfor
                </p>
              </div>
              <[[e.type]]Menu [[e.one]]={note} onEdit={() => setEditing(note)} />
            </Card>
          </li>
        ))}
      </ol>

      {editing && <[[e.type]]Dialog [[e.one]]={editing} onClose={() => setEditing(null)} />}
    </div>
  );
}
