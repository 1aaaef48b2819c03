import { Plus, [[e.icon]] } from "lucide-react";
import { useState } from "react";

import { MuteButton } from "@/components/mute-button";
import { [[e.type]]Card } from "@/components/[[e.file]]-card";
import { [[e.type]]Dialog } from "@/components/[[e.file]]-dialog";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { [[e.many]], type [[e.type]] } from "@/data/[[e.files]]";
import { useCollection } from "@/lib/collection";
import { change, going, still, toggled } from "@/lib/side-by-side";
import { useStore } from "@/lib/storage";
import { useKey } from "@/lib/use-key";

export function [[component]]() {
  const all = useCollection([[e.many]]);
  const [states] = useStore(going);
  const [editing, setEditing] = useState<[[e.type]] | "added" | null>(null);
  const running = all.find(({ id }) => (states[id] ?? still).startedAt > 0);
//% if in_turn
  useKey(" ", () => {
    const one = running ?? all[0];
    if (one) toggle(one);
  });

  /** Who has moved stops, and the next one's time begins. */
  function toggle(one: [[e.type]]) {
    if (running) change(running.id, toggled);
    const next = running?.id === one.id ? all[(all.indexOf(one) + 1) % all.length] : one;
    if (next && next.id !== running?.id) change(next.id, toggled);
  }
//% else
  useKey(" ", () => {
    const one = running ?? all[0];
    if (one) change(one.id, toggled);
  });
//% endif

  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader title=[[page.title | attr]] description=[[tagline | attr]]>
        <MuteButton />
        <Button onClick={() => setEditing("added")}>
          <Plus aria-hidden /> [[("Add " ~ e.label) | jsx]]
        </Button>
      </PageHeader>
      {all.length > 0 ? (
        <ul className="grid grid-cols-1 gap-4 sm:grid-cols-2[[ "" if in_turn else " xl:grid-cols-3" ]]">
          {all.map(([[e.one]]) => (
            <li key={[[e.one]].id} className="grid grid-cols-1">
              <[[e.type]]Card
                [[e.one]]={[[e.one]]}
                going={[[ "states[" ~ e.one ~ ".id]" ]] ?? still}
//% if in_turn
                onToggle={() => toggle([[e.one]])}
//% else
                onToggle={() => change([[e.one]].id, toggled)}
//% endif
                onEdit={setEditing}
              />
            </li>
          ))}
        </ul>
      ) : (
        <EmptyState icon={[[e.icon]]} title=[[("No " ~ e.labels ~ " yet") | attr]] description="Add one, with a name and its minutes.">
          <Button onClick={() => setEditing("added")}>
            <Plus aria-hidden /> [[("Add " ~ e.label) | jsx]]
          </Button>
        </EmptyState>
      )}
      {editing && (
        <[[e.type]]Dialog [[e.one]]={editing === "added" ? undefined : editing} onClose={() => setEditing(null)} />
      )}
    </div>
  );
}
