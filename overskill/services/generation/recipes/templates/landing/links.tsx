import { ChevronRight, [[icons]] } from "lucide-react";
import { toast } from "sonner";

import { Section } from "@/components/section";

const links = [
//% for item in items
  { icon: [[item[0]]], label: [[item[1] | ts]] },
//% endfor
];

export function [[component]]() {
  return (
    <Section id=[[s.id | attr]] title=[[s.title | attr]][% if tinted %] tinted[% endif %]>
      <ul className="grid max-w-xl gap-3">
        {links.map(({ icon: Icon, label }) => (
          <li key={label}>
            <button
              type="button"
              onClick={() => toast(`${label}: put your own address here`)}
              className="flex w-full items-center gap-4 rounded-2xl border bg-card px-5 py-4 text-left text-lg font-medium shadow-xs transition-colors outline-none hover:bg-accent focus-visible:ring-2 focus-visible:ring-ring"
            >
              <Icon className="size-5 text-primary" aria-hidden />
              <span className="flex-1">{label}</span>
              <ChevronRight className="size-5 text-muted-foreground" aria-hidden />
            </button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
