import { Swords, Trash2 } from "lucide-react";
import { toast } from "sonner";

import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { results, type MatchResult } from "@/data/results";
import { cn } from "@/lib/cn";
import { formatRelativeDay } from "@/lib/format";

interface ResultListProps {
  matches: MatchResult[];
  names: Map<string, string>;
}

/** All matches, newest first. */
export function ResultList({ matches, names }: ResultListProps) {
  if (matches.length === 0) {
    return <EmptyState icon={Swords} title="No results yet" description="Enter the first match, and the standings begin." />;
  }

  function remove(id: string) {
    const undo = results.remove(id);
    toast("Result deleted", { action: { label: "Undo", onClick: undo } });
  }

  return (
    <ul className="divide-y overflow-hidden rounded-xl border bg-card">
      {matches.map((match) => (
        <li key={match.id} className="flex flex-wrap items-center gap-x-3 py-2 pr-2 pl-4 text-sm sm:flex-nowrap">
          <span className="w-full shrink-0 text-xs sm:w-20 text-muted-foreground">{formatRelativeDay(match.day)}</span>
          <span className="grid min-w-0 flex-1 grid-cols-[1fr_auto_1fr] items-center gap-3">
            <Side name={names.get(match.home)} hasWon={match.homeScore > match.awayScore} className="text-right" />
            <span className="font-display font-semibold tabular-nums">
              {match.homeScore} : {match.awayScore}
            </span>
            <Side name={names.get(match.away)} hasWon={match.awayScore > match.homeScore} />
          </span>
          <Button
            variant="ghost"
            size="icon-sm"
            className="text-muted-foreground"
            aria-label="Delete the result"
            onClick={() => remove(match.id)}
          >
            <Trash2 aria-hidden />
          </Button>
        </li>
      ))}
    </ul>
  );
}

interface SideProps {
  name: string | undefined;
  hasWon: boolean;
  className?: string;
}

function Side({ name, hasWon, className }: SideProps) {
  return (
    <span className={cn("truncate", hasWon ? "font-semibold" : "text-muted-foreground", className)}>
      {name ?? "No longer here"}
    </span>
  );
}
