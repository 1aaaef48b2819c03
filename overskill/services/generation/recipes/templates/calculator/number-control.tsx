import { useId } from "react";

import { Label } from "@/components/ui/label";

interface NumberControlProps {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number;
  before?: string;
  after?: string;
  onChange: (value: number) => void;
}

/** A number to type, and a slider to feel it. */
export function NumberControl({
  label,
  value,
  min,
  max,
  step,
  before,
  after,
  onChange,
}: NumberControlProps) {
  const id = useId();
  return (
    <div className="grid gap-3">
      <div className="flex items-center justify-between gap-4">
        <Label htmlFor={id}>{label}</Label>
        <span className="flex items-center gap-1.5 rounded-md border border-input bg-card px-3 shadow-xs focus-within:border-ring focus-within:ring-2 focus-within:ring-ring/30">
          {before && <span className="text-sm text-muted-foreground">{before}</span>}
          <input
            id={id}
            type="number"
            inputMode="decimal"
            min={min}
            step="any"
            value={value}
            onChange={(event) => onChange(Math.max(min, Number(event.target.value) || 0))}
            className="h-9 w-24 bg-transparent text-right font-medium tabular-nums outline-none [appearance:textfield] [&::-webkit-inner-spin-button]:appearance-none"
          />
          {after && (
            <span className="text-sm whitespace-nowrap text-muted-foreground">{after}</span>
          )}
        </span>
      </div>
      <input
        type="range"
        aria-label={label}
        min={min}
        max={max}
        step={step}
        value={Math.min(value, max)}
        onChange={(event) => onChange(Number(event.target.value))}
        className="h-2 w-full cursor-pointer rounded-full accent-primary outline-none focus-visible:ring-2 focus-visible:ring-ring focus-visible:ring-offset-4 focus-visible:ring-offset-card"
      />
    </div>
  );
}
