import { ChevronLeft, ChevronRight, Flame, Plus, Target, Trash2 } from "lucide-react";
import { addDays, format as formatTime, parseISO } from "date-fns";
import { useState, type FormEvent } from "react";
import { toast } from "sonner";

import { DayBars } from "@/components/day-bars";
import { GoalDialog } from "@/components/goal-dialog";
import { Ring } from "@/components/ring";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Input } from "@/components/ui/input";
import { PageHeader } from "@/components/ui/page-header";
import { blank[[e.type]], [[e.many]] } from "@/data/[[e.files]]";
import { useCollection } from "@/lib/collection";
import { isReached, lastDays, streak, totalOn } from "@/lib/daily";
import { formatNumber, formatRelativeDay, plural, toDay, today } from "@/lib/format";
import { useStore } from "@/lib/storage";
import { formatAmount, [[goal_store]] } from "@/lib/[[e.file]]-goal";

//% if items
const OFTEN = [
//% for name, amount in items
  { name: [[name | ts]], amount: [[amount | ts]] },
//% endfor
];
//% else
const STEPS = [[steps | ts]];
//% endif

export function [[component]]() {
  const all = useCollection([[e.many]]);
  const [goal, setGoal] = useStore([[goal_store]]);
  const [day, setDay] = useState(today());
  const [isSettingGoal, setIsSettingGoal] = useState(false);
  const [typed, setTyped] = useState("");
//% if what
  const [named, setNamed] = useState("");
//% endif

  const counted = all.map((one) => ({ day: one.[[date.id]], amount: one.[[amount.id]] }));
  const entries = all.filter((one) => one.[[date.id]] === day);
  const { total } = totalOn(counted, day);
  const isDone = isReached(total, goal, [[less | ts]]);
  const left = Math.round(Math.abs(goal - total) * 100) / 100;
  const inARow = streak(counted, goal, [[less | ts]]);

  function add(amount: number[% if what %], name: string[% endif %]) {
    if (!(amount > 0)) return;
    const [% if time %]now = formatTime(new Date(), "HH:mm");
    const [% endif %]{ id } = [[e.many]].add({
      ...blank[[e.type]],
//% if what
      [[what.id]]: name,
//% endif
      [[amount.id]]: amount,
      [[date.id]]: day,
//% if time
      [[time.id]]: now,
//% endif
    });
    toast(`${formatAmount(amount)} added`, { action: { label: "Undo", onClick: () => [[e.many]].remove(id) } });
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    add(Number(typed)[% if what %], named.trim() || "[[what.label]]"[% endif %]);
    setTyped("");
//% if what
    setNamed("");
//% endif
  }

  function remove(id: string, amount: number) {
    const undo = [[e.many]].remove(id);
    toast(`${formatAmount(amount)} taken away`, { action: { label: "Undo", onClick: undo } });
  }

  function move(days: number) {
    setDay(toDay(addDays(parseISO(day), days)));
  }

  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader title=[[title | attr]] description=[[tagline | attr]]>
        <Button variant="outline" onClick={() => setIsSettingGoal(true)}>
          <Target aria-hidden /> {goal > 0 ? `[[ "At most" if less else "Goal" ]]: ${formatAmount(goal)}` : "Set a goal"}
        </Button>
      </PageHeader>

      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
        <Card className="grid gap-6 p-5 sm:p-7">
          <div className="flex items-center justify-between" role="group" aria-label="Day">
            <Button variant="ghost" size="icon" aria-label="Day before" onClick={() => move(-1)}>
              <ChevronLeft aria-hidden />
            </Button>
            <p className="font-medium" role="status">
              {formatRelativeDay(day)}
            </p>
            <Button variant="ghost" size="icon" aria-label="Day after" disabled={day >= today()} onClick={() => move(1)}>
              <ChevronRight aria-hidden />
            </Button>
          </div>

          <Ring
            label={goal > 0 ? `${formatAmount(total)} of ${formatAmount(goal)}` : formatAmount(total)}
            share={goal > 0 ? total / goal : 0}
            tone={[% if less %]goal > 0 && total > goal ? "danger" : "primary"[% else %]isDone ? "success" : "primary"[% endif %]}
          >
            <span className="font-display text-4xl font-semibold tracking-tight tabular-nums">{formatNumber(total, 2)}</span>
            <span className="text-sm text-muted-foreground">{total === 1 ? [[one | ts]] : [[many | ts]]}</span>
            {goal > 0 && (
              <span className="mt-2 text-xs text-balance text-muted-foreground">
//% if less
                {isDone ? `${formatAmount(left)} left` : `${formatAmount(left)} too [[ "much" if is_symbol else "many" ]]`}
//% else
                {isDone ? "Goal reached" : `${formatAmount(left)} to go`}
//% endif
              </span>
            )}
          </Ring>

          <div className="flex flex-wrap justify-center gap-2">
//% if items
            {OFTEN.map(({ name, amount }) => (
              <Button key={name} variant="outline" onClick={() => add(amount, name)}>
                <Plus aria-hidden /> {name}
                <span className="text-muted-foreground tabular-nums">{formatNumber(amount)}</span>
              </Button>
            ))}
//% else
            {STEPS.map((step) => (
              <Button key={step} size="lg" onClick={() => add(step)}>
                <Plus aria-hidden /> {formatAmount(step)}
              </Button>
            ))}
//% endif
          </div>
          <form onSubmit={submit} className="mx-auto flex w-full max-w-sm gap-2">
//% if what
            <Input
              aria-label=[[what.label | attr]]
              placeholder="Something else…"
              value={named}
              onChange={(event) => setNamed(event.target.value)}
            />
//% endif
            <Input
              type="number"
              inputMode="decimal"
              min={0}
              step="any"
              aria-label="Amount in [[many]]"
              placeholder=[[ (many if what else "Another amount") | attr ]]
              className="[[ "max-w-24" if what else "" ]]"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
            <Button type="submit" variant="outline" disabled={!(Number(typed) > 0)}>
              Add
            </Button>
          </form>
        </Card>

        <div className="grid grid-cols-1 gap-6">
          <Card className="p-5">
            <div className="mb-5 flex items-center justify-between gap-3">
              <h2 className="font-display font-semibold">Last 14 days</h2>
              {inARow > 0 && (
                <p className="flex items-center gap-1.5 text-sm font-medium">
                  <Flame className="size-4 text-warning" aria-hidden />
                  {plural(inARow, "day", "days")} in a row
                </p>
              )}
            </div>
            <DayBars
              days={lastDays(counted, 14)}
              goal={goal}
              isLess={[[less | ts]]}
              selected={day}
              format={formatAmount}
              onSelect={setDay}
            />
          </Card>

          <Card>
            <h2 className="border-b px-5 py-4 font-display font-semibold">
              {day === today() ? "Today" : formatRelativeDay(day)}
            </h2>
            {entries.length === 0 && (
              <p className="px-5 py-8 text-center text-sm text-muted-foreground">Nothing counted on this day yet.</p>
            )}
            <ul className="max-h-96 divide-y overflow-y-auto">
              {entries.map((one) => (
                <li key={one.id} className="flex items-center gap-3 py-1.5 pr-2 pl-5 text-sm">
//% if time
                  <span className="text-muted-foreground tabular-nums">{one.[[time.id]]}</span>
//% endif
//% if what
                  <span className="min-w-0 truncate">{one.[[what.id]]}</span>
//% endif
                  <span className="ml-auto font-medium whitespace-nowrap tabular-nums">{formatAmount(one.[[amount.id]])}</span>
                  <Button
                    variant="ghost"
                    size="icon-sm"
                    className="text-muted-foreground"
                    aria-label={`Take away ${formatAmount(one.[[amount.id]])}`}
                    onClick={() => remove(one.id, one.[[amount.id]])}
                  >
                    <Trash2 aria-hidden />
                  </Button>
                </li>
              ))}
            </ul>
          </Card>
        </div>
      </div>

      {isSettingGoal && (
        <GoalDialog
          label=[[ ("At most, in " ~ many if less else "Goal for a day, in " ~ many) | attr ]]
          goal={goal}
          onSave={setGoal}
          onClose={() => setIsSettingGoal(false)}
        />
      )}
    </div>
  );
}
