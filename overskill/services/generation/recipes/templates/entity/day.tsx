import { Plus } from "lucide-react";

import { [[e.type]]Menu } from "@/components/[[e.file]]-menu";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { [[e.type]], [[e.type]]Draft } from "@/data/[[e.files]]";
import { formatDay, formatMoney, formatNumber } from "@/lib/format";

//% if slots
const SLOTS = ["09:00", "10:00", "11:00", "12:00", "13:00", "14:00", "15:00", "16:00", "17:00"];

//% endif
interface [[e.type]]DayProps {
  day: string;
  [[e.many]]: [[e.type]][];
  onAdd: (start: Partial<[[e.type]]Draft>) => void;
  onEdit: ([[e.one]]: [[e.type]]) => void;
}

export function [[e.type]]Day({ day, [[e.many]], onAdd, onEdit }: [[e.type]]DayProps) {
//% if slots
  const taken = new Set([[e.many]].map(([[e.one]]) => [[e.one]].[[time.id]]));
  const free = SLOTS.filter((slot) => !taken.has(slot));
//% endif

  return (
    <section aria-label={formatDay(day, "EEEE, d MMMM")} className="grid gap-3">
      <div className="flex items-baseline justify-between">
        <h2 className="font-display text-lg font-semibold">{formatDay(day, "EEEE, d MMMM")}</h2>
        <span className="text-sm text-muted-foreground">{[[e.many]].length}</span>
      </div>
//% if time
      {[[e.many]]
        .toSorted((a, b) => a.[[time.id]].localeCompare(b.[[time.id]]))
        .map(([[e.one]]) => (
//% else
      {[[e.many]].map(([[e.one]]) => (
//% endif
          <Card key={[[e.one]].id} className="flex items-start gap-3 border-l-4 border-l-primary p-3.5">
//% if time
            <span className="w-11 shrink-0 pt-0.5 text-sm font-semibold tabular-nums">{[[e.one]].[[time.id]]}</span>
//% endif
            <div className="min-w-0 flex-1">
              <p className="truncate font-medium">{[[e.one]].[[e.title.id]]}</p>
              <div className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted-foreground">
//% for f in badges
                <Badge>{[[e.one]].[[f.id]]}</Badge>
//% endfor
//% for f in facts
                {[[f.present(e.one)]] && <span>{[[f.shown(e.one)]]}</span>}
//% endfor
              </div>
            </div>
            <[[e.type]]Menu [[e.one]]={[[e.one]]} onEdit={onEdit} />
          </Card>
        ))}
//% if slots
      {free.length > 0 && (
        <div className="grid gap-2">
          <h3 className="text-xs font-medium text-muted-foreground">Free times</h3>
          <div className="grid grid-cols-3 gap-2">
            {free.map((slot) => (
              <Button key={slot} variant="outline" size="sm" onClick={() => onAdd({ [[time.id]]: slot })}>
                {slot}
              </Button>
            ))}
          </div>
        </div>
      )}
//% else
      {[[e.many]].length === 0 && (
        <p className="rounded-xl border border-dashed py-8 text-center text-sm text-muted-foreground">
          Nothing on this day.
        </p>
      )}
      <Button variant="outline" onClick={() => onAdd({})}>
        <Plus aria-hidden /> [[("Add " ~ e.label) | jsx]]
      </Button>
//% endif
    </section>
  );
}
