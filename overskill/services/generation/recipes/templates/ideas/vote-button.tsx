import { ChevronUp } from "lucide-react";

import { cn } from "@/lib/cn";
import { plural } from "@/lib/format";

interface VoteButtonProps {
  votes: number;
  isMine: boolean;
  about: string;
  isLarge?: boolean;
  onVote: () => void;
}

export function VoteButton({ votes, isMine, about, isLarge, onVote }: VoteButtonProps) {
  return (
    <button
      type="button"
      aria-pressed={isMine}
      aria-label={`Vote for ${about}, ${plural(votes, "vote", "votes")} so far`}
      onClick={onVote}
      className={cn(
        "inline-flex items-center justify-center rounded-lg border bg-card text-sm font-semibold tabular-nums transition-colors outline-none hover:border-primary hover:text-primary focus-visible:ring-2 focus-visible:ring-ring",
        isMine && "border-primary bg-primary text-primary-foreground hover:text-primary-foreground",
        isLarge ? "size-14 shrink-0 flex-col" : "h-7 gap-1 px-2",
      )}
    >
      <ChevronUp className={isLarge ? "size-5" : "size-4"} aria-hidden />
      {votes}
    </button>
  );
}
