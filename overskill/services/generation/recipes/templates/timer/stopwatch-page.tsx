import { Flag, Pause, Play, RotateCcw, Save } from "lucide-react";
import { toast } from "sonner";

import { LapList } from "@/components/lap-list";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { Week } from "@/components/week";
import { [[e.many]], blank[[e.type]] } from "@/data/[[e.files]]";
import { useCollection } from "@/lib/collection";
import { today } from "@/lib/format";
import { atZero, formatStopwatch, lapsOf, stopwatch, timeOn } from "@/lib/stopwatch";
import { useStore } from "@/lib/storage";
import { useKey } from "@/lib/use-key";
import { useNow } from "@/lib/use-now";

export function [[component]]() {
  const saved = useCollection([[e.many]]);
  const [watch, setWatch] = useStore(stopwatch);
  const isRunning = watch.startedAt > 0;
  const time = timeOn(watch, useNow(isRunning, 33));
  const lastLap = watch.laps.at(-1) ?? 0;
  useKey(" ", toggle);
  useKey("l", lap);

  function toggle() {
    const now = Date.now();
    setWatch((current) =>
      current.startedAt > 0
        ? { ...current, elapsed: timeOn(current, now), startedAt: 0 }
        : { ...current, startedAt: now },
    );
  }

  function lap() {
    const now = Date.now();
    if (!isRunning) return;
    setWatch((current) => ({ ...current, laps: [...current.laps, timeOn(current, now)] }));
  }

  function reset() {
    const before = watch;
    setWatch(atZero);
    toast("Back to zero", { action: { label: "Undo", onClick: () => setWatch(before) } });
  }

  function save() {
    const minutes = Math.round(watch.elapsed / 600) / 100;
    const name = `${[[what | ts]]} ${saved.length + 1}`;
    [[e.many]].add({ ...blank[[e.type]], name, date: today(), minutes, laps: watch.laps.length });
    setWatch(atZero);
    toast.success(`${formatStopwatch(watch.elapsed)} is in the log`);
  }

  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader title=[[page.title | attr]] description=[[tagline | attr]] />
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <Card className="grid gap-8 p-6 text-center sm:p-12">
          <div>
            <p role="timer" className="font-display text-6xl font-semibold tracking-tight tabular-nums sm:text-8xl">
              {formatStopwatch(time)}
            </p>
            <p className="mt-3 text-muted-foreground tabular-nums">
              {watch.laps.length > 0 ? `This lap: ${formatStopwatch(time - lastLap)}` : "Space starts and stops, L takes a lap"}
            </p>
          </div>
          <div className="flex items-center justify-center gap-2 sm:gap-3">
            <Button variant="outline" disabled={!isRunning} onClick={lap} title="Press L">
              <Flag aria-hidden /> Lap
            </Button>
            <Button size="lg" className="h-14 min-w-28 rounded-full text-lg sm:min-w-36" onClick={toggle} title="Press space">
              {isRunning ? <Pause aria-hidden /> : <Play aria-hidden />}
              {isRunning ? "Stop" : time > 0 ? "Go on" : "Start"}
            </Button>
            <Button variant="outline" disabled={isRunning || time === 0} onClick={reset}>
              <RotateCcw aria-hidden /> Reset
            </Button>
          </div>
          <Button variant="ghost" className="mx-auto" disabled={isRunning || time === 0} onClick={save}>
            <Save aria-hidden /> Keep this time in the log
          </Button>
        </Card>
        <div className="grid grid-cols-1 gap-6">
          <LapList laps={lapsOf(watch)} />
          <Week [[e.many]]={saved} />
        </div>
      </div>
    </div>
  );
}
