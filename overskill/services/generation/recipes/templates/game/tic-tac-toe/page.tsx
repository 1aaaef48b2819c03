import { Circle, X } from "lucide-react";
import { useEffect, useState } from "react";

import { GameFrame } from "@/components/game-frame";
import { Button } from "@/components/ui/button";
import { Segmented } from "@/components/ui/segmented";
import { cn } from "@/lib/cn";
import { createStore, useStore } from "@/lib/storage";
import { computerMove, EMPTY, isFull, other, place, winningLine, type Mark, type Square } from "@/lib/tic-tac-toe";

const modes = [
  { value: "friend" as const, label: "Two players" },
  { value: "easy" as const, label: "Computer" },
  { value: "hard" as const, label: "Strong computer" },
];
type Mode = (typeof modes)[number]["value"];

const chosenMode = createStore<Mode>("mode", "[[ "friend" if names else "easy" ]]");
const tally = createStore("tally", { X: 0, O: 0, draws: 0 });
const NAMES: Record<Mark, string> = { X: [[ (names[0] if names else "X") | ts ]], O: [[ (names[1] if names else "O") | ts ]] };

export function [[component]]() {
  const [mode, setMode] = useStore(chosenMode);
  const [wins, setWins] = useStore(tally);
  const [board, setBoard] = useState<Square[]>(EMPTY);
  const [first, setFirst] = useState<Mark>("X");

  const line = winningLine(board);
  const isOver = line !== undefined || isFull(board);
  const moves = board.filter(Boolean).length;
  const turn = moves % 2 === 0 ? first : other(first);
  const isThinking = mode !== "friend" && turn === "O" && !isOver;

  function play(index: number) {
    if (isOver || board[index] !== "") return;
    const after = place(board, index, turn);
    setBoard(after);
    if (winningLine(after)) setWins((before) => ({ ...before, [turn]: before[turn] + 1 }));
    else if (isFull(after)) setWins((before) => ({ ...before, draws: before.draws + 1 }));
  }

  useEffect(() => {
    if (!isThinking) return;
    const timer = setTimeout(() => play(computerMove(board, "O", mode === "hard")), 400);
    return () => clearTimeout(timer);
  });

  function restart() {
    setBoard(EMPTY);
    setFirst(other(first));
  }

  function change(next: Mode) {
    setMode(next);
    setBoard(EMPTY);
    setFirst("X");
  }

  const status = line
    ? `${NAMES[other(turn)]} wins!`
    : isOver
      ? "A draw."
      : isThinking
        ? "The computer thinks…"
        : `${NAMES[turn]} to move`;

  return (
    <GameFrame
      title=[[title | attr]]
      hint=[[tagline | attr]]
      scores={[
        { label: NAMES.X, value: wins.X },
        { label: mode === "friend" ? NAMES.O : "Computer", value: wins.O },
        { label: "Draws", value: wins.draws },
      ]}
      onRestart={restart}
    >
      <Segmented label="Who plays" value={mode} options={modes} onChange={change} className="justify-self-center" />
      <p role="status" className="text-center font-display text-lg font-semibold">
        {status}
      </p>
      <div className="mx-auto grid aspect-square w-full max-w-sm grid-cols-3 gap-2.5">
        {board.map((square, index) => (
          <button
            key={index}
            type="button"
            aria-label={`Row ${Math.floor(index / 3) + 1}, column ${(index % 3) + 1}: ${square || "empty"}`}
            disabled={isOver || isThinking || square !== ""}
            onClick={() => play(index)}
            className={cn(
              "grid place-items-center rounded-2xl border-2 bg-card transition-colors outline-none focus-visible:ring-2 focus-visible:ring-ring enabled:hover:border-primary enabled:hover:bg-accent",
              line?.includes(index) && "border-primary bg-accent",
            )}
          >
            {square === "X" && <X className="size-3/5 animate-pop-in text-primary" strokeWidth={2.5} aria-hidden />}
            {square === "O" && <Circle className="size-1/2 animate-pop-in text-chart-3" strokeWidth={3} aria-hidden />}
          </button>
        ))}
      </div>
      {isOver && (
        <Button size="lg" className="justify-self-center" onClick={restart} autoFocus>
          Play again
        </Button>
      )}
    </GameFrame>
  );
}
