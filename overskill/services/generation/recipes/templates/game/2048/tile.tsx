import { cn } from "@/lib/cn";

/** The larger the number, the stronger the colour. */
export function NumberTile({ value }: { value: number }) {
  const strength = Math.min(100, Math.log2(Math.max(2, value)) * 9);
  return (
    <div
      className={cn(
        "grid aspect-square place-items-center rounded-xl font-display font-bold tabular-nums",
        value === 0 ? "bg-background/60" : "animate-pop-in shadow-sm",
        value < 100 ? "text-3xl sm:text-4xl" : value < 1000 ? "text-2xl sm:text-3xl" : "text-xl sm:text-2xl",
        strength > 65 ? "text-primary-foreground" : "text-foreground",
      )}
      style={value > 0 ? { background: `color-mix(in oklab, var(--primary) ${strength}%, var(--card))` } : undefined}
    >
      {value > 0 && value}
    </div>
  );
}
