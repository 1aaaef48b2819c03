import { useEffect, useRef, useState } from "react";

import { GameFrame } from "@/components/game-frame";
import { TypedPassage } from "@/components/typed-passage";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { formatPercent } from "@/lib/format";
import { createStore, useStore } from "@/lib/storage";
import { drawText, speedOf } from "@/lib/typing";

const SECONDS = [[seconds]];
const bestSpeed = createStore("best-speed", 0);

export function [[component]]() {
  const [text, setText] = useState(drawText);
  const [typed, setTyped] = useState("");
  const [left, setLeft] = useState(SECONDS);
  const [best, setBest] = useStore(bestSpeed);
  const input = useRef<HTMLTextAreaElement>(null);

  const isOver = left <= 0 || typed.length >= text.length;
  const isRunning = typed.length > 0 && !isOver;
  const { wordsPerMinute, accuracy } = speedOf(text, typed, SECONDS - left);

  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => setLeft((before) => before - 1), 1000);
    return () => clearInterval(timer);
  }, [isRunning]);

  useEffect(() => {
    if (isOver) setBest((before) => Math.max(before, wordsPerMinute));
  }, [isOver, wordsPerMinute, setBest]);

  function restart() {
    setText(drawText());
    setTyped("");
    setLeft(SECONDS);
    input.current?.focus();
  }

  return (
    <GameFrame
      title=[[title | attr]]
      hint=[[tagline | attr]]
      scores={[
        { label: "Seconds", value: left },
        { label: "Words a minute", value: wordsPerMinute },
        { label: "Right", value: formatPercent(accuracy) },
        { label: "Best", value: best },
      ]}
      onRestart={restart}
    >
      <Card className="relative p-5 focus-within:ring-2 focus-within:ring-ring sm:p-8" onClick={() => input.current?.focus()}>
        <TypedPassage text={text} typed={typed} />
        <textarea
          ref={input}
          aria-label={`Type this: ${text}`}
          value={typed}
          disabled={isOver}
          onChange={(event) => setTyped(event.target.value.replaceAll("\n", " ").slice(0, text.length))}
          onPaste={(event) => event.preventDefault()}
          autoCapitalize="off"
          autoComplete="off"
          spellCheck={false}
          autoFocus
          className="absolute inset-0 size-full resize-none opacity-0"
        />
        {isOver && (
          <div className="absolute inset-0 grid place-content-center gap-3 rounded-xl bg-card/95 text-center">
            <p role="status" className="font-display text-4xl font-bold tabular-nums">
              {wordsPerMinute} words a minute
            </p>
            <p className="text-muted-foreground">{formatPercent(accuracy)} of it right.</p>
            <Button size="lg" onClick={restart} autoFocus>
              Once more
            </Button>
          </div>
        )}
      </Card>
      <p className="text-center text-sm text-muted-foreground">The clock starts with the first letter.</p>
    </GameFrame>
  );
}
