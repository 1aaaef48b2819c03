import { Plus, SearchX, [[e.icon]] } from "lucide-react";
import { useState } from "react";

import { [[e.type]]Dialog } from "@/components/[[e.file]]-dialog";
import { [[e.type]]Row } from "@/components/[[e.file]]-row";
import { [[e.type]]Stats } from "@/components/[[e.file]]-stats";
import { [[e.type]]Toolbar } from "@/components/[[e.file]]-toolbar";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Progress } from "@/components/ui/progress";
import type { [[e.type]] } from "@/data/[[e.files]]";
import { formatDay, today } from "@/lib/format";
import { use[[e.type]]List } from "@/lib/use-[[e.file]]-list";
import { useShortcut } from "@/lib/use-shortcut";

export function [[component]]() {
  const list = use[[e.type]]List();
  const [editing, setEditing] = useState<[[e.type]] | "added" | null>(null);
  useShortcut("n", () => setEditing("added"));

  const done = list.all.filter(([[e.one]]) => [[e.one]].[[days.id]].includes(today())).length;

  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader title=[[page.title | attr]] description={formatDay(today(), "EEEE, d MMMM")}>
        <Button onClick={() => setEditing("added")} title="Press N">
          <Plus aria-hidden /> [[("Add " ~ e.label) | jsx]]
        </Button>
      </PageHeader>

      <div className="grid gap-2">
        <div className="flex justify-between text-sm">
          <span className="font-medium">
            {done} of {list.all.length} done today
          </span>
          <span className="text-muted-foreground">
            {done === list.all.length && done > 0 ? "All done. See you tomorrow!" : ""}
          </span>
        </div>
        <Progress
          value={list.all.length > 0 ? (done / list.all.length) * 100 : 0}
          label="Done today"
        />
      </div>

      <[[e.type]]Stats [[e.many]]={list.all} />
      <[[e.type]]Toolbar list={list} />

      {list.visible.length > 0 ? (
        <ul className="grid grid-cols-1 gap-4 lg:grid-cols-2">
          {list.visible.map(([[e.one]]) => (
            <li key={[[e.one]].id}>
              <[[e.type]]Row [[e.one]]={[[e.one]]} onEdit={setEditing} />
            </li>
          ))}
        </ul>
      ) : list.isNarrowed ? (
        <EmptyState
          icon={SearchX}
          title="Nothing matches"
          description="Try other words, or clear the filters."
        />
      ) : (
        <EmptyState
          icon={[[e.icon]]}
          title=[[("No " ~ e.labels ~ " yet") | attr]]
          description="Begin with one that takes two minutes."
        >
          <Button onClick={() => setEditing("added")}>
            <Plus aria-hidden /> [[("Add " ~ e.label) | jsx]]
          </Button>
        </EmptyState>
      )}

      {editing && (
        <[[e.type]]Dialog
          [[e.one]]={editing === "added" ? undefined : editing}
          onClose={() => setEditing(null)}
        />
      )}
    </div>
  );
}
