import { Check, X } from "lucide-react";

import { Card } from "@/components/ui/card";
import { cn } from "@/lib/cn";
import type { DealtQuestion } from "@/lib/quiz";

interface QuizQuestionProps {
  question: DealtQuestion;
  chosen: string | undefined;
  onChoose: (option: string) => void;
}

export function QuizQuestion({ question, chosen, onChoose }: QuizQuestionProps) {
  const isAnswered = chosen !== undefined;
  return (
    <Card className="p-5 sm:p-8">
      <h2 className="font-display text-xl font-semibold tracking-tight text-balance sm:text-2xl">
        {question.text}
      </h2>
      <ul className="mt-6 grid gap-3">
        {question.options.map((option, index) => {
          const isRight = isAnswered && option === question.answer;
          const isWrong = option === chosen && option !== question.answer;
          return (
            <li key={option}>
              <button
                type="button"
                disabled={isAnswered}
                onClick={() => onChoose(option)}
                className={cn(
                  "flex w-full items-center gap-3 rounded-xl border bg-background p-4 text-left font-medium transition-colors outline-none focus-visible:ring-2 focus-visible:ring-ring enabled:hover:border-primary enabled:hover:bg-accent",
                  isAnswered && !isRight && !isWrong && "opacity-55",
                  isRight && "border-success bg-success/12",
                  isWrong && "border-destructive bg-destructive/12",
                )}
              >
                <span className="grid size-7 shrink-0 place-items-center rounded-full bg-muted text-xs font-semibold">
                  {isRight ? (
                    <Check className="size-4 text-success" aria-label="Right" />
                  ) : isWrong ? (
                    <X className="size-4 text-destructive" aria-label="Wrong" />
                  ) : (
                    String.fromCharCode(65 + index)
                  )}
                </span>
                {option}
              </button>
            </li>
          );
        })}
      </ul>
      <p role="status" className="mt-4 min-h-5 text-sm text-muted-foreground">
        {isAnswered && (chosen === question.answer ? "Right!" : `It is: ${question.answer}`)}
      </p>
    </Card>
  );
}
