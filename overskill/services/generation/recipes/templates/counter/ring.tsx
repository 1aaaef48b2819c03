import type { ReactNode } from "react";

import { cn } from "@/lib/cn";

const RADIUS = 54;
const ROUND = 2 * Math.PI * RADIUS;

interface RingProps {
  label: string;
  /** From 0 to 1; above 1 it is full. */
  share: number;
  tone: "primary" | "success" | "danger";
  children: ReactNode;
}

const TONES = {
  primary: "stroke-primary",
  success: "stroke-success",
  danger: "stroke-destructive",
};

export function Ring({ label, share, tone, children }: RingProps) {
  const filled = Math.min(1, Math.max(0, share));
  return (
    <div className="relative mx-auto size-60" role="img" aria-label={label}>
      <svg viewBox="0 0 120 120" className="size-full -rotate-90" aria-hidden>
        <circle cx="60" cy="60" r={RADIUS} fill="none" strokeWidth="9" className="stroke-muted" />
        <circle
          cx="60"
          cy="60"
          r={RADIUS}
          fill="none"
          strokeWidth="9"
          strokeLinecap="round"
          strokeDasharray={`${filled * ROUND} ${ROUND}`}
          className={cn("transition-[stroke-dasharray] duration-500", TONES[tone], filled === 0 && "opacity-0")}
        />
      </svg>
      <div aria-hidden className="absolute inset-0 grid place-content-center px-8 text-center">
        {children}
      </div>
    </div>
  );
}
