import { ArrowLeftRight, Check, PartyPopper, Plus, RotateCcw, Volume2, X } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router-dom";

import { CardBoxes } from "@/components/card-boxes";
import { FlashCard } from "@/components/flash-card";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Progress } from "@/components/ui/progress";
import type { [[e.type]] } from "@/data/[[e.files]]";
import { plural } from "@/lib/format";
import { standings } from "@/lib/leitner";
import { canSpeak, speak } from "@/lib/speak";
import { useStore } from "@/lib/storage";
import { usePractice } from "@/lib/use-practice";
import { useShortcut } from "@/lib/use-shortcut";

//% if decks
const FRONT = "Question";
const BACK = "Answer";
//% else
const FRONT = [[front.label | ts]];
const BACK = [[back.label | ts]];
//% endif
//% if by_deck
const VOICES: Record<string, string> = [[voices | ts]];
//% endif

export function Practice({ [[e.many]] }: { [[e.many]]: [[e.type]][] }) {
  const [all] = useStore(standings);
  const [isSwapped, setIsSwapped] = useState(false);
  const practice = usePractice([[e.many]]);
  const { current, known, left } = practice;

  useShortcut("ArrowLeft", () => practice.answer(false));
  useShortcut("ArrowRight", () => practice.answer(true));
  useShortcut("ArrowUp", practice.flip);

  if (!current) {
    return (
      <div className="grid grid-cols-1 gap-6">
        <EmptyState
          icon={PartyPopper}
          title={[[e.many]].length === 0 ? "No cards yet" : "Done for today"}
          description={
            [[e.many]].length === 0
              ? "Write the first card, then practise it here."
              : "Come back tomorrow: the cards that are due then wait here."
          }
        >
//% if editor
          <Button variant="outline" asChild>
            <Link to=[[editor | attr]]>
              <Plus aria-hidden /> Add cards
            </Link>
          </Button>
//% endif
          {[[e.many]].length > 0 && (
            <Button onClick={practice.practiseAll}>
              <RotateCcw aria-hidden /> Practise all again
            </Button>
          )}
        </EmptyState>
        {[[e.many]].length > 0 && <CardBoxes [[e.many]]={[[e.many]]} standings={all} />}
      </div>
    );
  }

  const question = current.[[front.id]];
  const answer = current.[[back.id]];
  return (
    <div className="grid grid-cols-1 gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <section aria-label="Practice" className="grid content-start gap-4">
        <div className="flex items-center gap-4">
          <Progress value={(known / (known + left)) * 100} label="Known today" />
          <span className="shrink-0 text-sm text-muted-foreground tabular-nums">{plural(left, "card", "cards")} left</span>
        </div>
        <FlashCard
          key={`${current.id}-${known}-${isSwapped}`}
          labels={[% if decks %][current.[[decks.id]], isSwapped ? FRONT : BACK][% else %]isSwapped ? [BACK, FRONT] : [FRONT, BACK][% endif %]}
          front={isSwapped ? answer : question}
          back={isSwapped ? question : answer}
          isFlipped={practice.isFlipped}
          onFlip={practice.flip}
        >
//% if voice
          {canSpeak && (
            <Button
              variant="ghost"
              size="icon"
              aria-label={`Listen to ${question}`}
              onClick={() => speak(question, [% if by_deck %]VOICES[current.[[decks.id]]] ?? [% endif %][[voice | ts]])}
            >
              <Volume2 aria-hidden />
            </Button>
          )}
//% endif
        </FlashCard>
        <div className="grid grid-cols-2 gap-3">
          <Button variant="outline" size="lg" className="h-14" onClick={() => practice.answer(false)}>
            <X className="text-destructive" aria-hidden /> Don't know
          </Button>
          <Button size="lg" className="h-14" onClick={() => practice.answer(true)}>
            <Check aria-hidden /> I know it
          </Button>
        </div>
        <div className="flex flex-wrap items-center justify-center gap-2 sm:justify-between">
          <p className="hidden text-xs text-muted-foreground sm:block">Keys: ↑ turns the card, ← don't know, → know.</p>
          <Button variant="ghost" size="sm" aria-pressed={isSwapped} onClick={() => setIsSwapped(!isSwapped)}>
            <ArrowLeftRight aria-hidden /> Swap sides
          </Button>
        </div>
      </section>
      <aside className="grid content-start gap-3">
        <CardBoxes [[e.many]]={[[e.many]]} standings={all} />
      </aside>
    </div>
  );
}
