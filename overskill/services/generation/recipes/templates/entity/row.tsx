import { DueBadge } from "@/components/due-badge";
import { [[e.type]]Menu } from "@/components/[[e.file]]-menu";
import { Rating } from "@/components/rating";
import { Badge } from "@/components/ui/badge";
import { Checkbox } from "@/components/ui/checkbox";
import { dueDay, [[e.many]], type [[e.type]] } from "@/data/[[e.files]]";
import { cn } from "@/lib/cn";
import { formatMoney, formatNumber, formatRelativeDay } from "@/lib/format";

interface [[e.type]]RowProps {
  [[e.one]]: [[e.type]];
  onEdit: ([[e.one]]: [[e.type]]) => void;
}

export function [[e.type]]Row({ [[e.one]], onEdit }: [[e.type]]RowProps) {
  return (
    <li className="flex items-center gap-3 px-4 py-3 transition-colors hover:bg-muted/40 sm:px-5">
      <Checkbox
        checked={[[e.one]].[[done.id]]}
        onCheckedChange={(checked) => [[e.many]].update([[e.one]].id, { [[done.id]]: checked === true })}
        aria-label={`[[done.label]]: ${[[e.one]].[[e.title.id]]}`}
      />
      <div className="min-w-0 flex-1">
        <button
          type="button"
          onClick={() => onEdit([[e.one]])}
          className={cn(
            "block max-w-full truncate rounded-sm text-left font-medium outline-none focus-visible:ring-2 focus-visible:ring-ring",
            [[e.one]].[[done.id]] && "text-muted-foreground line-through",
          )}
        >
          {[[e.one]].[[e.title.id]]}
        </button>
        <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-muted-foreground">
//% for f in badges
          <Badge[% if loop.first %] tone="primary"[% endif %]>{[[e.one]].[[f.id]]}</Badge>
//% endfor
//% for f in ratings
          {[[e.one]].[[f.id]] > 0 && <Rating label=[[f.label | attr]] value={[[e.one]].[[f.id]]} />}
//% endfor
//% for f in facts
          {[[f.present(e.one)]] && <span>[% if f.type == "date" %][[f.label]] {[[f.shown(e.one)]].toLowerCase()}[% elif f.type in ("text", "money", "time") or f.unit %]{[[f.shown(e.one)]]}[% else %][[f.label]] {[[f.shown(e.one)]]}[% endif %]</span>}
//% endfor
//% for f in notes
          {[[e.one]].[[f.id]] && <span className="hidden max-w-64 truncate sm:inline">{[[e.one]].[[f.id]]}</span>}
//% endfor
        </div>
      </div>
//% if due
      <DueBadge day={dueDay([[e.one]])} />
//% endif
      <[[e.type]]Menu [[e.one]]={[[e.one]]} onEdit={onEdit} />
    </li>
  );
}
