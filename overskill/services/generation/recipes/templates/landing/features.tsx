import { [[icons]] } from "lucide-react";

import { Section } from "@/components/section";
import { Card } from "@/components/ui/card";

const features = [
//% for item in items
  { icon: [[item[0]]], title: [[item[1] | ts]], text: [[item[2] | ts]] },
//% endfor
];

export function [[component]]() {
  return (
    <Section id=[[s.id | attr]] title=[[s.title | attr]][% if text %] text=[[text | attr]][% endif %][% if tinted %] tinted[% endif %]>
      <ul className="grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {features.map(({ icon: Icon, title, text }) => (
          <li key={title} className="grid grid-cols-1">
            <Card className="p-6">
              <span className="grid size-11 place-items-center rounded-xl bg-primary/10 text-primary">
                <Icon className="size-5" aria-hidden />
              </span>
              <h3 className="mt-5 font-display text-lg font-semibold">{title}</h3>
              {text && <p className="mt-2 leading-relaxed text-pretty text-muted-foreground">{text}</p>}
            </Card>
          </li>
        ))}
      </ul>
    </Section>
  );
}
