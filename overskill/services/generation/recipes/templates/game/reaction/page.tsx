import { useEffect, useRef, useState } from "react";

import { GameFrame } from "@/components/game-frame";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/cn";
import { createStore, useStore } from "@/lib/storage";

const ROUNDS = 5;
/** The best average in milliseconds; 0 before the first game. */
const bestAverage = createStore("best-average", 0);

type Phase = "ready" | "wait" | "go" | "early";
const LOOKS: Record<Phase, { text: string; hint: string; className: string }> = {
  ready: { text: "Tap to begin", hint: "or press the space bar", className: "bg-primary text-primary-foreground" },
  wait: { text: "Wait for green…", hint: "not yet", className: "bg-destructive text-destructive-foreground" },
  go: { text: "Now!", hint: "tap", className: "bg-success text-background" },
  early: { text: "Too early", hint: "tap to try that round again", className: "bg-warning text-background" },
};

export function [[component]]() {
  const [phase, setPhase] = useState<Phase>("ready");
  const [times, setTimes] = useState<number[]>([]);
  const [best, setBest] = useStore(bestAverage);
  const greenAt = useRef(0);

  const average = times.length > 0 ? Math.round(times.reduce((sum, one) => sum + one, 0) / times.length) : 0;
  const isOver = times.length >= ROUNDS;

  useEffect(() => {
    if (phase !== "wait") return;
    const timer = setTimeout(
      () => {
        greenAt.current = performance.now();
        setPhase("go");
      },
      1200 + Math.random() * 2800,
    );
    return () => clearTimeout(timer);
  }, [phase]);

  function press() {
    if (phase === "ready" || phase === "early") return setPhase("wait");
    if (phase === "wait") return setPhase("early");
    const after = [...times, Math.round(performance.now() - greenAt.current)];
    setTimes(after);
    setPhase("ready");
    if (after.length < ROUNDS) return;
    const reached = Math.round(after.reduce((sum, one) => sum + one, 0) / ROUNDS);
    setBest((before) => (before > 0 ? Math.min(before, reached) : reached));
  }

  function restart() {
    setTimes([]);
    setPhase("ready");
  }

  const look = LOOKS[phase];
  return (
    <GameFrame
      title=[[title | attr]]
      hint=[[tagline | attr]]
      scores={[
        { label: "Round", value: `${Math.min(times.length + 1, ROUNDS)}/${ROUNDS}` },
        { label: "Average", value: average ? `${average} ms` : "–" },
        { label: "Best", value: best ? `${best} ms` : "–" },
      ]}
      onRestart={restart}
    >
      {isOver ? (
        <div className="grid h-72 place-content-center gap-4 rounded-3xl border bg-card text-center">
          <p role="status" className="font-display text-5xl font-bold tabular-nums">
            {average} ms
          </p>
          <p className="text-muted-foreground">{average === best ? "Your best so far!" : `Your best is ${best} ms.`}</p>
          <Button size="lg" onClick={restart} autoFocus>
            Play again
          </Button>
        </div>
      ) : (
        <button
          type="button"
          onPointerDown={press}
          onKeyDown={(event) => {
            if (event.repeat || (event.key !== " " && event.key !== "Enter")) return;
            event.preventDefault();
            press();
          }}
          autoFocus
          className={cn(
            "grid h-72 touch-manipulation place-content-center gap-2 rounded-3xl text-center outline-none select-none focus-visible:ring-4 focus-visible:ring-ring focus-visible:ring-offset-2 focus-visible:ring-offset-background",
            look.className,
          )}
        >
          <span role="status" className="font-display text-4xl font-bold">
            {phase === "ready" && times.length > 0 ? `${times.at(-1)} ms` : look.text}
          </span>
          <span className="text-sm opacity-80">{phase === "ready" && times.length > 0 ? "tap for the next round" : look.hint}</span>
        </button>
      )}
      <ol aria-label="Rounds" className="grid grid-cols-5 gap-2">
        {Array.from({ length: ROUNDS }, (_, index) => (
          <li key={index} className="rounded-xl border bg-card py-2 text-center text-sm font-medium tabular-nums">
            {times[index] !== undefined ? `${times[index]} ms` : "–"}
          </li>
        ))}
      </ol>
    </GameFrame>
  );
}
