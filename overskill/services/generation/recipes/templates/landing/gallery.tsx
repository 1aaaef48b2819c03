import { [[icon]] } from "lucide-react";

import { Artwork } from "@/components/artwork";
import { Section } from "@/components/section";
import { cn } from "@/lib/cn";

const pictures = [
//% for item in items
  [[item | ts]],
//% endfor
];

export function [[component]]() {
  return (
    <Section id=[[s.id | attr]] title=[[s.title | attr]][% if text %] text=[[text | attr]][% endif %][% if tinted %] tinted[% endif %]>
      <ul className="grid grid-cols-2 gap-4 md:grid-cols-3">
        {pictures.map((picture, index) => (
          <li key={picture} className={cn(index === 0 && "col-span-2 md:row-span-2")}>
            <figure className="group flex h-full flex-col">
              <Artwork
                seed={picture}
                icon={[[icon]]}
                className={cn(
                  "w-full flex-1 rounded-2xl transition-opacity group-hover:opacity-90",
                  index === 0 ? "aspect-[4/3] md:aspect-auto" : "aspect-square",
                )}
              />
              <figcaption className="mt-2.5 text-sm text-muted-foreground">{picture}</figcaption>
            </figure>
          </li>
        ))}
      </ul>
    </Section>
  );
}
