import { Play } from "lucide-react";
import { useRef, useState } from "react";

import { DrillResult, type Round } from "@/components/drill-result";
import { DrillRound } from "@/components/drill-round";
import { TablePicker } from "@/components/table-picker";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { Segmented } from "@/components/ui/segmented";
import { bestTime, chosenOperation, chosenTables, countSlips, dealTasks, OPERATIONS, ROUND, slips, TABLES, type Task } from "@/lib/drill";
import { useStore } from "@/lib/storage";

//% if operations | length > 1
const choices = [
  { value: "all" as const, label: "Mixed" },
  ...OPERATIONS.map((value) => ({ value, label: value })),
];

//% endif
export function [[component]]() {
//% if operations | length > 1
  const [operation, setOperation] = useStore(chosenOperation);
//% else
  const [operation] = useStore(chosenOperation);
//% endif
//% if has_tables
  const [tables, setTables] = useStore(chosenTables);
//% else
  const [tables] = useStore(chosenTables);
//% endif
  const [missed, setMissed] = useStore(slips);
  const [best, setBest] = useStore(bestTime);
  const [tasks, setTasks] = useState<Task[]>([]);
  const [round, setRound] = useState<Round>();
  const startedAt = useRef(0);

  const hardest = Object.entries(missed)
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, 6);

  function start() {
    startedAt.current = Date.now();
    setRound(undefined);
    setTasks(dealTasks(operation, tables));
  }

  function finish(slipped: Task[]) {
    const seconds = Math.max(1, Math.round((Date.now() - startedAt.current) / 1000));
    setRound({ count: tasks.length, slipped, seconds });
    if (slipped.length === 0) setBest((before) => (before > 0 ? Math.min(before, seconds) : seconds));
    setMissed((before) => countSlips(before, tasks, slipped));
    setTasks([]);
  }

  return (
    <div className="mx-auto grid max-w-3xl grid-cols-1 gap-6">
      <PageHeader title=[[title | attr]] description=[[tagline | attr]] />
      {tasks.length > 0 ? (
        <DrillRound tasks={tasks} onDone={finish} />
      ) : round ? (
        <DrillResult round={round} best={best} onAgain={start} />
      ) : (
        <Card className="grid justify-items-center gap-6 p-6 text-center sm:p-10">
//% if operations | length > 1
          <Segmented label="What to practise" value={operation} options={choices} onChange={setOperation} />
//% endif
//% if has_tables
          <div>
            <h2 className="mb-3 font-display text-lg font-semibold">Which tables?</h2>
            <TablePicker all={TABLES} chosen={tables} onChange={setTables} />
          </div>
//% else
          <p className="text-lg">
            Numbers up to <strong className="text-primary tabular-nums">[[highest]]</strong>
          </p>
//% endif
          <Button size="lg" onClick={start}>
            <Play aria-hidden /> Start {ROUND} tasks
          </Button>
          {best > 0 && (
            <p className="text-sm text-muted-foreground tabular-nums">Best round without a mistake: {best} seconds</p>
          )}
        </Card>
      )}
      {tasks.length === 0 && hardest.length > 0 && (
        <Card className="p-5">
          <h2 className="font-display font-semibold">Hardest so far</h2>
          <ul className="mt-3 flex flex-wrap gap-2">
            {hardest.map(([text, count]) => (
              <li key={text} className="rounded-lg bg-muted px-3 py-1.5 text-sm font-medium tabular-nums">
                {text} <span className="text-muted-foreground">missed {count}×</span>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </div>
  );
}
