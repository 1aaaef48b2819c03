import { ArrowRight, CalendarDays, CircleCheck, Clock, MapPin, Tag[% if icon not in ["ArrowRight", "CalendarDays", "CircleCheck", "Clock", "MapPin", "Tag"] %], [[icon]][% endif %] } from "lucide-react";

import { Artwork } from "@/components/artwork";
import { ScrollLink } from "@/components/scroll-link";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";

//% if chips
const facts = [
//% for chip in chips
  { icon: [[chip[0]]], text: [[chip[1] | ts]] },
//% endfor
];

//% endif
export function Hero() {
//% if hero == "poster"
  return (
    <section id="top" className="relative isolate scroll-mt-16 overflow-hidden">
      <Artwork seed=[[name | attr]] className="absolute inset-0 -z-20" />
      <div aria-hidden className="absolute inset-0 -z-10 bg-linear-to-t from-background via-background/70 to-background/10" />
      <div className="mx-auto flex min-h-[78dvh] max-w-6xl flex-col justify-end px-4 pt-28 pb-16 sm:px-6 sm:pb-24">
//% if eyebrow
        <p className="text-sm font-semibold text-primary">[[eyebrow | jsx]]</p>
//% endif
        <p className="mt-4 font-display text-5xl leading-[0.95] font-bold tracking-tighter text-balance sm:text-7xl lg:text-8xl">[[name | jsx]]</p>
        <h1 className="mt-6 max-w-2xl font-display text-xl font-medium text-balance sm:text-2xl">[[headline | jsx]]</h1>
        <p className="mt-3 max-w-xl text-pretty text-muted-foreground">[[lead | jsx]]</p>
//% if chips
        <ul className="mt-6 flex flex-wrap gap-x-5 gap-y-2 text-sm font-medium">
          {facts.map(({ icon: Icon, text }) => (
            <li key={text} className="flex items-center gap-2">
              <Icon className="size-4 shrink-0 text-primary" aria-hidden /> {text}
            </li>
          ))}
        </ul>
//% endif
        <div className="mt-8 flex flex-wrap gap-3">
          <Button asChild size="lg">
            <ScrollLink to=[[primary.to | attr]]>
              [[primary.label | jsx]] <ArrowRight aria-hidden />
            </ScrollLink>
          </Button>
          <Button asChild size="lg" variant="outline">
            <ScrollLink to=[[secondary.to | attr]]>[[secondary.label | jsx]]</ScrollLink>
          </Button>
        </div>
      </div>
    </section>
  );
//% elif hero == "split"
  return (
    <section id="top" className="scroll-mt-16">
      <div className="mx-auto grid grid-cols-1 max-w-6xl items-center gap-10 px-4 py-14 sm:px-6 sm:py-20 lg:grid-cols-2 lg:gap-16 lg:py-28">
        <div>
//% if eyebrow
          <Badge tone="primary" className="px-3 py-1 text-sm">
            [[eyebrow | jsx]]
          </Badge>
//% endif
          <h1 className="mt-6 font-display text-4xl leading-[1.05] font-semibold tracking-tight text-balance sm:text-6xl">[[headline | jsx]]</h1>
          <p className="mt-5 max-w-lg text-lg leading-relaxed text-pretty text-muted-foreground">[[lead | jsx]]</p>
//% if chips
          <ul className="mt-6 flex flex-wrap gap-x-5 gap-y-2 text-sm font-medium">
            {facts.map(({ icon: Icon, text }) => (
              <li key={text} className="flex items-center gap-2">
                <Icon className="size-4 shrink-0 text-primary" aria-hidden /> {text}
              </li>
            ))}
          </ul>
//% endif
          <div className="mt-8 flex flex-wrap gap-3">
            <Button asChild size="lg">
              <ScrollLink to=[[primary.to | attr]]>
                [[primary.label | jsx]] <ArrowRight aria-hidden />
              </ScrollLink>
            </Button>
            <Button asChild size="lg" variant="ghost">
              <ScrollLink to=[[secondary.to | attr]]>[[secondary.label | jsx]]</ScrollLink>
            </Button>
          </div>
        </div>
        <div className="relative">
          <Artwork seed=[[name | attr]] icon={[[icon]]} className="aspect-[5/6] rounded-3xl shadow-xl max-lg:aspect-[4/3]" />
          <Artwork
            seed=[[headline | attr]]
            className="absolute -bottom-6 -left-6 hidden aspect-square w-40 rounded-2xl border-4 border-background shadow-lg sm:block"
          />
        </div>
      </div>
    </section>
  );
//% else
  return (
    <section id="top" className="relative isolate scroll-mt-16 overflow-hidden">
      <div
        aria-hidden
        className="absolute inset-x-0 -top-40 -z-10 mx-auto h-96 max-w-4xl rounded-full bg-primary/20 blur-3xl"
      />
      <div className="mx-auto flex max-w-4xl flex-col items-center px-4 py-20 text-center sm:px-6 sm:py-32">
        <span className="grid size-16 place-items-center rounded-2xl bg-primary text-primary-foreground shadow-lg">
          <[[icon]] className="size-8" aria-hidden />
        </span>
//% if eyebrow
        <p className="mt-8 text-sm font-semibold text-primary">[[eyebrow | jsx]]</p>
//% endif
        <h1 className="mt-3 font-display text-4xl leading-[1.05] font-semibold tracking-tight text-balance sm:text-6xl lg:text-7xl">[[headline | jsx]]</h1>
        <p className="mt-6 max-w-2xl text-lg leading-relaxed text-balance text-muted-foreground">[[lead | jsx]]</p>
//% if chips
        <ul className="mt-6 flex flex-wrap gap-x-5 gap-y-2 text-sm font-medium justify-center">
          {facts.map(({ icon: Icon, text }) => (
            <li key={text} className="flex items-center gap-2">
              <Icon className="size-4 shrink-0 text-primary" aria-hidden /> {text}
            </li>
          ))}
        </ul>
//% endif
        <div className="mt-9 flex flex-wrap justify-center gap-3">
          <Button asChild size="lg">
            <ScrollLink to=[[primary.to | attr]]>
              [[primary.label | jsx]] <ArrowRight aria-hidden />
            </ScrollLink>
          </Button>
          <Button asChild size="lg" variant="outline">
            <ScrollLink to=[[secondary.to | attr]]>[[secondary.label | jsx]]</ScrollLink>
          </Button>
        </div>
      </div>
    </section>
  );
//% endif
}
