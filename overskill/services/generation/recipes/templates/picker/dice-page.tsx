import { Dices } from "lucide-react";
import { useEffect, useRef, useState } from "react";

import { Die } from "@/components/die";
import { NumberControl } from "@/components/number-control";
import { ResultList } from "@/components/result-list";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { Segmented } from "@/components/ui/segmented";
import { below, prefersStill } from "@/lib/chance";
import { keepResult } from "@/lib/results";
import { createStore, useStore } from "@/lib/storage";
import { useKey } from "@/lib/use-key";

const KINDS = [[kinds | ts]];
const ROLL = 700;
const kept = createStore("dice", { sides: [[sides]], count: [[count]], bonus: 0 });

export function [[component]]() {
  const [{ sides, count, bonus }, setDice] = useStore(kept);
  const [values, setValues] = useState<number[]>([]);
  const [isRolling, setIsRolling] = useState(false);
  const timer = useRef(0);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  useKey(" ", roll);

  const shown = Array.from({ length: count }, (_, index) => values[index] ?? sides);
  const total = values.reduce((sum, value) => sum + value, bonus);
  const isRolled = values.length === count;

  function roll() {
    if (isRolling) return;
    const rolled = Array.from({ length: count }, () => 1 + below(sides));
    setValues(rolled);
    setIsRolling(true);
    timer.current = window.setTimeout(() => settle(rolled), prefersStill() ? 0 : ROLL);
  }

  function settle(rolled: number[]) {
    setIsRolling(false);
    const sum = rolled.reduce((all, value) => all + value, bonus);
    const parts = rolled.join(" + ") + (bonus ? ` + ${bonus}` : "");
    keepResult(`${count}d${sides}: ${rolled.length > 1 || bonus ? `${parts} = ` : ""}${sum}`);
  }

  function change(changes: Partial<{ sides: number; count: number; bonus: number }>) {
    setDice((before) => ({ ...before, ...changes }));
    setValues([]);
  }

  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader title=[[page.title | attr]] description=[[tagline | attr]] />
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Card className="grid gap-8 p-5 text-center sm:p-10">
          <div className="flex min-h-28 flex-wrap items-center justify-center gap-4">
            {shown.map((value, index) => (
              <Die key={index} value={value} sides={sides} isRolling={isRolling} />
            ))}
          </div>
          <p role="status" className="min-h-16 font-display text-5xl font-semibold tracking-tight tabular-nums sm:text-6xl">
            {isRolled && !isRolling ? total : <span className="text-muted-foreground/40" aria-hidden>–</span>}
          </p>
          <Button size="lg" className="mx-auto h-14 min-w-44 rounded-full text-lg" disabled={isRolling} onClick={roll} title="Press space">
            <Dices aria-hidden /> Roll {count}d{sides}
          </Button>
        </Card>
        <div className="grid grid-cols-1 gap-6">
          <Card className="grid gap-5 p-5">
            <Segmented
              label="Sides"
              value={String(sides)}
              options={KINDS.map((kind) => ({ value: String(kind), label: `d${kind}` }))}
              onChange={(kind) => change({ sides: Number(kind) })}
              className="flex-wrap"
            />
            <NumberControl label="Dice" value={count} min={1} max={10} step={1} onChange={(next) => change({ count: Math.min(10, Math.round(next)) })} />
            <NumberControl label="Added to the total" value={bonus} min={0} max={20} step={1} onChange={(next) => change({ bonus: Math.round(next) })} />
          </Card>
          <ResultList />
        </div>
      </div>
    </div>
  );
}
