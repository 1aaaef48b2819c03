import { Check, X } from "lucide-react";
import type { ReactNode } from "react";

import { Card } from "@/components/ui/card";
import { formatPercent } from "@/lib/format";
import type { Answered } from "@/lib/quiz";

interface QuizResultProps {
  answers: Answered[];
  children: ReactNode;
}

export function QuizResult({ answers, children }: QuizResultProps) {
  const right = answers.filter((one) => one.chosen === one.answer).length;
  const share = answers.length > 0 ? right / answers.length : 0;
  const verdict =
    share === 1
      ? "Flawless!"
      : share >= 0.7
        ? "Very good!"
        : share >= 0.4
          ? "Not bad."
          : "Have another go.";
  return (
    <div className="mx-auto grid max-w-2xl grid-cols-1 gap-5">
      <Card className="p-8 text-center">
        <p className="font-display text-6xl font-semibold tracking-tight text-primary tabular-nums">
          {right}/{answers.length}
        </p>
        <h1 className="mt-3 font-display text-2xl font-semibold">{verdict}</h1>
        <p className="mt-1 text-muted-foreground">
          {formatPercent(share)} of the answers were right.
        </p>
        <div className="mt-6 flex justify-center">{children}</div>
      </Card>
      <ul className="divide-y overflow-hidden rounded-xl border bg-card">
        {answers.map((one) => (
          <li key={one.id} className="flex gap-3 p-4 text-sm">
            {one.chosen === one.answer ? (
              <Check className="size-5 shrink-0 text-success" aria-label="Right" />
            ) : (
              <X className="size-5 shrink-0 text-destructive" aria-label="Wrong" />
            )}
            <div>
              <p className="font-medium">{one.text}</p>
              <p className="text-muted-foreground">
                {one.answer}
                {one.chosen !== one.answer && (
                  <span className="line-through opacity-70"> {one.chosen}</span>
                )}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
