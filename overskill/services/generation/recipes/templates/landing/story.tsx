import { Section } from "@/components/section";

//% if facts
const facts = [
//% for item in facts
  { value: [[item[0] | ts]], label: [[item[1] | ts]] },
//% endfor
];

//% endif

export function [[component]]() {
  return (
    <Section id=[[s.id | attr]] title=[[s.title | attr]][% if tinted %] tinted[% endif %]>
      <div className="[% if facts %]grid grid-cols-1 gap-10 lg:grid-cols-[3fr_2fr] lg:gap-16[% else %]max-w-4xl[% endif %]">
        <p className="font-display text-xl leading-relaxed text-pretty sm:text-2xl sm:leading-relaxed">[[text | jsx]]</p>
//% if facts
        <dl className="grid grid-cols-1 content-start gap-6 sm:grid-cols-3 lg:grid-cols-1">
          {facts.map((fact) => (
            <div key={fact.label} className="border-l-2 border-primary pl-5">
              <dt className="sr-only">{fact.label}</dt>
              <dd>
                <span className="block font-display text-3xl font-semibold tracking-tight">{fact.value}</span>
                <span className="text-muted-foreground">{fact.label}</span>
              </dd>
            </div>
          ))}
        </dl>
//% endif
      </div>
    </Section>
  );
}
