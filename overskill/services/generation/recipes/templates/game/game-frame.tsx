import { RotateCcw } from "lucide-react";
import type { ReactNode } from "react";

import { Button } from "@/components/ui/button";

interface GameFrameProps {
  title: string;
  hint: string;
  scores?: { label: string; value: string | number }[];
  /** Begins again; without it there is no button for it. */
  onRestart?: () => void;
  children: ReactNode;
}

/** What all games share: the title, the scores, a button to begin again. */
export function GameFrame({ title, hint, scores = [], onRestart, children }: GameFrameProps) {
  return (
    <div className="mx-auto grid max-w-xl grid-cols-1 gap-5">
      <header className="grid gap-4 text-center">
        <div>
          <h1 className="font-display text-3xl font-bold tracking-tight text-balance sm:text-4xl">{title}</h1>
          <p className="mt-1.5 text-sm text-balance text-muted-foreground">{hint}</p>
        </div>
        <div className="flex flex-wrap items-center justify-center gap-2">
          {scores.length > 0 && (
            <dl className="flex flex-wrap justify-center gap-2">
              {scores.map(({ label, value }) => (
                <div key={label} className="min-w-18 rounded-xl border bg-card px-3 py-1.5">
                  <dt className="text-xs text-muted-foreground">{label}</dt>
                  <dd className="font-display text-lg leading-tight font-semibold tabular-nums">{value}</dd>
                </div>
              ))}
            </dl>
          )}
          {onRestart && (
            <Button variant="outline" size="lg" onClick={onRestart}>
              <RotateCcw aria-hidden /> New game
            </Button>
          )}
        </div>
      </header>
      {children}
    </div>
  );
}
