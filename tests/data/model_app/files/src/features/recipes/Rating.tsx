import { Star } from "lucide-react";

import { cn } from "@/lib/cn";

interface RatingProps {
  value: number;
  onChange?: (value: number) => void;
}

const STARS = [1, 2, 3, 4, 5];

export function Rating({ value, onChange }: RatingProps) {
  if (!onChange) {
    return (
      <span className="inline-flex" role="img" aria-label={`${value} of 5 stars`}>
        {STARS.map((star) => (
          <Star key={star} aria-hidden className={cn("size-4", starStyles(star <= value))} />
        ))}
      </span>
    );
  }
  return (
    <div role="group" aria-label="Your rating" className="-ml-2 inline-flex">
      {STARS.map((star) => (
        <button
          key={star}
          type="button"
          aria-label={star === 1 ? "1 star" : `${star} stars`}
          aria-pressed={star <= value}
          onClick={() => onChange(star === value ? 0 : star)}
          className="grid size-10 place-items-center rounded-md outline-none focus-visible:ring-2 focus-visible:ring-ring"
        >
          <Star aria-hidden className={cn("size-5", starStyles(star <= value))} />
        </button>
      ))}
    </div>
  );
}

function starStyles(isOn: boolean): string {
  return isOn ? "fill-warning text-warning" : "text-muted-foreground/50";
}
