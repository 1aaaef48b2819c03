import { useEffect, useState } from "react";

import { Section } from "@/components/section";

const DAY = 24 * 60 * 60 * 1000;
const units = [
  { label: "days", length: DAY, cycle: Infinity },
  { label: "hours", length: DAY / 24, cycle: 24 },
  { label: "minutes", length: DAY / 24 / 60, cycle: 60 },
];

function nextTime(now: Date): Date {
//% if month and year
  return now.getTime() ? new Date([[year]], [[month - 1]], [[day]]) : now;
//% elif month
  const thisYear = new Date(now.getFullYear(), [[month - 1]], [[day]]);
  return thisYear.getTime() + DAY > now.getTime() ? thisYear : new Date(now.getFullYear() + 1, [[month - 1]], [[day]]);
//% else
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + [[days]]);
//% endif
}

export function [[component]]() {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 15_000);
    return () => clearInterval(timer);
  }, []);
  const left = Math.max(0, nextTime(now).getTime() - now.getTime());

  return (
    <Section id=[[s.id | attr]] title=[[s.title | attr]][% if tinted %] tinted[% endif %]>
      <dl className="grid max-w-2xl grid-cols-3 gap-3 sm:gap-5" role="timer">
        {units.map(({ label, length, cycle }) => (
          <div key={label} className="flex flex-col-reverse rounded-2xl border bg-card p-4 text-center sm:p-6">
            <dt className="text-sm text-muted-foreground">{label}</dt>
            <dd className="font-display text-4xl font-semibold tracking-tight tabular-nums sm:text-6xl">
              {Math.floor(left / length) % cycle}
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
