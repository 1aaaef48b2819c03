import { Plus, SearchX, [[e.icon]] } from "lucide-react";
import { useState } from "react";

import { [[e.type]]Card } from "@/components/[[e.file]]-card";
import { [[e.type]]Dialog } from "@/components/[[e.file]]-dialog";
import { [[e.type]]Row } from "@/components/[[e.file]]-row";
import { [[e.type]]Stats } from "@/components/[[e.file]]-stats";
import { [[e.type]]Table } from "@/components/[[e.file]]-table";
import { [[e.type]]Toolbar } from "@/components/[[e.file]]-toolbar";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import type { [[e.type]] } from "@/data/[[e.files]]";
import { use[[e.type]]List } from "@/lib/use-[[e.file]]-list";
import { useShortcut } from "@/lib/use-shortcut";

export function [[component]]() {
  const list = use[[e.type]]List();
  const [editing, setEditing] = useState<[[e.type]] | "added" | null>(null);
  useShortcut("n", () => setEditing("added"));

  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader title=[[page.title | attr]] description=[[description | attr]]>
        <Button onClick={() => setEditing("added")} title="Press N">
          <Plus aria-hidden /> [[("Add " ~ e.label) | jsx]]
        </Button>
      </PageHeader>

      <[[e.type]]Stats [[e.many]]={list.all} />
      <[[e.type]]Toolbar list={list} />

      {list.visible.length > 0 ? (
//% if page.view == "cards"
        <ul className="grid grid-cols-1 gap-4 sm:grid-cols-2 xl:grid-cols-3">
          {list.visible.map(([[e.one]]) => (
            <li key={[[e.one]].id} className="grid grid-cols-1">
              <[[e.type]]Card [[e.one]]={[[e.one]]} onEdit={setEditing} />
            </li>
          ))}
        </ul>
//% elif page.view == "table"
        <[[e.type]]Table [[e.many]]={list.visible} onEdit={setEditing} />
//% else
        <ul className="divide-y overflow-hidden rounded-xl border bg-card shadow-xs">
          {list.visible.map(([[e.one]]) => (
            <[[e.type]]Row key={[[e.one]].id} [[e.one]]={[[e.one]]} onEdit={setEditing} />
          ))}
        </ul>
//% endif
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
          description=[[("Add the first one and it shows up here.") | attr]]
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
