import { CircleHelp } from "lucide-react";

import { cn } from "@/lib/cn";
import type { Card } from "@/lib/memory";

interface MemoryCardProps {
  card: Card;
  place: number;
  isOpen: boolean;
  onTurn: () => void;
}

export function MemoryCard({ card, place, isOpen, onTurn }: MemoryCardProps) {
  const { icon: Icon, name } = card.picture;
  return (
    <button
      type="button"
      onClick={onTurn}
      aria-label={isOpen ? `Card ${place}: ${name}` : `Card ${place}, face down`}
      className="aspect-square rounded-xl perspective-distant outline-none focus-visible:ring-2 focus-visible:ring-ring focus-visible:ring-offset-2 focus-visible:ring-offset-background sm:rounded-2xl"
    >
      <span
        className={cn(
          "grid size-full transition-transform duration-300 transform-3d",
          isOpen && "rotate-y-180",
        )}
      >
        <span className="col-start-1 row-start-1 grid place-items-center rounded-xl bg-primary text-primary-foreground shadow-sm backface-hidden sm:rounded-2xl">
          <CircleHelp className="size-2/5 opacity-40" aria-hidden />
        </span>
        <span
          className={cn(
            "col-start-1 row-start-1 grid rotate-y-180 place-items-center rounded-xl border-2 bg-card backface-hidden sm:rounded-2xl",
            card.isFound && "border-success bg-success/12",
          )}
        >
          {isOpen && <Icon className={cn("size-3/5", card.isFound ? "text-success" : "text-primary")} aria-hidden />}
        </span>
      </span>
    </button>
  );
}
