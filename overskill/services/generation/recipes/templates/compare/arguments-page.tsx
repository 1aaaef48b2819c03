import { useState } from "react";

import { [[e.type]]Dialog } from "@/components/[[e.file]]-dialog";
import { [[e.type]]Side } from "@/components/[[e.file]]-side";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { blank[[e.type]], [[e.many]], type [[e.type]] } from "@/data/[[e.files]]";
//% if about
import { [[about.constant]] } from "@/data/[[e.files]]";
//% endif
import { useCollection } from "@/lib/collection";

export function [[component]]() {
  const [editing, setEditing] = useState<[[e.type]] | null>(null);

  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader title=[[title | attr]] description=[[tagline | attr]] />
//% if about
      <div className="grid grid-cols-1 gap-8 lg:grid-cols-2">
        {[[about.constant]].map((about) => (
          <div key={about} className="grid grid-cols-1 content-start gap-4">
            <h2 className="font-display text-xl font-semibold">{about}</h2>
            <Balance about={about} />
            <Sides about={about} onEdit={setEditing} />
          </div>
        ))}
      </div>
//% else
      <Balance />
      <Sides onEdit={setEditing} />
//% endif
      {editing && <[[e.type]]Dialog [[e.one]]={editing} onClose={() => setEditing(null)} />}
    </div>
  );
}

//% if about
function Sides({ about, onEdit }: { about: string; onEdit: (one: [[e.type]]) => void }) {
//% else
function Sides({ onEdit }: { onEdit: (one: [[e.type]]) => void }) {
//% endif
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
      {["Pro", "Con"].map((side) => (
        <[[e.type]]Side
          key={side}
          label={side === "Pro" ? "Pros" : "Cons"}
          isFor={side === "Pro"}
          start={{ ...blank[[e.type]], side, weight: 3[% if about %], [[about.id]]: about[% endif %] }}
          matches={(one) => one.side === side[% if about %] && one.[[about.id]] === about[% endif %]}
          onEdit={onEdit}
        />
      ))}
    </div>
  );
}

/** Which side is heavier, and by how much. */
//% if about
function Balance({ about }: { about: string }) {
  const all = useCollection([[e.many]]).filter((one) => one.[[about.id]] === about);
//% else
function Balance() {
  const all = useCollection([[e.many]]);
//% endif
  const weigh = (side: string) =>
    all.filter((one) => one.side === side).reduce((sum, one) => sum + one.weight, 0);
  const [pros, cons] = [weigh("Pro"), weigh("Con")];
  const share = pros + cons > 0 ? (pros / (pros + cons)) * 100 : 50;
  const heavier = pros > cons ? "The pros weigh more" : "The cons weigh more";
  const verdict = pros === cons ? "Evenly balanced" : heavier;

  return (
    <Card className="grid gap-3 p-5">
      <p role="status" className="flex items-baseline justify-between gap-4">
        <span className="font-display text-lg font-semibold">{verdict}</span>
        <span className="text-sm text-muted-foreground tabular-nums">
          {pros} for, {cons} against
        </span>
      </p>
      <div className="flex h-3 gap-0.5 overflow-hidden rounded-full bg-muted" aria-hidden>
        <span className="bg-success transition-[width]" style={{ width: `${share}%` }} />
        <span className="flex-1 bg-destructive" />
      </div>
    </Card>
  );
}
