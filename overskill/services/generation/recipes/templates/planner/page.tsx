import { CopyPlus, Printer, RotateCcw } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";

import { [[e.type]]Dialog } from "@/components/[[e.file]]-dialog";
import { [[e.type]]Item, type Direction } from "@/components/[[e.file]]-item";
import { PlanCell } from "@/components/plan-cell";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { WeekSwitcher } from "@/components/week-switcher";
import { blank[[e.type]], [[e.many]], [% if slot %][[slot.constant]], [% endif %]type [[e.type]] } from "@/data/[[e.files]]";
import { cn } from "@/lib/cn";
import { useCollection } from "@/lib/collection";
import { plural } from "@/lib/format";
import { daysOfWeek[% if dated %], weekBefore[% endif %] } from "@/lib/week";

export function [[component]]() {
  const planned = useCollection([[e.many]]);
//% if dated
  const [week, setWeek] = useState(0);
//% endif
  const [editing, setEditing] = useState<[[e.type]]>();
  const [movedId, setMovedId] = useState("");

  const days = daysOfWeek([% if dated %]week[% endif %]);
  const ideas = [...new Set(planned.map(([[e.one]]) => [[e.one]].[[e.title.id]]))].toSorted();

//% if slot
  function cell(day: string, slot: string): [[e.type]][] {
    return planned.filter(([[e.one]]) => [[e.one]].[[day.id]] === day && [[e.one]].[[slot.id]] === slot);
  }
//% else
  function cell(day: string): [[e.type]][] {
    return planned.filter(([[e.one]]) => [[e.one]].[[day.id]] === day);
  }
//% endif

  function move([[e.one]]: [[e.type]], direction: Direction) {
    const day = days.findIndex(({ key }) => key === [[e.one]].[[day.id]]);
    const nextDay = days[day + (direction === "left" ? -1 : direction === "right" ? 1 : 0)];
//% if slot
    const slot = [[slot.constant]].indexOf([[e.one]].[[slot.id]]);
    const nextSlot = [[slot.constant]][slot + (direction === "up" ? -1 : direction === "down" ? 1 : 0)];
    if (!nextDay || nextSlot === undefined) return;
    [[e.many]].update([[e.one]].id, { [[day.id]]: nextDay.key, [[slot.id]]: nextSlot });
//% else
    if (!nextDay) return;
    [[e.many]].update([[e.one]].id, { [[day.id]]: nextDay.key });
//% endif
    setMovedId([[e.one]].id);
  }
//% if dated

  function copyLastWeek() {
    const added = days.flatMap(({ key }) => {
      const before = planned.filter(([[e.one]]) => [[e.one]].[[day.id]] === weekBefore(key));
      return before
        .filter(([% if slot %][[e.one]][% endif %]) => cell(key[% if slot %], [[e.one]].[[slot.id]][% endif %]).length === 0)
        .map(([[e.one]]) => [[e.many]].add({ ...[[e.one]], [[day.id]]: key[% if done %], [[done.id]]: false[% endif %] }));
    });
    if (added.length === 0) {
      toast("Nothing to copy: last week is empty, or this week is full already.");
      return;
    }
    const undo = () => added.forEach(({ id }) => [[e.many]].remove(id));
    toast.success(`${plural(added.length, [[e.label | ts]], [[e.labels | ts]])} copied`, {
      action: { label: "Undo", onClick: undo },
    });
  }
//% elif done

  function beginAgain() {
    const ticked = planned.filter(([[e.one]]) => [[e.one]].[[done.id]]);
    ticked.forEach(({ id }) => [[e.many]].update(id, { [[done.id]]: false }));
    const undo = () => ticked.forEach(({ id }) => [[e.many]].update(id, { [[done.id]]: true }));
    toast("Nothing is ticked any more", { action: { label: "Undo", onClick: undo } });
  }
//% endif

  return (
    <div className="@container grid grid-cols-1 gap-6">
      <style>{"@page { size: landscape; margin: 12mm }"}</style>
      <PageHeader title=[[title | attr]] description=[[tagline | attr]]>
        <div className="flex flex-wrap items-center gap-2 print:hidden">
//% if dated
          <WeekSwitcher week={week} onChange={setWeek} />
          <Button variant="outline" onClick={copyLastWeek}>
            <CopyPlus aria-hidden /> Copy last week
          </Button>
//% elif done
          <Button variant="outline" disabled={!planned.some(([[e.one]]) => [[e.one]].[[done.id]])} onClick={beginAgain}>
            <RotateCcw aria-hidden /> Begin the week again
          </Button>
//% endif
          <Button variant="outline" size="icon" aria-label="Print" onClick={() => window.print()}>
            <Printer aria-hidden />
          </Button>
        </div>
      </PageHeader>

      <datalist id="[[e.files]]-ideas">
        {ideas.map((idea) => (
          <option key={idea} value={idea} />
        ))}
      </datalist>
//% set head = "5.5rem_" if slot else ""
      <div className="grid grid-cols-1 gap-3 @4xl:grid-cols-[[ "[" ~ head ~ "repeat(" ~ count ~ ",minmax(0,1fr))]" ]] @4xl:grid-rows-[auto_[% if slot %]repeat([[slot.options | length]],auto)[% else %]auto[% endif %]] @4xl:gap-x-2 @4xl:gap-y-0">
//% if slot
        <div aria-hidden className="hidden @4xl:row-span-[[span]] @4xl:grid @4xl:grid-rows-subgrid">
          <span />
          {[[slot.constant]].map((slot) => (
            <p key={slot} className="border-t py-3 pr-2 text-xs font-medium break-words text-muted-foreground">
              {slot}
            </p>
          ))}
        </div>
//% endif
        {days.map((day) => (
          <section
            key={day.key}
            aria-label={day.name}
            className={cn(
              "rounded-xl border bg-card p-3 shadow-xs @4xl:row-span-[[span]] @4xl:grid @4xl:grid-rows-subgrid @4xl:p-2 @4xl:pt-0 print:break-inside-avoid print:shadow-none",
              day.isToday && "border-primary ring-1 ring-primary",
            )}
          >
            <h2 className="flex flex-wrap items-baseline gap-x-2 pb-2 font-display font-semibold @4xl:px-1 @4xl:pt-2.5">
              <span className={cn(day.isToday && "text-primary")}>
                {day.name.slice(0, 3)}
                <span className="@4xl:sr-only">{day.name.slice(3)}</span>
              </span>
//% if dated
              <span className="text-xs font-normal text-muted-foreground">{day.date}</span>
//% endif
              {day.isToday && <Badge tone="primary" className="ml-auto @4xl:hidden">Today</Badge>}
            </h2>
//% if slot
            {[[slot.constant]].map((slot) => (
              <div
                key={slot}
                className="grid grid-cols-[5rem_minmax(0,1fr)] gap-2 border-t py-1.5 @4xl:grid-cols-1"
              >
                <p className="pt-2 text-xs font-medium break-words text-muted-foreground @4xl:hidden">{slot}</p>
                <PlanCell
                  label={`${day.name}, ${slot}`}
                  ideas="[[e.files]]-ideas"
                  isEmpty={cell(day.key, slot).length === 0}
                  onAdd={(text) =>
                    [[e.many]].add({ ...blank[[e.type]], [[e.title.id]]: text, [[day.id]]: day.key, [[slot.id]]: slot })
                  }
                  onDropped={(id) => [[e.many]].update(id, { [[day.id]]: day.key, [[slot.id]]: slot })}
                >
                  {cell(day.key, slot).map(([[e.one]]) => (
                    <[[e.type]]Item
                      key={[[e.one]].id}
                      [[e.one]]={[[e.one]]}
                      isMoved={[[e.one]].id === movedId}
                      onEdit={() => setEditing([[e.one]])}
                      onMove={(direction) => move([[e.one]], direction)}
                    />
                  ))}
                </PlanCell>
              </div>
            ))}
//% else
            <div className="border-t py-1.5">
              <PlanCell
                label={day.name}
                ideas="[[e.files]]-ideas"
                isEmpty={cell(day.key).length === 0}
                onAdd={(text) => [[e.many]].add({ ...blank[[e.type]], [[e.title.id]]: text, [[day.id]]: day.key })}
                onDropped={(id) => [[e.many]].update(id, { [[day.id]]: day.key })}
              >
                {cell(day.key).map(([[e.one]]) => (
                  <[[e.type]]Item
                    key={[[e.one]].id}
                    [[e.one]]={[[e.one]]}
                    isMoved={[[e.one]].id === movedId}
                    onEdit={() => setEditing([[e.one]])}
                    onMove={(direction) => move([[e.one]], direction)}
                  />
                ))}
              </PlanCell>
            </div>
//% endif
          </section>
        ))}
      </div>
      <p className="text-xs text-muted-foreground print:hidden">
        Click a cell to write, drag to move; or choose something and press Alt with an arrow key.
      </p>

      {editing && (
        <[[e.type]]Dialog [[e.one]]={editing} onClose={() => setEditing(undefined)} />
      )}
    </div>
  );
}
