import { Check, Flame } from "lucide-react";

import { DueBadge } from "@/components/due-badge";
import { HeatStrip } from "@/components/heat-strip";
import { [[e.type]]Menu } from "@/components/[[e.file]]-menu";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { dueDay, [[e.many]], type [[e.type]] } from "@/data/[[e.files]]";
import { cn } from "@/lib/cn";
import { formatDay, formatMoney, formatNumber, formatRelativeDay, plural, today } from "@/lib/format";
import { currentStreak, lastDays, longestStreak, toggleDay } from "@/lib/streaks";

interface [[e.type]]RowProps {
  [[e.one]]: [[e.type]];
  onEdit: ([[e.one]]: [[e.type]]) => void;
}

export function [[e.type]]Row({ [[e.one]], onEdit }: [[e.type]]RowProps) {
  const streak = currentStreak([[e.one]].[[days.id]]);
  const isDone = [[e.one]].[[days.id]].includes(today());

  function toggle(day: string) {
    [[e.many]].update([[e.one]].id, { [[days.id]]: toggleDay([[e.one]].[[days.id]], day) });
  }

  return (
    <Card className="flex flex-col gap-4 p-4 sm:p-5">
      <div className="flex items-center gap-3 sm:gap-4">
        <button
          type="button"
          aria-pressed={isDone}
          aria-label={`${[[e.one]].[[e.title.id]]}, today`}
          onClick={() => toggle(today())}
          className="grid size-11 shrink-0 place-items-center rounded-full border-2 border-input text-transparent transition-all outline-none hover:border-primary focus-visible:ring-2 focus-visible:ring-ring focus-visible:ring-offset-2 focus-visible:ring-offset-card active:scale-95 aria-pressed:border-primary aria-pressed:bg-primary aria-pressed:text-primary-foreground"
        >
          <Check className="size-5" strokeWidth={3} aria-hidden />
        </button>
        <div className="min-w-0 flex-1">
          <h3 className="truncate font-display font-semibold">{[[e.one]].[[e.title.id]]}</h3>
          <div className="mt-0.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted-foreground">
//% for f in badges
            <Badge>{[[e.one]].[[f.id]]}</Badge>
//% endfor
//% for f in facts
            {[[f.present(e.one)]] && <span>[[f.label]] {[[f.shown(e.one)]]}</span>}
//% endfor
//% if due
            <DueBadge day={dueDay([[e.one]])} />
//% endif
            <span>Best: {plural(longestStreak([[e.one]].[[days.id]]), "day", "days")}</span>
          </div>
        </div>
        <span
          className={cn(
            "flex items-center gap-1.5 font-display text-xl font-semibold tabular-nums",
            streak > 0 ? "text-primary" : "text-muted-foreground",
          )}
          title={`${plural(streak, "day", "days")} in a row`}
        >
          <Flame className={cn("size-5", streak > 0 && "fill-primary/20")} aria-hidden />
          {streak}
          <span className="sr-only">days in a row</span>
        </span>
        <[[e.type]]Menu [[e.one]]={[[e.one]]} onEdit={onEdit} />
      </div>
      <div className="flex justify-between gap-1" role="group" aria-label="The last seven days">
        {lastDays(7).map((day) => (
          <button
            key={day}
            type="button"
            aria-pressed={[[e.one]].[[days.id]].includes(day)}
            aria-label={formatDay(day, "EEEE, d MMMM")}
            onClick={() => toggle(day)}
            className="flex flex-1 flex-col items-center gap-1 rounded-lg py-1.5 text-[11px] font-medium text-muted-foreground transition-colors outline-none hover:bg-muted focus-visible:ring-2 focus-visible:ring-ring aria-pressed:bg-primary/12 aria-pressed:text-accent-foreground"
          >
            {formatDay(day, "EEEEE")}
            <span className="text-sm tabular-nums">{formatDay(day, "d")}</span>
          </button>
        ))}
      </div>
      <HeatStrip days={[[e.one]].[[days.id]]} label={[[e.one]].[[e.title.id]]} />
    </Card>
  );
}
