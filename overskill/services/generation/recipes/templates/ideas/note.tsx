import { [[e.type]]Menu } from "@/components/[[e.file]]-menu";
import { Badge } from "@/components/ui/badge";
import { VoteButton } from "@/components/vote-button";
import type { [[e.type]] } from "@/data/[[e.files]]";
import { cn } from "@/lib/cn";
import { formatMoney, formatNumber, formatRelativeDay } from "@/lib/format";

interface [[e.type]]CardProps {
  [[e.one]]: [[e.type]];
  tint: string;
//% if has_votes
  isMine: boolean;
  onVote: () => void;
//% endif
  onEdit: () => void;
}

export function [[e.type]]Card({ [[e.one]], tint[% if has_votes %], isMine, onVote[% endif %], onEdit }: [[e.type]]CardProps) {
  return (
    <article
      draggable
      onDragStart={(event) => {
        event.dataTransfer.setData("text/plain", [[e.one]].id);
        event.dataTransfer.effectAllowed = "move";
      }}
      className={cn("grid cursor-grab gap-3 rounded-lg border p-3 pl-4 shadow-xs transition-shadow hover:shadow-md active:cursor-grabbing", tint)}
    >
      <button
        type="button"
        onClick={onEdit}
        aria-label={`Edit ${[[e.one]].[[e.title.id]]}`}
        className="rounded-sm text-left text-sm leading-snug text-pretty whitespace-pre-wrap outline-none focus-visible:ring-2 focus-visible:ring-ring"
      >
        {[[e.one]].[[e.title.id]]}
      </button>
      <div className="flex flex-wrap items-center gap-1.5">
//% for f in facts
        {[[f.present(e.one)]] && <Badge tone="outline">{[[f.shown(e.one)]]}</Badge>}
//% endfor
        <span className="ml-auto" />
        <[[e.type]]Menu [[e.one]]={[[e.one]]} onEdit={onEdit} />
//% if has_votes
        <VoteButton votes={[[e.one]].votes} isMine={isMine} about={[[e.one]].[[e.title.id]]} onVote={onVote} />
//% endif
      </div>
    </article>
  );
}
