import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";

import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { Criterion } from "@/data/comparison";

interface CriterionHeadProps {
  criterion: Criterion;
  onChange: (changes: Partial<Criterion>) => void;
  onRemove: () => void;
}

const WEIGHTS = [
  "Does not count",
  "Counts a little",
  "Counts",
  "Matters",
  "Matters a lot",
  "Decides",
];

/** The name of a criterion, how much it counts, and which way is better. */
export function CriterionHead({ criterion, onChange, onRemove }: CriterionHeadProps) {
  const isScored = criterion.kind !== "text";
  const hasDirection = isScored && criterion.kind !== "rating";
  const direction = criterion.lowerIsBetter ? "Lower is better" : "Higher is better";
  return (
    <div className="grid gap-1">
      <Input
        aria-label="Criterion"
        value={criterion.label}
        onChange={(event) => onChange({ label: event.target.value })}
        className="h-8 border-transparent bg-transparent px-1 font-medium shadow-none"
      />
      <div className="flex items-center">
        {isScored && (
          <Select
            aria-label={`How much ${criterion.label} counts`}
            value={criterion.weight}
            onChange={(event) => onChange({ weight: Number(event.target.value) })}
            className="min-w-0 flex-1 [&_select]:h-7 [&_select]:border-transparent [&_select]:bg-transparent [&_select]:pl-1 [&_select]:text-xs [&_select]:text-muted-foreground [&_select]:shadow-none"
          >
            {WEIGHTS.map((text, weight) => (
              <option key={text} value={weight}>
                {text}
              </option>
            ))}
          </Select>
        )}
        {hasDirection && (
          <Button
            variant="ghost"
            size="icon-sm"
            className="size-7 text-muted-foreground"
            aria-label={`${direction} for ${criterion.label}: turn it around`}
            title={direction}
            onClick={() => onChange({ lowerIsBetter: !criterion.lowerIsBetter })}
          >
            {criterion.lowerIsBetter ? <ArrowDown aria-hidden /> : <ArrowUp aria-hidden />}
          </Button>
        )}
        <Button
          variant="ghost"
          size="icon-sm"
          className="size-7 text-muted-foreground"
          aria-label={`Delete ${criterion.label}`}
          onClick={onRemove}
        >
          <Trash2 aria-hidden />
        </Button>
      </div>
    </div>
  );
}
