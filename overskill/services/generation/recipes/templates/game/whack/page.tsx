import { Play } from "lucide-react";
import { useEffect, useState } from "react";

import { GameFrame } from "@/components/game-frame";
import { Button } from "@/components/ui/button";
import { pictures } from "@/data/pictures";
import { cn } from "@/lib/cn";
import { createStore, useStore } from "@/lib/storage";

const SECONDS = [[seconds]];
const HOLES = 9;
const bestScore = createStore("best-score", 0);

interface Target {
  hole: number;
  picture: number;
  isHit: boolean;
}

export function [[component]]() {
  const [left, setLeft] = useState(0);
  const [score, setScore] = useState(0);
  const [target, setTarget] = useState<Target>();
  const [best, setBest] = useStore(bestScore);
  const isRunning = left > 0;

  useEffect(() => {
    if (!isRunning) return;
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [isRunning, left]);

  // The next one shows up a moment after a hit, or when the last had its time; it gets faster.
  useEffect(() => {
    if (!isRunning) return;
    const stay = target?.isHit ? 180 : Math.max(480, 1000 - score * 15);
    const timer = setTimeout(() => setTarget((before) => drawTarget(before?.hole)), stay);
    return () => clearTimeout(timer);
  }, [isRunning, target, score]);

  function start() {
    setScore(0);
    setLeft(SECONDS);
    setTarget(drawTarget());
  }

  function hit(hole: number) {
    if (!isRunning || target?.hole !== hole || target.isHit) return;
    setTarget({ ...target, isHit: true });
    setScore(score + 1);
    setBest((before) => Math.max(before, score + 1));
  }

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const hole = "789456123".indexOf(event.key);
      if (hole >= 0) hit(hole);
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  });

  return (
    <GameFrame
      title=[[title | attr]]
      hint=[[tagline | attr]]
      scores={[
        { label: "Score", value: score },
        { label: "Seconds", value: left },
        { label: "Best", value: best },
      ]}
    >
      <div className="mx-auto grid w-full max-w-md touch-manipulation grid-cols-3 gap-3 rounded-3xl bg-muted p-3 select-none sm:gap-4 sm:p-4">
        {Array.from({ length: HOLES }, (_, hole) => {
          const isUp = isRunning && target?.hole === hole;
          const Icon = pictures[target?.picture ?? 0]?.icon;
          return (
            <button
              key={hole}
              type="button"
              aria-label={isUp ? `${pictures[target.picture]?.name}: hit it` : `Hole ${hole + 1}`}
              onPointerDown={() => hit(hole)}
              className="grid aspect-square place-items-center overflow-hidden rounded-full border-4 border-border bg-background outline-none focus-visible:ring-2 focus-visible:ring-ring"
            >
              {isUp && Icon && (
                <Icon
                  className={cn("size-3/5 animate-pop-in text-primary", target.isHit && "scale-75 text-success opacity-60")}
                  aria-hidden
                />
              )}
            </button>
          );
        })}
      </div>
      {!isRunning && (
        <div className="grid justify-items-center gap-3">
          <p role="status" className="font-display text-xl font-semibold">
            {score > 0 ? `${score} ${score === best ? "– your best!" : "hits"}` : "Ready?"}
          </p>
          <Button size="lg" onClick={start}>
            <Play aria-hidden /> {score > 0 ? "Play again" : "Start"}
          </Button>
          <p className="hidden text-sm text-muted-foreground sm:block">Tap them, or use the number pad.</p>
        </div>
      )}
    </GameFrame>
  );
}

/** Another hole than the last. */
function drawTarget(last?: number): Target {
  const holes = Array.from({ length: HOLES }, (_, hole) => hole).filter((hole) => hole !== last);
  return {
    hole: holes[Math.floor(Math.random() * holes.length)] ?? 0,
    picture: Math.floor(Math.random() * pictures.length),
    isHit: false,
  };
}
