import { TITLE } from "@/lib/bingo";
import { cn } from "@/lib/cn";

interface BingoCardProps {
  words: string[];
  number: number;
}

export function BingoCard({ words, number }: BingoCardProps) {
  const size = Math.sqrt(words.length);
  return (
    <section
      aria-label={`Card ${number}`}
      className="break-after-page overflow-hidden rounded-xl border bg-card print:border-2 print:border-black print:bg-white print:text-black"
    >
      <h2 className="flex items-baseline justify-between gap-3 bg-primary px-4 py-2 font-display font-semibold text-primary-foreground print:bg-white print:text-2xl print:text-black">
        {TITLE} <span className="text-sm font-normal opacity-80">{number}</span>
      </h2>
      <ol className="grid" style={{ gridTemplateColumns: `repeat(${size}, minmax(0, 1fr))` }}>
        {words.map((word, place) => (
          <li
            key={place}
            className={cn(
              "grid aspect-square place-items-center border-t p-1 text-center leading-tight hyphens-auto break-words print:border-black print:text-lg",
              place % size > 0 && "border-l",
              size > 4 ? "text-[0.65rem] sm:text-xs" : "text-xs sm:text-sm",
            )}
          >
            {word}
          </li>
        ))}
      </ol>
    </section>
  );
}
