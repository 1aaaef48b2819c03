import { [[icons]] } from "lucide-react";
import { toast } from "sonner";

import { DueBadge } from "@/components/due-badge";
import { [[e.type]]Menu } from "@/components/[[e.file]]-menu";
import { Rating } from "@/components/rating";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { dueDay, [[e.many]], type [[e.type]] } from "@/data/[[e.files]]";
import { formatMoney, formatNumber, formatRelativeDay, today } from "@/lib/format";

interface [[e.type]]CardProps {
  [[e.one]]: [[e.type]];
  onEdit: ([[e.one]]: [[e.type]]) => void;
}

export function [[e.type]]Card({ [[e.one]], onEdit }: [[e.type]]CardProps) {
//% if action
  function [[action.verb]]() {
    const previous = [[e.one]].[[action.sets]];
    [[e.many]].update([[e.one]].id, { [[action.sets]]: today() });
    toast.success(`${[[e.one]].[[e.title.id]]}: [[action.done_text]]`, {
      action: {
        label: "Undo",
        onClick: () => [[e.many]].update([[e.one]].id, { [[action.sets]]: previous }),
      },
    });
  }

//% endif
  return (
    <Card className="flex flex-col transition-shadow hover:shadow-md">
      <div className="flex items-[% if subtitle %]start[% else %]center[% endif %] gap-3 p-4 pb-3 sm:p-5 sm:pb-3">
        <span className="grid size-11 shrink-0 place-items-center rounded-xl bg-accent text-accent-foreground">
          <[[e.icon]] className="size-5" aria-hidden />
        </span>
        <div className="min-w-0 flex-1">
          <h3 className="font-display leading-snug font-semibold">
            <button
              type="button"
              className="block max-w-full truncate rounded-sm text-left underline-offset-4 outline-none hover:underline focus-visible:ring-2 focus-visible:ring-ring"
              onClick={() => onEdit([[e.one]])}
            >
              {[[e.one]].[[e.title.id]]}
            </button>
          </h3>
//% if subtitle
          <p className="truncate text-sm text-muted-foreground">{[[e.one]].[[subtitle.id]]}</p>
//% endif
        </div>
        <[[e.type]]Menu [[e.one]]={[[e.one]]} onEdit={onEdit} />
      </div>
      <div className="flex flex-1 flex-col gap-3 px-4 pb-4 sm:px-5">
//% if badges or flags
        <div className="flex flex-wrap gap-1.5">
//% for f in badges
          <Badge[% if loop.first %] tone="primary"[% endif %]>{[[e.one]].[[f.id]]}</Badge>
//% endfor
//% for f in flags
          {[[e.one]].[[f.id]] && <Badge tone="success">[[f.label | jsx]]</Badge>}
//% endfor
        </div>
//% endif
//% for f in ratings
        <Rating label=[[f.label | attr]] value={[[e.one]].[[f.id]]} />
//% endfor
//% if facts
        <dl className="grid grid-cols-2 gap-x-4 gap-y-2 text-sm">
//% for f in facts
          {[[f.present(e.one)]] && (
            <div className="min-w-0">
              <dt className="truncate text-xs text-muted-foreground">[[f.label | jsx]]</dt>
              <dd className="truncate font-medium tabular-nums">{[[f.shown(e.one)]]}</dd>
            </div>
          )}
//% endfor
        </dl>
//% endif
//% for f in notes
        {[[e.one]].[[f.id]] && (
          <p className="line-clamp-2 text-sm text-pretty text-muted-foreground">{[[e.one]].[[f.id]]}</p>
        )}
//% endfor
//% if links
        <div className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
//% for f in links
          {[[e.one]].[[f.id]] && (
            <a
              className="inline-flex min-w-0 items-center gap-1.5 text-primary underline-offset-4 hover:underline"
//% if f.type == "email"
              href={`mailto:${[[e.one]].[[f.id]]}`}
//% elif f.type == "phone"
              href={`tel:${[[e.one]].[[f.id]]}`}
//% else
              href={[[e.one]].[[f.id]]}
              target="_blank"
              rel="noreferrer"
//% endif
            >
//% if f.type == "email"
              <Mail className="size-3.5 shrink-0" aria-hidden />
              <span className="truncate">{[[e.one]].[[f.id]]}</span>
//% elif f.type == "phone"
              <Phone className="size-3.5 shrink-0" aria-hidden />
              <span className="truncate">{[[e.one]].[[f.id]]}</span>
//% else
              <ExternalLink className="size-3.5 shrink-0" aria-hidden />
              <span className="truncate">[[f.label | jsx]]</span>
//% endif
            </a>
          )}
//% endfor
        </div>
//% endif
//% if due and not action
        {dueDay([[e.one]]) && (
          <div className="mt-auto border-t pt-3">
            <DueBadge day={dueDay([[e.one]])} />
          </div>
        )}
//% elif action
        <div className="mt-auto flex min-h-9 items-center justify-between gap-2 border-t pt-3">
//% if due
          <DueBadge day={dueDay([[e.one]])} />
//% else
          <span className="text-xs text-muted-foreground">
            {[[e.one]].[[action.sets]] ? formatRelativeDay([[e.one]].[[action.sets]]) : "Not yet"}
          </span>
//% endif
          <Button size="sm" variant="secondary" onClick={[[action.verb]]}>
            <[[action.icon]] aria-hidden /> [[action.label | jsx]]
          </Button>
        </div>
//% endif
      </div>
    </Card>
  );
}
