import { Shuffle } from "lucide-react";
import { useState } from "react";

import { ResultList } from "@/components/result-list";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { PageHeader } from "@/components/ui/page-header";
import { Switch } from "@/components/ui/switch";
import { below } from "@/lib/chance";
import { cn } from "@/lib/cn";
import { keepResult } from "@/lib/results";
import { createStore, useStore } from "@/lib/storage";
import { useKey } from "@/lib/use-key";

const kept = createStore("range", { lowest: [[lowest]], highest: [[highest]], count: [[count]], once: [[once | ts]] });

export function [[component]]() {
  const [{ lowest, highest, count, once }, setRange] = useStore(kept);
  const [drawn, setDrawn] = useState<number[]>([]);
  const size = highest - lowest + 1;
  const isPossible = size > 0 && count >= 1 && (!once || count <= size);
  useKey(" ", draw);

  function draw() {
    if (!isPossible) return;
    const found: number[] = [];
    while (found.length < Math.min(count, 100)) {
      const number = lowest + below(size);
      if (!once || !found.includes(number)) found.push(number);
    }
    if (once) found.sort((a, b) => a - b);
    setDrawn(found);
    keepResult(found.join(", "));
  }

  const change = (changes: Partial<{ lowest: number; highest: number; count: number; once: boolean }>) =>
    setRange((before) => ({ ...before, ...changes }));

  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader title=[[page.title | attr]] description=[[tagline | attr]] />
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Card className="grid gap-8 p-5 text-center sm:p-10">
          <div role="status" className="flex min-h-40 flex-wrap content-center items-center justify-center gap-3">
            {drawn.length > 0 ? (
              drawn.map((number, index) => (
                <span
                  key={`${index} ${number}`}
                  className={cn(
                    "grid animate-pop-in place-items-center font-display font-semibold tabular-nums",
                    drawn.length > 1
                      ? "h-16 min-w-16 rounded-full bg-primary px-3 text-2xl text-primary-foreground shadow-md"
                      : "text-7xl tracking-tight break-all sm:text-8xl",
                  )}
                >
                  {number}
                </span>
              ))
            ) : (
              <p className="text-muted-foreground">
                {count === 1 ? "A number" : `${count} numbers`} from {lowest} to {highest}
              </p>
            )}
          </div>
          <Button size="lg" className="mx-auto h-14 min-w-44 rounded-full text-lg" disabled={!isPossible} onClick={draw} title="Press space">
            <Shuffle aria-hidden /> Draw
          </Button>
          {!isPossible && (
            <p role="alert" className="text-sm text-destructive">
              {size > 0 ? `There are only ${size} numbers from ${lowest} to ${highest}.` : "The highest must not be below the lowest."}
            </p>
          )}
        </Card>
        <div className="grid grid-cols-1 gap-6">
          <Card className="grid grid-cols-2 gap-4 p-5">
            <Field label="Lowest">
              <Input type="number" value={lowest} onChange={({ target }) => change({ lowest: Math.round(Number(target.value)) })} />
            </Field>
            <Field label="Highest">
              <Input type="number" value={highest} onChange={({ target }) => change({ highest: Math.round(Number(target.value)) })} />
            </Field>
            <Field label="How many" className="col-span-2">
              <Input type="number" min={1} max={100} value={count} onChange={({ target }) => change({ count: Math.round(Number(target.value)) })} />
            </Field>
            <div className="col-span-2 flex items-center justify-between gap-4">
              <Label htmlFor="once">Each number only once</Label>
              <Switch id="once" checked={once} onCheckedChange={(isOn) => change({ once: isOn })} />
            </div>
          </Card>
          <ResultList />
        </div>
      </div>
    </div>
  );
}
