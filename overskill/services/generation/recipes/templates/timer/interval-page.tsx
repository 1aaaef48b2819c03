import { Pause, Play, RotateCcw, SkipForward } from "lucide-react";
import { useState } from "react";

import { MuteButton } from "@/components/mute-button";
import { NumberControl } from "@/components/number-control";
import { PartList } from "@/components/part-list";
import { Ring } from "@/components/ring";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { PageHeader } from "@/components/ui/page-header";
import { Switch } from "@/components/ui/switch";
import { Week } from "@/components/week";
import { [[e.many]], blank[[e.type]] } from "@/data/[[e.files]]";
import { formatClock, formatLength } from "@/lib/clock";
import { cn } from "@/lib/cn";
import { useCollection } from "@/lib/collection";
import { today } from "@/lib/format";
import { buildSteps, parts, settings, type Settings } from "@/lib/plan";
import { lengthOf, type Step } from "@/lib/run";
import { createStore, useStore } from "@/lib/storage";
import { useKey } from "@/lib/use-key";
import { useRun } from "@/lib/use-run";

/** Of more steps than these only those of the round are shown. */
const MOST = 40;
//% if mode != "single"
const keepsGoing = createStore("keeps-going", [[goes_on | ts]]);
//% endif
//% if mode == "pomodoro"
const subject = createStore("subject", "");
//% endif

export function [[component]]() {
  const all = useCollection([[e.many]]);
  const [values, setValues] = useStore(settings);
//% if mode != "single"
  const [goesOn, setGoesOn] = useStore(keepsGoing);
//% endif
//% if mode == "steps"
  const [list] = useStore(parts);
  const steps = buildSteps(values, list);
//% else
  const steps = buildSteps(values);
//% endif
//% if mode == "pomodoro"
  const [task, setTask] = useStore(subject);
//% endif
//% if mode == "single"
  const run = useRun({ steps, goesOn: true, onFinished: log });
//% else
  const run = useRun({ steps, goesOn, onFinished: log });
//% endif
  useKey(" ", run.toggle);

//% if mode == "pomodoro"
  function log(finished: Step[]) {
    for (const step of finished.filter(({ kind }) => kind === "work")) {
      [[e.many]].add({ ...blank[[e.type]], name: task.trim() || step.name, date: today(), minutes: step.seconds / 60 });
    }
//% else
  function log(finished: Step[], isOver: boolean) {
    if (!isOver || finished.length === 0) return;
    const minutes = Math.round(lengthOf(steps) / 6000) / 10;
    [[e.many]].add({ ...blank[[e.type]], name: [[title | ts]], date: today(), minutes });
//% endif
  }

  function change(changes: Partial<Settings>) {
    setValues((current) => ({ ...current, ...changes }));
    run.reset();
  }

  const left = run.left / 1000;
//% if warn
  const isLate = run.step?.kind === "work" && !run.isAtStart && left <= values.warn;
//% endif
  const round = (run.step ?? steps.at(-1))?.round;
  const next = steps[run.index + 1];
  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader title=[[page.title | attr]] description=[[tagline | attr]] />

      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="grid grid-cols-1 gap-6">
          <Card className="relative grid gap-6 p-5 sm:p-8">
            <MuteButton className="absolute top-3 right-3 sm:top-5 sm:right-5" />
//% if mode == "pomodoro"
            <Input
              aria-label="What you are working on"
              placeholder="What are you working on?"
              value={task}
              onChange={(event) => setTask(event.target.value)}
              className="mx-auto h-11 w-[calc(100%-5.5rem)] max-w-md text-center"
            />
//% endif
            <Ring
              share={run.step ? left / run.step.seconds : 0}
//% if warn
              tone={isLate ? "warning" : run.step?.kind === "work" ? "primary" : "success"}
//% else
              tone={run.step?.kind === "work" ? "primary" : "success"}
//% endif
            >
              <p role="status" className="font-display text-lg font-semibold text-balance sm:text-xl">
                {run.step?.name ?? (run.isOver ? "Done!" : "Nothing to do yet")}
              </p>
              <p role="timer" className="font-display text-6xl font-semibold tracking-tight tabular-nums sm:text-7xl">
                {formatClock(run.left)}
              </p>
              <p className="min-h-5 text-sm text-muted-foreground">
//% if warn
                {isLate ? "Wrap up" : next ? `Then: ${next.name}` : ""}
//% else
                {next ? `Then: ${next.name}` : ""}
//% endif
              </p>
            </Ring>

            <div className="flex items-center justify-center gap-3">
              <Button variant="outline" size="icon" aria-label="Reset" disabled={run.isAtStart} onClick={run.reset}>
                <RotateCcw aria-hidden />
              </Button>
              <Button size="lg" className="h-14 min-w-40 rounded-full text-lg" disabled={steps.length === 0} title="Press space" onClick={run.toggle}>
                {run.isRunning ? <Pause aria-hidden /> : <Play aria-hidden />}
                {run.isRunning ? "Pause" : run.isOver ? "Again" : run.isAtStart ? "Start" : "Go on"}
              </Button>
              <Button variant="outline" size="icon" aria-label=[[ ("Next " ~ one) | attr]] disabled={!run.step} onClick={run.skip}>
                <SkipForward aria-hidden />
              </Button>
            </div>

            <div className="grid gap-2">
              <div className="flex h-2 gap-1" aria-hidden>
                {steps.map((step, index) => (
                  <span
                    key={index}
                    className={cn(
                      "rounded-full bg-muted",
                      step.kind === "rest" && "opacity-60",
                      steps.length > MOST && step.round !== round && "hidden",
                      index < run.index && "bg-primary/35",
                      index === run.index && "bg-primary",
                    )}
                    style={{ flexGrow: step.seconds }}
                  />
                ))}
              </div>
              <p className="flex justify-between gap-4 text-sm text-muted-foreground">
                <span>
//% if mode != "single"
                  {run.step && values.rounds > 1 ? `Round ${run.step.round} of ${values.rounds}` : ""}
//% endif
                </span>
                <span className="tabular-nums">{formatLength(lengthOf(steps) / 1000)} in all</span>
              </p>
            </div>
          </Card>
          <Week [[e.many]]={all} />
        </div>

        <div className="grid grid-cols-1 gap-6">
//% if mode == "steps"
          <PartList
            usual={values.work}
            current={run.isAtStart || run.step?.kind !== "work" ? undefined : run.step.name}
            onChange={run.reset}
          />
//% endif
          <Card className="grid gap-5 p-5">
            <h2 className="font-display font-semibold">Lengths</h2>
//% if presets
            <div className="flex flex-wrap gap-2" role="group" aria-label="Minutes">
              {[[presets | ts]].map((minutes) => (
                <Button
                  key={minutes}
                  size="sm"
                  variant={values.work === minutes ? "primary" : "outline"}
                  aria-pressed={values.work === minutes}
                  onClick={() => change({ work: minutes })}
                >
                  {minutes} min
                </Button>
              ))}
            </div>
//% endif
//% for i in controls
            <NumberControl label=[[i.label | attr]] value={values.[[i.id]]} min={[[i.min]]} max={[[i.max]]} step={[[i.step]]} after=[[i.after | attr]] onChange={([[i.id]]) => change({ [[i.id]] })} />
//% endfor
//% if mode != "single"
            <div className="flex items-center justify-between gap-4">
              <Label htmlFor="goes-on">Begin the next by itself</Label>
              <Switch id="goes-on" checked={goesOn} onCheckedChange={setGoesOn} />
            </div>
//% endif
          </Card>
        </div>
      </div>
    </div>
  );
}
