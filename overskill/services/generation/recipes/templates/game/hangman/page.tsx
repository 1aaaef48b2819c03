import { Lightbulb } from "lucide-react";
import { useEffect, useEffectEvent, useState } from "react";

import { Gallows } from "@/components/gallows";
import { GameFrame } from "@/components/game-frame";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { [[e.many]] } from "@/data/[[e.files]]";
import { cn } from "@/lib/cn";
import { useCollection } from "@/lib/collection";
import { drawWord, isLetter, isSolved, LETTERS, LIVES, misses, plainLetters } from "@/lib/hangman";
import { createStore, useStore } from "@/lib/storage";

const tally = createStore("tally", { won: 0, lost: 0, streak: 0, best: 0 });

export function [[component]]() {
  const all = useCollection([[e.many]]);
  const [record, setRecord] = useStore(tally);
  const [chosen, setChosen] = useState(() => drawWord(all)?.id);
  const [guessed, setGuessed] = useState<string[]>([]);
//% if hint
  const [showsHint, setShowsHint] = useState(false);
//% endif

  const current = all.find((one) => one.id === chosen) ?? all[0];
  const word = current?.[[e.title.id]] ?? "";
  const missed = misses(word, guessed).length;
  const isWon = word !== "" && isSolved(word, guessed);
  const isOver = isWon || missed >= LIVES;

  function guess(letter: string) {
    if (isOver || guessed.includes(letter)) return;
    const after = [...guessed, letter];
    setGuessed(after);
    if (isSolved(word, after)) {
      setRecord(({ won, lost, streak, best }) => ({
        won: won + 1,
        lost,
        streak: streak + 1,
        best: Math.max(best, streak + 1),
      }));
    } else if (misses(word, after).length >= LIVES) {
      setRecord((before) => ({ ...before, lost: before.lost + 1, streak: 0 }));
    }
  }

  function restart() {
    setChosen(drawWord(all, current?.id)?.id);
    setGuessed([]);
//% if hint
    setShowsHint(false);
//% endif
  }

  const type = useEffectEvent((event: KeyboardEvent) => {
    const letter = event.key.toUpperCase();
    if (isLetter(letter) && !event.metaKey && !event.ctrlKey && !event.altKey) guess(letter);
  });
  useEffect(() => {
    window.addEventListener("keydown", type);
    return () => window.removeEventListener("keydown", type);
  }, []);

  if (!current) {
    return <EmptyState icon={Lightbulb} title="No words yet" description="Add a few on the second page." />;
  }

  return (
    <GameFrame
      title=[[title | attr]]
      hint=[[tagline | attr]]
      scores={[
        { label: "Won", value: record.won },
        { label: "Lost", value: record.lost },
        { label: "Best streak", value: record.best },
      ]}
      onRestart={restart}
    >
      <Gallows misses={missed} />
      <p className="flex flex-wrap justify-center gap-1.5" aria-label="The word">
        {plainLetters(word).map((letter, index) => {
          const isOpen = !isLetter(letter) || guessed.includes(letter) || isOver;
          return (
            <span
              key={index}
              className={cn(
                "grid h-12 w-9 place-items-center border-b-4 border-primary font-display text-2xl font-bold sm:h-14 sm:w-11 sm:text-3xl",
                isOver && !isWon && !guessed.includes(letter) && "text-destructive",
                !isLetter(letter) && "border-transparent",
              )}
            >
              {isOpen ? letter : <span className="sr-only">missing</span>}
            </span>
          );
        })}
      </p>
      <p role="status" className="min-h-6 text-center font-medium">
        {isWon ? "Found it!" : isOver ? `It was ${word}.` : [% if hint %]showsHint ? current.[[hint]] : [% endif %]`${LIVES - missed} misses left`}
      </p>
      {isOver ? (
        <Button size="lg" className="justify-self-center" onClick={restart} autoFocus>
          Next word
        </Button>
      ) : (
        <>
          <div role="group" aria-label="Letters" className="flex flex-wrap justify-center gap-1.5">
            {LETTERS.map((letter) => {
              const isRight = guessed.includes(letter) && plainLetters(word).includes(letter);
              return (
                <button
                  key={letter}
                  type="button"
                  disabled={guessed.includes(letter)}
                  onClick={() => guess(letter)}
                  className={cn(
                    "h-11 w-10 rounded-lg border bg-card font-semibold transition-colors outline-none hover:bg-accent focus-visible:ring-2 focus-visible:ring-ring disabled:opacity-40 sm:w-11",
                    isRight && "border-success bg-success/12 disabled:opacity-100",
                  )}
                >
                  {letter}
                </button>
              );
            })}
          </div>
//% if hint
          {current.[[hint]] && !showsHint && (
            <Button variant="ghost" className="justify-self-center" onClick={() => setShowsHint(true)}>
              <Lightbulb aria-hidden /> Show a hint
            </Button>
          )}
//% endif
        </>
      )}
    </GameFrame>
  );
}
