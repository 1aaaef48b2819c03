import { Section } from "@/components/section";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { daysFromNow, formatDay } from "@/lib/format";
import { toast } from "sonner";

const rows = [
//% for item in items
  { title: [[item[0] | ts]], detail: [[item[1] | ts]], meta: [% if item[2][:1] in "+-" and item[2][1:] | int %]formatDay(daysFromNow([[item[2] | int]]), "EEE d MMM")[% else %][[item[2] | ts]][% endif %], note: [[item[3] | ts]] },
//% endfor
];

export function [[component]]() {
  return (
    <Section id=[[s.id | attr]] title=[[s.title | attr]][% if text %] text=[[text | attr]][% endif %][% if tinted %] tinted[% endif %]>
      <ul className="divide-y border-y">
        {rows.map((row) => (
          <li key={row.title} className="flex flex-wrap items-center gap-x-4 gap-y-3 py-5 sm:gap-x-6">
//% if timed and not priced
            <span className="w-24 shrink-0 font-display font-semibold text-primary tabular-nums sm:w-32">{row.meta}</span>
//% endif
            <span className="min-w-44 flex-1">
              <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-lg font-medium">
                {row.title}
                {row.note && <Badge tone="outline">{row.note}</Badge>}
              </span>
              {row.detail && <span className="block text-muted-foreground">{row.detail}</span>}
            </span>
//% if priced
            <span className="shrink-0 font-display text-lg font-semibold text-primary tabular-nums">{row.meta}</span>
//% endif
//% if button
            <Button
              variant="outline"
              disabled={row.note === "Sold out"}
              onClick={() => toast(`${row.title}: noted. We write to you soon.`)}
            >
              [[button | jsx]]
            </Button>
//% endif
          </li>
        ))}
      </ul>
    </Section>
  );
}
