import { Coins } from "lucide-react";
import { useState } from "react";

import { ResultList } from "@/components/result-list";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { StatCard } from "@/components/ui/stat-card";
import { below } from "@/lib/chance";
import { formatNumber } from "@/lib/format";
import { keepResult, results } from "@/lib/results";
import { useStore } from "@/lib/storage";
import { useKey } from "@/lib/use-key";

const SIDES = ["Heads", "Tails"] as const;

export function [[component]]() {
  const [all] = useStore(results);
  const [turns, setTurns] = useState(0);
  const [landed, setLanded] = useState(true);
  const side = SIDES[turns % 2];
  useKey(" ", flip);

  function flip() {
    if (!landed) return;
    setLanded(false);
    setTurns((before) => before + 6 + below(2));
  }

  function land() {
    setLanded(true);
    keepResult(side ?? "");
  }

  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader title=[[page.title | attr]] description=[[tagline | attr]] />
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Card className="grid gap-8 p-6 text-center sm:p-10">
          <div className="mx-auto size-44 [perspective:800px] sm:size-56" aria-hidden>
            <div
              className="relative size-full transition-transform duration-1000 ease-out transform-3d"
              style={{ transform: `rotateX(${turns * 180}deg)` }}
              onTransitionEnd={land}
            >
              {SIDES.map((name, index) => (
                <span
                  key={name}
                  className="absolute inset-0 grid place-items-center rounded-full border-8 border-double border-warning/60 bg-warning/25 font-display text-3xl font-semibold shadow-lg backface-hidden"
                  style={{ transform: `rotateX(${index * 180}deg)` }}
                >
                  {name}
                </span>
              ))}
            </div>
          </div>
          <p role="status" className="min-h-12 font-display text-4xl font-semibold tracking-tight">
            {landed && turns > 0 ? side : ""}
          </p>
          <Button size="lg" className="mx-auto h-14 min-w-44 rounded-full text-lg" disabled={!landed} onClick={flip} title="Press space">
            <Coins aria-hidden /> Flip the coin
          </Button>
        </Card>
        <div className="grid grid-cols-1 gap-6">
          <div className="grid grid-cols-2 gap-4">
            {SIDES.map((name) => (
              <StatCard key={name} label={name} value={formatNumber(all.filter(({ text }) => text === name).length)} />
            ))}
          </div>
          <ResultList />
        </div>
      </div>
    </div>
  );
}
