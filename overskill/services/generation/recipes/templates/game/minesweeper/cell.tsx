import { Bomb, Flag } from "lucide-react";

import { cn } from "@/lib/cn";
import type { Cell } from "@/lib/minefield";

interface MineCellProps {
  cell: Cell;
  label: string;
  showsMines: boolean;
  onOpen: () => void;
  onFlag: () => void;
}

const COLOURS = ["", "text-chart-1", "text-success", "text-destructive", "text-chart-4", "text-chart-3"];

export function MineCell({ cell, label, showsMines, onOpen, onFlag }: MineCellProps) {
  const isMineShown = cell.isMine && (cell.isOpen || showsMines);
  const state = isMineShown ? "mine" : cell.isOpen ? `${cell.near} near` : cell.hasFlag ? "flag" : "closed";
  return (
    <button
      type="button"
      aria-label={`${label}: ${state}`}
      onClick={onOpen}
      onContextMenu={(event) => {
        event.preventDefault();
        onFlag();
      }}
      className={cn(
        "grid aspect-square place-items-center rounded-md text-sm font-bold tabular-nums transition-colors outline-none select-none focus-visible:ring-2 focus-visible:ring-ring sm:text-base",
        cell.isOpen ? "bg-muted" : "bg-primary/25 hover:bg-primary/40",
        cell.isOpen && cell.isMine && "bg-destructive text-destructive-foreground",
        cell.isOpen && (COLOURS[Math.min(cell.near, 5)] ?? ""),
      )}
    >
      {isMineShown ? (
        <Bomb className="size-3/5" aria-hidden />
      ) : cell.hasFlag ? (
        <Flag className="size-1/2 fill-current text-destructive" aria-hidden />
      ) : (
        cell.isOpen && cell.near > 0 && cell.near
      )}
    </button>
  );
}
