import { RotateCw } from "lucide-react";
import type { ReactNode } from "react";

import { cn } from "@/lib/cn";

interface FlashCardProps {
  labels: [string, string];
  front: string;
  back: string;
  isFlipped: boolean;
  onFlip: () => void;
  /** Buttons in the corner, over the card. */
  children?: ReactNode;
}

/** A card with two sides that turns over. */
export function FlashCard({ labels, front, back, isFlipped, onFlip, children }: FlashCardProps) {
  return (
    <div className="relative perspective-distant">
      <button
        type="button"
        onClick={onFlip}
        aria-label={isFlipped ? `Answer: ${back}. Turn the card` : `${front}. Turn the card`}
        className="block w-full rounded-2xl text-left outline-none focus-visible:ring-2 focus-visible:ring-ring focus-visible:ring-offset-4 focus-visible:ring-offset-background"
      >
        <span
          className={cn(
            "grid transition-transform duration-500 transform-3d",
            isFlipped && "rotate-x-180",
          )}
        >
          <Side label={labels[0]} text={front} isHidden={isFlipped} />
          <Side label={labels[1]} text={back} isHidden={!isFlipped} className="rotate-x-180" isBack />
        </span>
      </button>
      <span className="absolute top-3 right-3">{children}</span>
    </div>
  );
}

interface SideProps {
  label: string;
  text: string;
  isHidden: boolean;
  isBack?: boolean;
  className?: string;
}

function Side({ label, text, isHidden, isBack, className }: SideProps) {
  return (
    <span
      aria-hidden={isHidden}
      className={cn(
        "col-start-1 row-start-1 grid min-h-64 grid-rows-[auto_1fr_auto] rounded-2xl border bg-card p-6 text-center text-card-foreground shadow-lg shadow-black/5 backface-hidden sm:min-h-80 sm:p-8",
        isBack && "border-primary/40 bg-accent text-accent-foreground",
        className,
      )}
    >
      <span className="text-xs font-semibold tracking-wide text-muted-foreground uppercase">{label}</span>
      <span
        className={cn(
          "self-center font-display font-semibold tracking-tight text-balance break-words",
          text.length > 60 ? "text-xl sm:text-2xl" : "text-3xl sm:text-5xl",
        )}
      >
        {text}
      </span>
      <span className="flex items-center justify-center gap-1.5 text-xs text-muted-foreground">
        <RotateCw className="size-3.5" aria-hidden /> {isBack ? "Did you know it?" : "Tap to turn"}
      </span>
    </span>
  );
}
