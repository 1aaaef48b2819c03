import { Artwork } from "@/components/artwork";
import { Section } from "@/components/section";

const people = [
//% for item in items
  { name: [[item[0] | ts]], role: [[item[1] | ts]], text: [[item[2] | ts]] },
//% endfor
];

export function [[component]]() {
  return (
    <Section id=[[s.id | attr]] title=[[s.title | attr]][% if text %] text=[[text | attr]][% endif %][% if tinted %] tinted[% endif %]>
      <ul className="grid grid-cols-2 gap-x-4 gap-y-8 lg:grid-cols-[[ [items | length, 4] | min ]] lg:gap-x-6">
        {people.map((person) => (
          <li key={person.name}>
            <Artwork seed={person.name} className="aspect-[4/5] rounded-2xl" />
            <h3 className="mt-4 font-display text-lg leading-tight font-semibold">{person.name}</h3>
            <p className="text-sm font-medium text-primary">{person.role}</p>
            {person.text && <p className="mt-1.5 text-sm text-pretty text-muted-foreground">{person.text}</p>}
          </li>
        ))}
      </ul>
    </Section>
  );
}
