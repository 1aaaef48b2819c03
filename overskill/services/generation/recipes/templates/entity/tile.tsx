import { DueBadge } from "@/components/due-badge";
import { [[e.type]]Menu } from "@/components/[[e.file]]-menu";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { dueDay, type [[e.type]] } from "@/data/[[e.files]]";
import { formatMoney, formatNumber, formatRelativeDay } from "@/lib/format";

interface [[e.type]]TileProps {
  [[e.one]]: [[e.type]];
  onEdit: () => void;
}

export function [[e.type]]Tile({ [[e.one]], onEdit }: [[e.type]]TileProps) {
  return (
    <Card
      draggable
      onDragStart={(event) => {
        event.dataTransfer.setData("text/plain", [[e.one]].id);
        event.dataTransfer.effectAllowed = "move";
      }}
      className="grid cursor-grab gap-2.5 p-3.5 transition-shadow hover:shadow-md active:cursor-grabbing"
    >
      <div className="flex items-start gap-1">
        <button
          type="button"
          onClick={onEdit}
          className="min-w-0 flex-1 rounded-sm text-left text-sm leading-snug font-medium text-pretty outline-none focus-visible:ring-2 focus-visible:ring-ring"
        >
          {[[e.one]].[[e.title.id]]}
//% if subtitle
          <span className="mt-0.5 block text-xs font-normal text-muted-foreground">
            {[[e.one]].[[subtitle.id]]}
          </span>
//% endif
        </button>
        <div className="-mt-1.5 -mr-1.5">
          <[[e.type]]Menu [[e.one]]={[[e.one]]} onEdit={onEdit} />
        </div>
      </div>
//% for f in notes
      {[[e.one]].[[f.id]] && (
        <p className="line-clamp-2 text-xs text-muted-foreground">{[[e.one]].[[f.id]]}</p>
      )}
//% endfor
//% if badges or due or amount or owner or facts
      <div className="flex flex-wrap items-center gap-1.5">
//% for f in badges
        <Badge>{[[e.one]].[[f.id]]}</Badge>
//% endfor
//% for f in facts
        {[[f.present(e.one)]] && <Badge tone="outline">{[[f.shown(e.one)]]}</Badge>}
//% endfor
//% if due
        <DueBadge day={dueDay([[e.one]])} />
//% endif
//% if amount
        <span className="ml-auto text-xs font-semibold tabular-nums">{[[amount.shown(e.one)]]}</span>
//% endif
//% if owner
        <span className="ml-auto" title={[[e.one]].[[owner.id]]}>
          <Avatar name={[[e.one]].[[owner.id]]} className="size-6 text-[10px]" />
        </span>
//% endif
      </div>
//% endif
    </Card>
  );
}
