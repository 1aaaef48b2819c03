import { Trash2 } from "lucide-react";
import { toast } from "sonner";

import { Button } from "@/components/ui/button";
import { games, type FinishedGame } from "@/data/points";
import { formatRelativeDay } from "@/lib/format";

/** Games that were finished, each with a bar for everyone. */
export function GameHistory({ finished }: { finished: FinishedGame[] }) {
  function remove(id: string) {
    const undo = games.remove(id);
    toast("Game deleted", { action: { label: "Undo", onClick: undo } });
  }

  return (
    <ul className="grid grid-cols-1 gap-3 sm:grid-cols-2">
      {finished.map((game) => (
        <li key={game.id} className="rounded-xl border bg-card p-4">
          <div className="flex items-center justify-between gap-2">
            <span className="text-xs text-muted-foreground">{formatRelativeDay(game.day)}</span>
            <Button
              variant="ghost"
              size="icon-sm"
              className="text-muted-foreground"
              aria-label="Delete the game"
              onClick={() => remove(game.id)}
            >
              <Trash2 aria-hidden />
            </Button>
          </div>
          <ul className="grid gap-2">
            {game.scores.map(({ name, total }) => (
              <li key={name} className="grid grid-cols-[6rem_1fr_auto] items-center gap-3 text-sm">
                <span className="truncate font-medium">{name}</span>
                <span className="h-2 overflow-hidden rounded-full bg-muted" aria-hidden>
                  <span
                    className="block h-full rounded-full bg-primary"
                    style={{ width: `${(Math.max(0, total) / Math.max(1, ...game.scores.map((one) => one.total))) * 100}%` }}
                  />
                </span>
                <span className="font-semibold tabular-nums">{total}</span>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}
