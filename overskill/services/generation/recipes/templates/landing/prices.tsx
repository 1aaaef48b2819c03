import { Check } from "lucide-react";

import { ScrollLink } from "@/components/scroll-link";
import { Section } from "@/components/section";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { cn } from "@/lib/cn";

const prices = [
//% for item in items
  { name: [[item[0] | ts]], price: [[item[1] | ts]], per: [[item[2] | ts]], includes: [[item[3].split(" · ") | ts]] },
//% endfor
];
const POPULAR = 1;

export function [[component]]() {
  return (
    <Section id=[[s.id | attr]] title=[[s.title | attr]][% if text %] text=[[text | attr]][% endif %][% if tinted %] tinted[% endif %]>
      <ul className="grid grid-cols-1 items-stretch gap-4 lg:grid-cols-[[ [items | length, 3] | min ]]">
        {prices.map((price, index) => (
          <li key={price.name} className="grid grid-cols-1">
            <Card className={cn("flex flex-col p-7", index === POPULAR && "border-primary shadow-lg ring-1 ring-primary")}>
              <h3 className="flex items-center justify-between font-semibold">
                {price.name}
                {index === POPULAR && <Badge tone="primary">Most chosen</Badge>}
              </h3>
              <p className="mt-4">
                <span className="font-display text-4xl font-semibold tracking-tight">{price.price}</span>{" "}
                <span className="text-muted-foreground">{price.per}</span>
              </p>
              <ul className="my-6 grid gap-2.5 text-sm">
                {price.includes.map((line) => (
                  <li key={line} className="flex gap-2.5">
                    <Check className="size-5 shrink-0 text-primary" aria-hidden />
                    {line}
                  </li>
                ))}
              </ul>
              <Button asChild variant={index === POPULAR ? "primary" : "outline"} className="mt-auto">
                <ScrollLink to=[[target | attr]]>Choose {price.name}</ScrollLink>
              </Button>
            </Card>
          </li>
        ))}
      </ul>
    </Section>
  );
}
