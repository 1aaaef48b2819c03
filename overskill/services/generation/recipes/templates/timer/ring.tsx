import type { ReactNode } from "react";

import { cn } from "@/lib/cn";

interface RingProps {
  /** From 0 to 1. */
  share: number;
  tone?: "primary" | "success" | "warning" | "danger";
  children: ReactNode;
}

const RADIUS = 46;
const LENGTH = 2 * Math.PI * RADIUS;
const TONES = { primary: "text-primary", success: "text-success", warning: "text-warning", danger: "text-destructive" };

/** A circle that empties. */
export function Ring({ share, tone = "primary", children }: RingProps) {
  return (
    <div className="relative mx-auto aspect-square w-full max-w-88">
      <svg viewBox="0 0 100 100" aria-hidden className="size-full -rotate-90">
        <circle cx="50" cy="50" r={RADIUS} fill="none" strokeWidth="4" className="stroke-muted" />
        <circle
          cx="50"
          cy="50"
          r={RADIUS}
          fill="none"
          stroke="currentColor"
          strokeWidth="4"
          strokeLinecap="round"
          strokeDasharray={LENGTH}
          strokeDashoffset={LENGTH * (1 - Math.max(0, Math.min(1, share)))}
          className={cn("transition-[stroke-dashoffset,color] duration-200 ease-linear", TONES[tone])}
        />
      </svg>
      <div className="absolute inset-0 grid place-content-center justify-items-center gap-1 p-10 text-center">
        {children}
      </div>
    </div>
  );
}
