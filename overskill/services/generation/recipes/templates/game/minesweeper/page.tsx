import { Flag, Shovel } from "lucide-react";
import { useEffect, useState } from "react";

import { GameFrame } from "@/components/game-frame";
import { MineCell } from "@/components/mine-cell";
import { Segmented } from "@/components/ui/segmented";
import { closedField, hasExploded, isCleared, layMines, LEVELS, open } from "@/lib/minefield";
import { createStore, useStore } from "@/lib/storage";

const levels = Object.entries(LEVELS).map(([value, { label }]) => ({ value, label }));
const tools = [
  { value: "open" as const, label: "Open", icon: Shovel },
  { value: "flag" as const, label: "Flag", icon: Flag },
];
const chosenLevel = createStore("level", "easy");
/** The fewest seconds for each level. */
const bestTimes = createStore<Record<string, number>>("best", {});

export function [[component]]() {
  const [name, setName] = useStore(chosenLevel);
  const [best, setBest] = useStore(bestTimes);
  const level = LEVELS[name] ?? LEVELS.easy!;
  const [field, setField] = useState(() => closedField(level));
  const [tool, setTool] = useState<"open" | "flag">("open");
  const [seconds, setSeconds] = useState(0);

  const hasBegun = field.some((cell) => cell.isOpen);
  const isLost = hasExploded(field);
  const isWon = hasBegun && !isLost && isCleared(field);
  const isRunning = hasBegun && !isLost && !isWon;

  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000);
    return () => clearInterval(timer);
  }, [isRunning]);

  function restart(next = level) {
    setField(closedField(next));
    setSeconds(0);
    setTool("open");
  }

  function flag(index: number) {
    if (isLost || isWon || field[index]?.isOpen) return;
    setField(field.map((cell, place) => (place === index ? { ...cell, hasFlag: !cell.hasFlag } : cell)));
  }

  function press(index: number) {
    if (tool === "flag") return flag(index);
    if (isLost || isWon || field[index]?.hasFlag) return;
    const after = open(hasBegun ? field : layMines(field, level, index), level, index);
    setField(after);
    if (isCleared(after) && !hasExploded(after)) {
      setBest((before) => ({ ...before, [name]: Math.min(before[name] ?? Infinity, seconds) }));
    }
  }

  return (
    <GameFrame
      title=[[title | attr]]
      hint=[[tagline | attr]]
      scores={[
        { label: "Mines left", value: level.mines - field.filter((cell) => cell.hasFlag).length },
        { label: "Seconds", value: seconds },
        { label: "Best", value: best[name] ?? "–" },
      ]}
      onRestart={() => restart()}
    >
      <div className="flex flex-wrap justify-center gap-3">
        <Segmented
          label="Level"
          value={name}
          options={levels}
          onChange={(next) => {
            setName(next);
            restart(LEVELS[next]);
          }}
        />
        <Segmented label="What a tap does" value={tool} options={tools} onChange={setTool} />
      </div>
      <p role="status" className="text-center font-display text-lg font-semibold">
        {isWon ? `Cleared in ${seconds} seconds!` : isLost ? "That was a mine." : "Right click or Flag marks a mine."}
      </p>
      <div
        className="mx-auto grid w-full max-w-md gap-1"
        style={{ gridTemplateColumns: `repeat(${level.columns}, minmax(0, 1fr))` }}
      >
        {field.map((cell, index) => (
          <MineCell
            key={index}
            cell={cell}
            label={`Row ${Math.floor(index / level.columns) + 1}, column ${(index % level.columns) + 1}`}
            showsMines={isLost}
            onOpen={() => press(index)}
            onFlag={() => flag(index)}
          />
        ))}
      </div>
    </GameFrame>
  );
}
