import { Megaphone, RotateCcw } from "lucide-react";

import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { [[e.many]] } from "@/data/[[e.files]]";
import { dealCard, FREE, hasBingo, keptGame, keptSettings } from "@/lib/bingo";
import { shuffled } from "@/lib/chance";
import { cn } from "@/lib/cn";
import { useCollection } from "@/lib/collection";
import { useStore } from "@/lib/storage";

export function [[component]]() {
  const words = useCollection([[e.many]]).map(({ [[e.title.id]] }) => [[e.title.id]].trim()).filter(Boolean);
  const [settings] = useStore(keptSettings);
  const [game, setGame] = useStore(keptGame);
  const { card, marked, called } = game;
  const size = Math.sqrt(card.length);
  const left = words.filter((word) => !called.includes(word));
  const isWon = card.length > 0 && hasBingo(card, marked);

  function call() {
    const [next] = shuffled(left);
    if (next) setGame((current) => ({ ...current, called: [next, ...current.called] }));
  }

  function mark(place: number) {
    const next = marked.includes(place) ? marked.filter((one) => one !== place) : [...marked, place];
    setGame((current) => ({ ...current, marked: next }));
  }

  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader title="Play" description="The caller draws a word; tap it on your card. A full line wins.">
        <Button
          variant={card.length > 0 ? "outline" : "primary"}
          onClick={() => setGame({ card: dealCard(words, settings), marked: [], called: [] })}
        >
          <RotateCcw aria-hidden /> {card.length > 0 ? "Another game" : "Deal me a card"}
        </Button>
      </PageHeader>
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid gap-4">
          <p role="status" className={cn("font-display text-2xl font-semibold", isWon ? "text-primary" : "sr-only")}>
            {isWon ? "Bingo!" : "Not yet"}
          </p>
          {card.length > 0 ? (
            <div className="grid gap-1.5" style={{ gridTemplateColumns: `repeat(${size}, minmax(0, 1fr))` }}>
              {card.map((word, place) => (
                <button
                  key={place}
                  type="button"
                  disabled={word === FREE || word === ""}
                  aria-pressed={word === FREE || marked.includes(place)}
                  onClick={() => mark(place)}
                  className="grid aspect-square place-items-center rounded-lg border bg-card p-1 text-center text-[0.65rem] leading-tight font-medium break-words outline-none focus-visible:ring-2 focus-visible:ring-ring aria-pressed:border-primary aria-pressed:bg-primary aria-pressed:text-primary-foreground sm:text-base"
                >
                  {word}
                </button>
              ))}
            </div>
          ) : (
            <Card className="p-8 text-center text-muted-foreground">Your card appears here. Or only use the caller.</Card>
          )}
        </div>
        <Card className="grid gap-4 p-5">
          <h2 className="font-display font-semibold">Caller</h2>
          <p aria-live="polite" className="rounded-xl bg-muted p-5 text-center font-display text-2xl font-semibold break-words">
            {called[0] ?? "Ready?"}
          </p>
          <Button disabled={left.length === 0} onClick={call}>
            <Megaphone aria-hidden /> {left.length > 0 ? "Draw the next" : "All are drawn"}
          </Button>
          {called.length > 0 && (
            <p className="text-sm text-muted-foreground">
              {called.length} drawn, {left.length} left: {called.slice(1, 13).join(", ")}
            </p>
          )}
        </Card>
      </div>
    </div>
  );
}
