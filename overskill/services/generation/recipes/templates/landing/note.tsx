import { Check } from "lucide-react";

import { Section } from "@/components/section";

//% if points
const points = [
//% for point in points
  [[point | ts]],
//% endfor
];

//% endif
export function [[component]]() {
  return (
    <Section id=[[s.id | attr]] title=[[s.title | attr]][% if tinted %] tinted[% endif %]>
//% if text
      <p className="max-w-prose text-lg leading-relaxed text-pretty">[[text | jsx]]</p>
//% endif
//% if points
      <ul className="[% if text %]mt-6 [% endif %]grid max-w-3xl gap-3 sm:grid-cols-2">
        {points.map((point) => (
          <li key={point} className="flex gap-3 text-lg">
            <Check className="mt-1 size-5 shrink-0 text-primary" aria-hidden />
            {point}
          </li>
        ))}
      </ul>
//% endif
    </Section>
  );
}
