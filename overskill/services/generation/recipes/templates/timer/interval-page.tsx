import { Dial } from "@/components/dial";
import { Lengths } from "@/components/lengths";
import { MuteButton } from "@/components/mute-button";
import { PartList } from "@/components/part-list";
import { Card } from "@/components/ui/card";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { PageHeader } from "@/components/ui/page-header";
import { Switch } from "@/components/ui/switch";
import { Week } from "@/components/week";
import { [[e.many]], blank[[e.type]] } from "@/data/[[e.files]]";
import { useCollection } from "@/lib/collection";
import { today } from "@/lib/format";
import { buildSteps, parts, settings, type Settings } from "@/lib/plan";
import { lengthOf, type Step } from "@/lib/run";
import { createStore, useStore } from "@/lib/storage";
import { useKey } from "@/lib/use-key";
import { useRun } from "@/lib/use-run";

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
//% if warn
            <Dial run={run} steps={steps} warn={values.warn} />
//% else
            <Dial run={run} steps={steps} />
//% endif
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
//% if mode == "single"
          <Lengths values={values} onChange={change} />
//% else
          <Lengths values={values} onChange={change}>
            <div className="flex items-center justify-between gap-4">
              <Label htmlFor="goes-on">Begin the next by itself</Label>
              <Switch id="goes-on" checked={goesOn} onCheckedChange={setGoesOn} />
            </div>
          </Lengths>
//% endif
        </div>
      </div>
    </div>
  );
}
