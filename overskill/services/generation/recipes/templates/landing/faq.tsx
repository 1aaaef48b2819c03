import { Plus } from "lucide-react";

import { Section } from "@/components/section";

const questions = [
//% for item in items
  { question: [[item[0] | ts]], answer: [[item[1] | ts]] },
//% endfor
];

export function [[component]]() {
  return (
    <Section id=[[s.id | attr]] title=[[s.title | attr]][% if text %] text=[[text | attr]][% endif %][% if tinted %] tinted[% endif %]>
      <div className="max-w-3xl divide-y border-y">
        {questions.map(({ question, answer }) => (
          <details key={question} className="group py-5">
            <summary className="flex cursor-pointer list-none items-center justify-between gap-4 rounded-sm text-lg font-medium outline-none focus-visible:ring-2 focus-visible:ring-ring [&::-webkit-details-marker]:hidden">
              {question}
              <Plus
                className="size-5 shrink-0 text-muted-foreground transition-transform group-open:rotate-45"
                aria-hidden
              />
            </summary>
            <p className="mt-3 max-w-prose leading-relaxed text-muted-foreground">{answer}</p>
          </details>
        ))}
      </div>
    </Section>
  );
}
