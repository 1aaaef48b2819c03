import { Quote } from "lucide-react";

import { Section } from "@/components/section";
import { Avatar } from "@/components/ui/avatar";
import { Card } from "@/components/ui/card";

const quotes = [
//% for item in items
  { text: [[item[0] | ts]], name: [[item[1] | ts]], role: [[item[2] | ts]] },
//% endfor
];

export function [[component]]() {
  return (
    <Section id=[[s.id | attr]] title=[[s.title | attr]][% if text %] text=[[text | attr]][% endif %][% if tinted %] tinted[% endif %]>
      <ul className="grid grid-cols-1 gap-4 md:grid-cols-[[ [items | length, 3] | min ]]">
        {quotes.map((quote) => (
          <li key={quote.name} className="grid grid-cols-1">
            <Card className="flex flex-col p-6">
              <Quote className="size-6 text-primary/50" aria-hidden />
              <blockquote className="mt-4 flex-1 font-display text-lg leading-snug text-pretty">{quote.text}</blockquote>
              <div className="mt-6 flex items-center gap-3">
                <Avatar name={quote.name} />
                <div className="text-sm">
                  <p className="font-semibold">{quote.name}</p>
                  <p className="text-muted-foreground">{quote.role}</p>
                </div>
              </div>
            </Card>
          </li>
        ))}
      </ul>
    </Section>
  );
}
