import { addMonths, eachDayOfInterval, endOfMonth, endOfWeek, format, parseISO, startOfMonth, startOfWeek } from "date-fns";
import { CalendarPlus, ChevronLeft, ChevronRight, Plus } from "lucide-react";
import { useState } from "react";

import { [[e.type]]Dialog } from "@/components/[[e.file]]-dialog";
import { [[e.type]]Day } from "@/components/[[e.file]]-day";
import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { [[e.many]], type [[e.type]], type [[e.type]]Draft } from "@/data/[[e.files]]";
import { cn } from "@/lib/cn";
import { useCollection } from "@/lib/collection";
import { formatDay, today, toDay } from "@/lib/format";
import { useShortcut } from "@/lib/use-shortcut";

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

type Editing = { [[e.one]]?: [[e.type]]; start?: Partial<[[e.type]]Draft> };

export function [[component]]() {
  const all = useCollection([[e.many]]);
  const [month, setMonth] = useState(() => startOfMonth(new Date()));
  const [day, setDay] = useState(today);
  const [editing, setEditing] = useState<Editing | null>(null);
  useShortcut("n", () => setEditing({ start: { [[date.id]]: day } }));

  const shown = eachDayOfInterval({
    start: startOfWeek(month, { weekStartsOn: 1 }),
    end: endOfWeek(endOfMonth(month), { weekStartsOn: 1 }),
  }).map(toDay);
  const onDay = (wanted: string) => all.filter(([[e.one]]) => [[e.one]].[[date.id]] === wanted);

  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader title=[[page.title | attr]] description=[[description | attr]]>
        <Button onClick={() => setEditing({ start: { [[date.id]]: day } })} title="Press N">
          <CalendarPlus aria-hidden /> [[("Add " ~ e.label) | jsx]]
        </Button>
      </PageHeader>

      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_21rem]">
        <section aria-label="Month" className="rounded-xl border bg-card p-3 shadow-xs sm:p-5">
          <div className="mb-4 flex items-center gap-1">
            <h2 className="mr-auto font-display text-lg font-semibold">{format(month, "MMMM yyyy")}</h2>
            <Button
              variant="outline"
              size="sm"
              onClick={() => {
                setMonth(startOfMonth(new Date()));
                setDay(today());
              }}
            >
              Today
            </Button>
            <Button variant="ghost" size="icon-sm" aria-label="Previous month" onClick={() => setMonth(addMonths(month, -1))}>
              <ChevronLeft aria-hidden />
            </Button>
            <Button variant="ghost" size="icon-sm" aria-label="Next month" onClick={() => setMonth(addMonths(month, 1))}>
              <ChevronRight aria-hidden />
            </Button>
          </div>
          <div className="grid grid-cols-7 gap-1 text-center text-xs font-medium text-muted-foreground">
            {WEEKDAYS.map((weekday) => (
              <span key={weekday} className="pb-1">
                {weekday}
              </span>
            ))}
          </div>
          <div className="grid grid-cols-7 gap-1">
            {shown.map((shownDay) => {
              const entries = onDay(shownDay);
              return (
                <button
                  key={shownDay}
                  type="button"
                  aria-pressed={shownDay === day}
                  aria-label={`${formatDay(shownDay, "EEEE, d MMMM")}, ${entries.length} [[e.labels]]`}
                  onClick={() => setDay(shownDay)}
                  className={cn(
                    "flex aspect-square flex-col items-center gap-1 rounded-lg p-1 text-sm tabular-nums transition-colors outline-none hover:bg-accent focus-visible:ring-2 focus-visible:ring-ring aria-pressed:bg-accent aria-pressed:ring-1 aria-pressed:ring-ring sm:aspect-auto sm:h-20 sm:items-stretch sm:p-2 sm:text-left",
                    parseISO(shownDay).getMonth() !== month.getMonth() && "text-muted-foreground",
                  )}
                >
                  <span
                    className={cn(
                      "grid size-6 place-items-center rounded-full text-xs font-medium",
                      shownDay === today() && "bg-primary text-primary-foreground",
                    )}
                  >
                    {formatDay(shownDay, "d")}
                  </span>
                  {entries.length > 0 && (
                    <>
                      <span className="size-1.5 rounded-full bg-primary sm:hidden" aria-hidden />
                      <span className="hidden truncate rounded-sm bg-primary/12 px-1.5 py-0.5 text-[11px] font-medium text-accent-foreground sm:block">
                        {entries[0]?.[[e.title.id]]}
                      </span>
                      {entries.length > 1 && (
                        <span className="hidden px-1.5 text-[11px] text-muted-foreground sm:block">
                          +{entries.length - 1} more
                        </span>
                      )}
                    </>
                  )}
                </button>
              );
            })}
          </div>
        </section>

        <[[e.type]]Day
          day={day}
          [[e.many]]={onDay(day)}
          onAdd={(start) => setEditing({ start: { [[date.id]]: day, ...start } })}
          onEdit={([[e.one]]) => setEditing({ [[e.one]] })}
        />
      </div>

      {editing && <[[e.type]]Dialog {...editing} onClose={() => setEditing(null)} />}
    </div>
  );
}
