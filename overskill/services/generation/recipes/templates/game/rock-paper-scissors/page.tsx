import { CircleHelp } from "lucide-react";
import { useState } from "react";

import { GameFrame } from "@/components/game-frame";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { cn } from "@/lib/cn";
import { drawShape, outcomeOf, SHAPES, type Outcome, type Shape } from "@/lib/hands";
import { createStore, useStore } from "@/lib/storage";
import { useShortcut } from "@/lib/use-shortcut";

/** So many wins take the match. */
const WINS = [[wins]];
const matches = createStore("matches", { won: 0, lost: 0 });
const WORDS: Record<Outcome, string> = { won: "You win this one", lost: "The computer wins", draw: "Even" };

interface Throw {
  mine: Shape;
  theirs: Shape;
  outcome: Outcome;
}

export function [[component]]() {
  const [throws, setThrows] = useState<Throw[]>([]);
  const [record, setRecord] = useStore(matches);

  const last = throws.at(-1);
  const won = throws.filter((one) => one.outcome === "won").length;
  const lost = throws.filter((one) => one.outcome === "lost").length;
  const isOver = won >= WINS || lost >= WINS;

  function play(mine: Shape) {
    if (isOver) return;
    const theirs = drawShape();
    const outcome = outcomeOf(mine, theirs);
    setThrows([...throws, { mine, theirs, outcome }]);
    if (outcome === "won" && won + 1 === WINS) setRecord((before) => ({ ...before, won: before.won + 1 }));
    if (outcome === "lost" && lost + 1 === WINS) setRecord((before) => ({ ...before, lost: before.lost + 1 }));
  }

  useShortcut("1", () => play("rock"));
  useShortcut("2", () => play("paper"));
  useShortcut("3", () => play("scissors"));

  return (
    <GameFrame
      title=[[title | attr]]
      hint=[[tagline | attr]]
      scores={[
        { label: "Matches won", value: record.won },
        { label: "Matches lost", value: record.lost },
      ]}
      onRestart={() => setThrows([])}
    >
      <Card className="grid gap-6 p-6 text-center">
        <div className="grid grid-cols-[1fr_auto_1fr] items-center gap-3">
          <Thrown label="You" shape={last?.mine} isWinner={last?.outcome === "won"} />
          <p className="font-display text-3xl font-bold tabular-nums" aria-label={`${won} to ${lost}`}>
            {won}:{lost}
          </p>
          <Thrown label="Computer" shape={last?.theirs} isWinner={last?.outcome === "lost"} />
        </div>
        <p role="status" className="min-h-7 font-display text-xl font-semibold">
          {isOver ? (won > lost ? "The match is yours!" : "The match is lost.") : last ? WORDS[last.outcome] : "Your turn"}
        </p>
        {isOver ? (
          <Button size="lg" onClick={() => setThrows([])} autoFocus>
            Play again
          </Button>
        ) : (
          <div className="grid grid-cols-3 gap-3">
            {SHAPES.map(({ shape, label, icon: Icon }, index) => (
              <Button key={shape} variant="outline" className="h-24 flex-col text-base" onClick={() => play(shape)}>
                <Icon className="size-8 text-primary" aria-hidden />
                {label}
                <kbd className="hidden text-xs text-muted-foreground sm:block">{index + 1}</kbd>
              </Button>
            ))}
          </div>
        )}
      </Card>
      {throws.length > 0 && (
        <ol aria-label="Throws" className="flex flex-wrap justify-center gap-1.5">
          {throws.map((one, index) => (
            <li
              key={index}
              aria-label={one.outcome}
              className={cn(
                "size-3 rounded-full bg-muted-foreground/40",
                one.outcome === "won" && "bg-success",
                one.outcome === "lost" && "bg-destructive",
              )}
            />
          ))}
        </ol>
      )}
    </GameFrame>
  );
}

interface ThrownProps {
  label: string;
  shape: Shape | undefined;
  isWinner: boolean;
}

function Thrown({ label, shape, isWinner }: ThrownProps) {
  const Icon = SHAPES.find((one) => one.shape === shape)?.icon ?? CircleHelp;
  return (
    <div>
      <span
        className={cn(
          "mx-auto grid size-24 place-items-center rounded-full border-4 bg-muted text-muted-foreground transition-colors sm:size-28",
          isWinner && "border-success bg-success/12 text-success",
        )}
      >
        <Icon className="size-12" aria-label={shape ?? "nothing yet"} />
      </span>
      <p className="mt-2 text-sm font-medium">{label}</p>
    </div>
  );
}
