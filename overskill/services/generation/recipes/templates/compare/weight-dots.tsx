import { cn } from "@/lib/cn";

interface WeightDotsProps {
  about: string;
  /** From 1 to 5. */
  value: number;
  onChange: (value: number) => void;
}

/** How much an argument weighs: one dot to five. */
export function WeightDots({ about, value, onChange }: WeightDotsProps) {
  return (
    <span role="group" aria-label={`Weight of ${about}`} className="inline-flex">
      {[1, 2, 3, 4, 5].map((weight) => (
        <button
          key={weight}
          type="button"
          aria-label={`${weight} of 5`}
          aria-pressed={weight <= value}
          onClick={() => onChange(weight)}
          className="group rounded-full p-1 outline-none focus-visible:ring-2 focus-visible:ring-ring"
        >
          <span
            className={cn(
              "block size-2.5 rounded-full transition-colors",
              weight <= value ? "bg-primary" : "bg-muted-foreground/25 group-hover:bg-primary/50",
            )}
          />
        </button>
      ))}
    </span>
  );
}
