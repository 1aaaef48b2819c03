import { Crown, Minus } from "lucide-react";

import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { cn } from "@/lib/cn";
import { formatNumber } from "@/lib/format";

interface TallyCardProps {
  name: string;
  total: number;
  isLeading: boolean;
  onScore: (points: number) => void;
}

const STEPS = [[steps | ts]];

/** One side: its score in large, and a button for each way to score. */
export function TallyCard({ name, total, isLeading, onScore }: TallyCardProps) {
  return (
    <Card className={cn("grid gap-4 p-5 text-center transition-colors", isLeading && "border-primary bg-accent")}>
      <h2 className="flex items-center justify-center gap-2 font-display text-lg font-semibold">
        <span className="truncate">{name}</span>
        {isLeading && <Crown className="size-5 shrink-0 text-warning" aria-label="Leads" />}
      </h2>
      <p
        role="status"
        aria-label={`${name}: ${total} [[unit]]`}
        className="font-display text-7xl font-bold tracking-tighter tabular-nums sm:text-8xl"
      >
        {formatNumber(total)}
      </p>
      <div className="flex gap-2">
        <Button
          variant="outline"
          size="lg"
          className="h-14 px-4"
          aria-label={`One less for ${name}`}
          onClick={() => onScore(-1)}
        >
          <Minus aria-hidden />
        </Button>
        {STEPS.map((step) => (
          <Button
            key={step}
            size="lg"
            className="h-14 flex-1 px-2 text-lg"
            aria-label={`${step} for ${name}`}
            onClick={() => onScore(step)}
          >
            +{step}
          </Button>
        ))}
      </div>
    </Card>
  );
}
