import { ArrowDown, ArrowUp, Check } from "lucide-react";
import { useState, type FormEvent } from "react";

import { GameFrame } from "@/components/game-frame";
import { NumberRange } from "@/components/number-range";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Input } from "@/components/ui/input";
import { createStore, useStore } from "@/lib/storage";

const LOWEST = [[lowest]];
const HIGHEST = [[highest]];
/** The fewest guesses; 0 before the first game. */
const fewest = createStore("fewest", 0);

function drawSecret(): number {
  return LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST + 1));
}

export function [[component]]() {
  const [secret, setSecret] = useState(drawSecret);
  const [guesses, setGuesses] = useState<number[]>([]);
  const [typed, setTyped] = useState("");
  const [best, setBest] = useStore(fewest);

  const last = guesses.at(-1);
  const isFound = last === secret;
  const from = Math.max(LOWEST, ...guesses.filter((one) => one < secret).map((one) => one + 1));
  const to = Math.min(HIGHEST, ...guesses.filter((one) => one > secret).map((one) => one - 1));

  function submit(event: FormEvent) {
    event.preventDefault();
    const number = Number(typed);
    if (typed === "" || isFound || !Number.isInteger(number)) return;
    const after = [...guesses, number];
    setGuesses(after);
    setTyped("");
    if (number === secret) setBest((before) => (before > 0 ? Math.min(before, after.length) : after.length));
  }

  function restart() {
    setSecret(drawSecret());
    setGuesses([]);
    setTyped("");
  }

  return (
    <GameFrame
      title=[[title | attr]]
      hint=[[tagline | attr]]
      scores={[
        { label: "Guesses", value: guesses.length },
        { label: "Best", value: best || "–" },
      ]}
      onRestart={restart}
    >
      <Card className="grid gap-6 p-6 sm:p-8">
        <p role="status" className="flex items-center justify-center gap-2 font-display text-2xl font-semibold">
          {last === undefined ? (
            "What is the number?"
          ) : isFound ? (
            <>
              <Check className="text-success" aria-hidden /> {secret} it is, in {guesses.length}!
            </>
          ) : last < secret ? (
            <>
              <ArrowUp className="text-primary" aria-hidden /> Higher than {last}
            </>
          ) : (
            <>
              <ArrowDown className="text-primary" aria-hidden /> Lower than {last}
            </>
          )}
        </p>
        <NumberRange lowest={LOWEST} highest={HIGHEST} from={isFound ? secret : from} to={isFound ? secret : to} />
        {isFound ? (
          <Button size="lg" onClick={restart} autoFocus>
            Play again
          </Button>
        ) : (
          <form onSubmit={submit} className="flex gap-3">
            <Input
              type="number"
              min={LOWEST}
              max={HIGHEST}
              aria-label="Your guess"
              placeholder="Your guess"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              className="h-12 text-center text-lg sm:text-lg"
              autoFocus
            />
            <Button type="submit" size="lg" className="h-12">
              Guess
            </Button>
          </form>
        )}
        {guesses.length > 0 && (
          <ol aria-label="Your guesses" className="flex flex-wrap justify-center gap-2">
            {guesses.map((one, index) => (
              <li key={index} className="rounded-full bg-muted px-3 py-1 text-sm font-medium tabular-nums">
                {one} {one === secret ? "✓" : one < secret ? "↑" : "↓"}
              </li>
            ))}
          </ol>
        )}
      </Card>
    </GameFrame>
  );
}
