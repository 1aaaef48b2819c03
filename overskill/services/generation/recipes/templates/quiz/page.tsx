import { ArrowRight, Play, RotateCcw, [[icon]] } from "lucide-react";
import { useState } from "react";

import { QuizQuestion } from "@/components/quiz-question";
import { QuizResult } from "@/components/quiz-result";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import { [[e.many]] } from "@/data/[[e.files]]";
import { useCollection } from "@/lib/collection";
import { plural } from "@/lib/format";
import { dealQuestions, type Answered, type DealtQuestion } from "@/lib/quiz";
import { createStore, useStore } from "@/lib/storage";

const bestScore = createStore("best-score", 0);

export function [[component]]() {
  const all = useCollection([[e.many]]);
  const [round, setRound] = useState<DealtQuestion[]>([]);
  const [answers, setAnswers] = useState<Answered[]>([]);
  const [chosen, setChosen] = useState<string>();
  const [best, setBest] = useStore(bestScore);

  const current = round[answers.length];

  function start() {
    setRound(dealQuestions(all));
    setAnswers([]);
    setChosen(undefined);
  }

  function next() {
    if (!current || chosen === undefined) return;
    const given = [...answers, { ...current, chosen }];
    setAnswers(given);
    setChosen(undefined);
    setBest((score) => Math.max(score, given.filter((one) => one.chosen === one.answer).length));
  }

  if (round.length === 0) {
    return (
      <Card className="relative mx-auto max-w-2xl overflow-hidden p-8 text-center sm:p-12">
        <span className="absolute inset-x-0 top-0 h-1.5 bg-linear-to-r from-chart-1 via-chart-4 to-chart-3" aria-hidden />
        <span className="mx-auto grid size-16 place-items-center rounded-2xl bg-accent text-accent-foreground">
          <[[icon]] className="size-8" aria-hidden />
        </span>
        <h1 className="mt-6 font-display text-3xl font-semibold tracking-tight text-balance sm:text-4xl">[[title | jsx]]</h1>
        <p className="mt-3 text-muted-foreground">[[tagline | jsx]]</p>
        <dl className="mt-6 flex justify-center gap-8 text-sm">
          <div>
            <dt className="text-muted-foreground">Questions</dt>
            <dd className="font-display text-2xl font-semibold tabular-nums">{all.length}</dd>
          </div>
          <div>
            <dt className="text-muted-foreground">Your best</dt>
            <dd className="font-display text-2xl font-semibold tabular-nums">{best}</dd>
          </div>
        </dl>
        <Button size="lg" className="mt-8" onClick={start} disabled={all.length === 0} autoFocus>
          <Play aria-hidden /> Start
        </Button>
      </Card>
    );
  }

  if (!current) {
    return (
      <QuizResult answers={answers}>
        <Button onClick={start}>
          <RotateCcw aria-hidden /> Play again
        </Button>
      </QuizResult>
    );
  }

  return (
    <div className="mx-auto grid max-w-2xl grid-cols-1 gap-5">
      <div className="flex items-center gap-4">
        <Progress value={(answers.length / round.length) * 100} label="Progress" />
        <span className="shrink-0 text-sm text-muted-foreground tabular-nums">
          {answers.length + 1} of {plural(round.length, "question", "questions")}
        </span>
      </div>
      <QuizQuestion key={current.id} question={current} chosen={chosen} onChoose={setChosen} />
      <Button size="lg" className="justify-self-end" disabled={chosen === undefined} onClick={next}>
        {answers.length + 1 === round.length ? "See the result" : "Next"} <ArrowRight aria-hidden />
      </Button>
    </div>
  );
}
