import { cn } from "@/lib/cn";

interface TypedPassageProps {
  text: string;
  typed: string;
}

const BEFORE = 60;
const SHOWN = 260;

/** The text around the place that is typed now; what went wrong is marked. */
export function TypedPassage({ text, typed }: TypedPassageProps) {
  const start = Math.max(0, text.lastIndexOf(" ", Math.max(0, typed.length - BEFORE)) + 1);
  const from = typed.length > BEFORE ? start : 0;
  return (
    <p className="min-h-40 font-mono text-lg leading-relaxed break-words sm:text-xl" aria-hidden>
      {[...text.slice(from, from + SHOWN)].map((sign, offset) => {
        const index = from + offset;
        const isTyped = index < typed.length;
        const isWrong = isTyped && typed[index] !== sign;
        return (
          <span
            key={index}
            className={cn(
              isTyped ? "text-success" : "text-muted-foreground",
              isWrong && "rounded-xs bg-destructive/20 text-destructive",
              index === typed.length && "rounded-xs bg-primary text-primary-foreground",
            )}
          >
            {sign}
          </span>
        );
      })}
    </p>
  );
}
