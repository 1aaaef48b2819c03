import { Star } from "lucide-react";

import { cn } from "@/lib/cn";

interface RatingProps {
  label: string;
  /** From 0 (none) to 5. */
  value: number;
  /** Without it the stars are only shown. */
  onChange?: (value: number) => void;
}

const STARS = [1, 2, 3, 4, 5];

export function Rating({ label, value, onChange }: RatingProps) {
  if (!onChange) {
    return (
      <span role="img" aria-label={`${label}: ${value} of 5`} className="inline-flex gap-0.5">
        {STARS.map((star) => (
          <StarIcon key={star} filled={star <= value} className="size-3.5" />
        ))}
      </span>
    );
  }
  return (
    <span role="group" aria-label={label} className="inline-flex h-9 items-center">
      {STARS.map((star) => (
        <button
          key={star}
          type="button"
          aria-label={`${star} of 5`}
          aria-pressed={star <= value}
          onClick={() => onChange(star === value ? 0 : star)}
          className="rounded-sm p-1 outline-none focus-visible:ring-2 focus-visible:ring-ring"
        >
          <StarIcon filled={star <= value} className="size-5" />
        </button>
      ))}
    </span>
  );
}

function StarIcon({ filled, className }: { filled: boolean; className: string }) {
  return (
    <Star
      aria-hidden
      className={cn(className, filled ? "fill-warning text-warning" : "text-muted-foreground/40")}
    />
  );
}
