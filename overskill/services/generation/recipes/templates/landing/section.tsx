import type { ReactNode } from "react";

import { cn } from "@/lib/cn";

interface SectionProps {
  id: string;
  title: string;
  text?: string;
  /** A quiet background, to tell neighbours apart. */
  tinted?: boolean;
  children: ReactNode;
}

export function Section({ id, title, text, tinted, children }: SectionProps) {
  return (
    <section
      id={id}
      aria-labelledby={`${id}-title`}
      className={cn("scroll-mt-16", tinted && "bg-muted/60")}
    >
      <div className="mx-auto max-w-6xl px-4 py-16 sm:px-6 sm:py-24">
        <h2
          id={`${id}-title`}
          className="font-display text-3xl font-semibold tracking-tight text-balance sm:text-4xl"
        >
          {title}
        </h2>
        {text && <p className="mt-3 max-w-2xl text-lg text-pretty text-muted-foreground">{text}</p>}
        <div className="mt-10">{children}</div>
      </div>
    </section>
  );
}
