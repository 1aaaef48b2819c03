import type { LucideIcon } from "lucide-react";

import { cn } from "@/lib/cn";

interface ArtworkProps {
  /** The same seed gives the same picture. */
  seed: string;
  icon?: LucideIcon;
  className?: string;
}

/** An abstract picture in the colours of the theme: a stand-in until there is a photo. */
export function Artwork({ seed, icon: Icon, className }: ArtworkProps) {
  const random = numbersFrom(seed);
  const first = 1 + (random(0) % 5);
  const second = 1 + ((first + (random(1) % 3)) % 5);
  const angle = random(2) % 180;
  return (
    <div
      aria-hidden
      className={cn("relative isolate overflow-hidden bg-muted", className)}
      style={{
        backgroundImage: `linear-gradient(${angle}deg, color-mix(in oklab, var(--chart-${first}) 34%, var(--card)), color-mix(in oklab, var(--chart-${second}) 22%, var(--card)))`,
      }}
    >
      {[0, 1, 2].map((index) => (
        <span
          key={index}
          className="absolute -z-10 rounded-full opacity-35 mix-blend-multiply dark:opacity-25 dark:mix-blend-screen"
          style={{
            background: `var(--chart-${1 + (random(3 + index) % 5)})`,
            width: `${28 + (random(6 + index) % 50)}%`,
            aspectRatio: "1",
            left: `${(random(9 + index) % 110) - 20}%`,
            top: `${(random(12 + index) % 110) - 20}%`,
          }}
        />
      ))}
      {Icon && (
        <span className="absolute inset-0 grid place-items-center">
          <Icon className="size-[26%] max-w-14 text-foreground/60" strokeWidth={1.25} />
        </span>
      )}
    </div>
  );
}

function numbersFrom(seed: string): (index: number) => number {
  return (index) => {
    let hash = 2166136261 ^ (index * 16777619);
    for (const letter of seed) {
      hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16777619);
      hash ^= hash >>> 13;
    }
    return Math.imul(hash ^ (hash >>> 15), 2246822519) >>> 8;
  };
}
