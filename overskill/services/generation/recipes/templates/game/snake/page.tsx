import { ArrowDown, ArrowLeft, ArrowRight, ArrowUp, Pause, Play } from "lucide-react";
import { useEffect, useState } from "react";

import { GameFrame } from "@/components/game-frame";
import { SnakeBoard } from "@/components/snake-board";
import { Button } from "@/components/ui/button";
import { newGame, pace, step, turn } from "@/lib/snake";
import { createStore, useStore } from "@/lib/storage";
import { useDirections, type Direction } from "@/lib/use-directions";
import { useShortcut } from "@/lib/use-shortcut";

const bestScore = createStore("best-score", 0);
const ARROWS = [
  { direction: "left" as const, icon: ArrowLeft, className: "col-start-1 row-start-2" },
  { direction: "up" as const, icon: ArrowUp, className: "col-start-2 row-start-1" },
  { direction: "down" as const, icon: ArrowDown, className: "col-start-2 row-start-2" },
  { direction: "right" as const, icon: ArrowRight, className: "col-start-3 row-start-2" },
];

export function [[component]]() {
  const [game, setGame] = useState(newGame);
  const [isRunning, setIsRunning] = useState(false);
  const [best, setBest] = useStore(bestScore);
  const score = game.snake.length - 3;

  function start() {
    if (game.isOver) setGame(newGame());
    setIsRunning(true);
  }

  function go(direction: Direction) {
    if (game.isOver) return;
    setGame((now) => turn(now, direction));
    setIsRunning(true);
  }

  const swipes = useDirections(go);
  useShortcut(" ", () => (isRunning && !game.isOver ? setIsRunning(false) : start()));

  useEffect(() => {
    if (!isRunning || game.isOver) return;
    const timer = setTimeout(() => {
      const next = step(game);
      setGame(next);
      if (next.isOver) {
        setIsRunning(false);
        setBest((before) => Math.max(before, score));
      }
    }, pace(game));
    return () => clearTimeout(timer);
  }, [game, isRunning, score, setBest]);

  return (
    <GameFrame
      title=[[title | attr]]
      hint=[[tagline | attr]]
      scores={[
        { label: "Score", value: score },
        { label: "Best", value: Math.max(best, score) },
      ]}
    >
      <div className="relative touch-none" {...swipes}>
        <SnakeBoard game={game} />
        {!isRunning && (
          <div className="absolute inset-0 grid place-content-center gap-3 rounded-2xl bg-background/70 p-6 text-center backdrop-blur-[2px]">
            <p role="status" className="font-display text-2xl font-semibold">
              {game.isOver ? `Over, with ${score}` : score > 0 ? "Paused" : "Ready?"}
            </p>
            <Button size="lg" onClick={start} autoFocus>
              <Play aria-hidden /> {game.isOver ? "Play again" : score > 0 ? "Go on" : "Start"}
            </Button>
            <p className="text-sm text-muted-foreground">Arrow keys or swipes; the space bar pauses.</p>
          </div>
        )}
      </div>
      <div className="flex items-center justify-center gap-6">
        <div className="grid grid-cols-3 gap-2 sm:hidden">
          {ARROWS.map(({ direction, icon: Icon, className }) => (
            <Button
              key={direction}
              variant="outline"
              className={`size-12 ${className}`}
              aria-label={`Turn ${direction}`}
              onClick={() => go(direction)}
            >
              <Icon className="size-5" aria-hidden />
            </Button>
          ))}
        </div>
        <Button variant="ghost" disabled={!isRunning} onClick={() => setIsRunning(false)}>
          <Pause aria-hidden /> Pause
        </Button>
      </div>
    </GameFrame>
  );
}
