import { cn } from "@/lib/cn";

interface DieProps {
  value: number;
  sides: number;
  isRolling: boolean;
}

/** Which of nine places have a pip, for each number. */
const PIPS: Record<number, number[]> = {
  1: [4],
  2: [0, 8],
  3: [0, 4, 8],
  4: [0, 2, 6, 8],
  5: [0, 2, 4, 6, 8],
  6: [0, 2, 3, 5, 6, 8],
};

export function Die({ value, sides, isRolling }: DieProps) {
  const pips = sides <= 6 ? PIPS[value] : undefined;
  return (
    <span
      aria-hidden
      className={cn(
        "grid size-20 place-items-center border-2 bg-card shadow-md sm:size-24",
        sides <= 6 ? "rounded-2xl" : "rounded-full border-primary",
        isRolling && "animate-spin motion-reduce:animate-none",
      )}
    >
      {pips ? (
        <span className="grid size-14 grid-cols-3 grid-rows-3 place-items-center sm:size-16">
          {Array.from({ length: 9 }, (_, place) => (
            <span key={place} className={cn("size-3 rounded-full sm:size-3.5", pips.includes(place) && "bg-primary")} />
          ))}
        </span>
      ) : (
        <span className="font-display text-3xl font-semibold tabular-nums">{value}</span>
      )}
    </span>
  );
}
