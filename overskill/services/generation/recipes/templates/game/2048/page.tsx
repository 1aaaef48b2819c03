import { Undo2 } from "lucide-react";
import { useState } from "react";

import { GameFrame } from "@/components/game-frame";
import { NumberTile } from "@/components/number-tile";
import { Button } from "@/components/ui/button";
import { createStore, useStore } from "@/lib/storage";
import { isStuck, newGame, slide, type Game } from "@/lib/tiles";
import { useDirections, type Direction } from "@/lib/use-directions";

const bestScore = createStore("best-score", 0);
/** The game goes on after a reload. */
const running = createStore<Game>("running", newGame());

export function [[component]]() {
  const [game, setGame] = useStore(running);
  const [best, setBest] = useStore(bestScore);
  const [before, setBefore] = useState<Game>();

  const isOver = isStuck(game);
  const hasWon = game.fields.some((tile) => tile >= 2048);

  function move(direction: Direction) {
    const next = slide(game, direction);
    if (next === game) return;
    setBefore(game);
    setGame(next);
    setBest((score) => Math.max(score, next.score));
  }

  function restart() {
    setBefore(undefined);
    setGame(newGame());
  }

  const swipes = useDirections(move);

  return (
    <GameFrame
      title=[[title | attr]]
      hint=[[tagline | attr]]
      scores={[
        { label: "Score", value: game.score },
        { label: "Best", value: best },
      ]}
      onRestart={restart}
    >
      <div
        role="application"
        aria-label="Board: arrow keys slide the tiles"
        className="mx-auto grid w-full max-w-md touch-none grid-cols-4 gap-2.5 rounded-2xl bg-muted p-2.5 select-none"
        {...swipes}
      >
        {game.fields.map((value, index) => (
          <NumberTile key={`${index}-${value}`} value={value} />
        ))}
      </div>
      <div className="flex flex-wrap items-center justify-center gap-3">
        <p role="status" className="text-sm text-muted-foreground">
          {isOver
            ? `No more moves: ${game.score} points.`
            : hasWon
              ? "2048! Go on as far as you like."
              : "Arrow keys or swipes."}
        </p>
        <Button
          variant="outline"
          size="sm"
          disabled={!before}
          onClick={() => {
            if (before) setGame(before);
            setBefore(undefined);
          }}
        >
          <Undo2 aria-hidden /> Undo
        </Button>
      </div>
    </GameFrame>
  );
}
