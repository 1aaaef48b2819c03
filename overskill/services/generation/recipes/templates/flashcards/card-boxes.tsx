import { Card } from "@/components/ui/card";
import type { [[e.type]] } from "@/data/[[e.files]]";
import { formatPercent, plural } from "@/lib/format";
import { BOXES, countBoxes, type Standings } from "@/lib/leitner";

interface CardBoxesProps {
  [[e.many]]: [[e.type]][];
  standings: Standings;
}

/** How far the cards have come: a bar for each box. */
export function CardBoxes({ [[e.many]], standings }: CardBoxesProps) {
  const counts = countBoxes([[e.many]], standings);
  const most = Math.max(1, ...counts);
  const steps = counts.reduce((sum, count, box) => sum + count * box, 0);
  const share = [[e.many]].length > 0 ? steps / ([[e.many]].length * BOXES.length) : 0;
  return (
    <Card className="p-5">
      <div className="flex items-baseline justify-between gap-3">
        <h2 className="font-display font-semibold">Progress</h2>
        <span className="text-sm text-muted-foreground tabular-nums">{formatPercent(share)} learned</span>
      </div>
      <ol className="mt-4 grid grid-cols-6 gap-2">
        {counts.map((count, box) => (
          <li key={box} className="grid gap-1.5 text-center">
            <span className="flex h-20 items-end rounded-md bg-muted" aria-hidden>
              <span
                className="w-full rounded-md bg-primary transition-[height] duration-300"
                style={{ height: `${(count / most) * 100}%`, opacity: 0.35 + box * 0.13 }}
              />
            </span>
            <span className="text-sm font-semibold tabular-nums">{count}</span>
            <span className="text-xs text-muted-foreground">{box === 0 ? "New" : `Box ${box}`}</span>
          </li>
        ))}
      </ol>
      <p className="mt-4 text-xs text-pretty text-muted-foreground">
        A card you know moves up a box and rests for {plural(BOXES[0] ?? 1, "day", "days")}, then up to{" "}
        {plural(BOXES.at(-1) ?? 1, "day", "days")}. One you don't know goes back to box 1.
      </p>
    </Card>
  );
}
