import { PartyPopper } from "lucide-react";
import { useEffect, useState } from "react";

import { GameFrame } from "@/components/game-frame";
import { MemoryCard } from "@/components/memory-card";
import { Button } from "@/components/ui/button";
import { Segmented } from "@/components/ui/segmented";
import { dealCards } from "@/lib/memory";
import { createStore, useStore } from "@/lib/storage";

const levels = [
  { value: "6", label: "6 pairs" },
  { value: "8", label: "8 pairs" },
//% if pairs not in (6, 8, 10, 12)
  { value: "[[pairs]]", label: "[[pairs]] pairs" },
//% endif
  { value: "10", label: "10 pairs" },
  { value: "12", label: "12 pairs" },
];
const chosenLevel = createStore("level", "[[pairs]]");
/** The fewest moves for each level. */
const bestMoves = createStore<Record<string, number>>("best", {});

export function [[component]]() {
  const [level, setLevel] = useStore(chosenLevel);
  const [best, setBest] = useStore(bestMoves);
  const [cards, setCards] = useState(() => dealCards(Number(level)));
  const [open, setOpen] = useState<number[]>([]);
  const [moves, setMoves] = useState(0);

  const isDone = cards.every((card) => card.isFound);

  function restart(pairs = level) {
    setCards(dealCards(Number(pairs)));
    setOpen([]);
    setMoves(0);
  }

  function turn(id: number) {
    const card = cards[id];
    if (!card || card.isFound || open.includes(id)) return;
    if (open.length !== 1) return setOpen([id]);
    const first = cards[open[0] ?? 0];
    setOpen([...open, id]);
    setMoves(moves + 1);
    if (first?.picture.name !== card.picture.name) return;
    const after = cards.map((one) => (one.picture.name === card.picture.name ? { ...one, isFound: true } : one));
    setCards(after);
    if (after.every((one) => one.isFound)) {
      setBest((before) => ({ ...before, [level]: Math.min(before[level] ?? Infinity, moves + 1) }));
    }
  }

  // Two that don't match are turned back after a look at them.
  useEffect(() => {
    if (open.length < 2) return;
    const timer = setTimeout(() => setOpen([]), 1100);
    return () => clearTimeout(timer);
  }, [open]);

  return (
    <GameFrame
      title=[[title | attr]]
      hint=[[tagline | attr]]
      scores={[
        { label: "Moves", value: moves },
        { label: "Pairs", value: `${cards.filter((card) => card.isFound).length / 2}/${cards.length / 2}` },
        { label: "Best", value: best[level] ?? "–" },
      ]}
      onRestart={() => restart()}
    >
      <Segmented
        label="How many pairs"
        value={level}
        options={levels}
        onChange={(next) => {
          setLevel(next);
          restart(next);
        }}
        className="justify-self-center"
      />
      <div className="grid grid-cols-4 gap-2 sm:gap-3">
        {cards.map((card, index) => (
          <MemoryCard
            key={card.id}
            card={card}
            place={index + 1}
            isOpen={card.isFound || open.includes(card.id)}
            onTurn={() => turn(card.id)}
          />
        ))}
      </div>
      <p role="status" className="min-h-6 text-center font-medium">
        {isDone && (
          <span className="inline-flex items-center gap-2 text-success">
            <PartyPopper className="size-5" aria-hidden /> All pairs in {moves} moves!
          </span>
        )}
      </p>
      {isDone && (
        <Button size="lg" className="justify-self-center" onClick={() => restart()}>
          Play again
        </Button>
      )}
    </GameFrame>
  );
}
