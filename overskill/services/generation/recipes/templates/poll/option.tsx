import { CircleCheck, Trash2 } from "lucide-react";
import { toast } from "sonner";

import { Button } from "@/components/ui/button";
import { [[e.many]], type [[e.type]] } from "@/data/[[e.files]]";
import { cn } from "@/lib/cn";
import { formatMoney, formatNumber, formatPercent, formatRelativeDay, plural } from "@/lib/format";

interface PollOptionProps {
  option: [[e.type]];
  /** Of all votes, from 0 to 1. */
  share: number;
  isMine: boolean;
  isLeading: boolean;
  onVote: () => void;
}

export function PollOption({ option, share, isMine, isLeading, onVote }: PollOptionProps) {
  function remove() {
    const undo = [[e.many]].remove(option.id);
    toast(`${option.[[e.title.id]]} removed`, { action: { label: "Undo", onClick: undo } });
  }

  return (
    <li className="group flex items-center gap-1">
      <button
        type="button"
        aria-pressed={isMine}
        onClick={onVote}
        className={cn(
          "relative isolate flex min-w-0 flex-1 items-center gap-4 overflow-hidden rounded-xl border bg-card p-4 text-left shadow-xs transition-colors outline-none hover:border-primary focus-visible:ring-2 focus-visible:ring-ring",
          isMine && "border-primary ring-1 ring-primary",
        )}
      >
        <span
          aria-hidden
          className={cn(
            "absolute inset-y-0 left-0 -z-10 transition-[width] duration-500",
            isLeading ? "bg-primary/18" : "bg-primary/8",
          )}
          style={{ width: `${share * 100}%` }}
        />
        <CircleCheck
          aria-hidden
          className={cn("size-5 shrink-0", isMine ? "text-primary" : "text-muted-foreground/30")}
        />
        <span className="min-w-0 flex-1">
          <span className="block truncate font-semibold">{option.[[e.title.id]]}</span>
//% if note
          <span className="block truncate text-sm text-muted-foreground">{option.[[note.id]]}</span>
//% endif
//% if others
          <span className="mt-1 flex flex-wrap gap-x-3 text-xs text-muted-foreground">
//% for f in others
            {[[f.present("option")]] && <span>[[f.label]]: {[[f.shown("option")]]}</span>}
//% endfor
          </span>
//% endif
        </span>
        <span className="text-right tabular-nums">
          <span className="block font-display text-lg font-semibold">{formatPercent(share)}</span>
          <span className="block text-xs text-muted-foreground">{plural(option.[[votes.id]], "vote", "votes")}</span>
        </span>
      </button>
      <Button
        variant="ghost"
        size="icon-sm"
        className="text-muted-foreground sm:opacity-0 sm:transition-opacity sm:group-hover:opacity-100 sm:focus-visible:opacity-100"
        onClick={remove}
        aria-label={`Remove ${option.[[e.title.id]]}`}
      >
        <Trash2 aria-hidden />
      </Button>
    </li>
  );
}
