import { ExternalLink, MapPin } from "lucide-react";

import { Section } from "@/components/section";
import { Button } from "@/components/ui/button";

const address = [[address | ts]];

export function [[component]]() {
  return (
    <Section id=[[s.id | attr]] title=[[s.title | attr]][% if tinted %] tinted[% endif %]>
      <div className="relative overflow-hidden rounded-2xl border bg-card">
        <svg aria-hidden viewBox="0 0 800 300" preserveAspectRatio="xMidYMid slice" className="h-64 w-full sm:h-80">
          <rect width="800" height="300" className="fill-muted" />
          <path d="M0 60 H800 M0 150 H800 M0 235 H800 M120 0 V300 M270 0 V300 M430 0 V300 M590 0 V300 M720 0 V300" className="stroke-card" strokeWidth="10" />
          <path d="M-20 260 C180 190 240 320 420 230 S700 120 820 170" className="fill-none stroke-chart-2/40" strokeWidth="26" />
          <path d="M40 -10 L560 310" className="stroke-card" strokeWidth="16" />
          <rect x="445" y="165" width="130" height="58" rx="8" className="fill-chart-3/25" />
        </svg>
        <span className="absolute top-1/2 left-1/2 grid size-12 -translate-x-1/2 -translate-y-full place-items-center rounded-full bg-primary text-primary-foreground shadow-lg">
          <MapPin className="size-6" aria-hidden />
        </span>
        <div className="flex flex-wrap items-center justify-between gap-3 border-t p-4">
          <p className="font-medium">{address}</p>
          <Button asChild variant="outline" size="sm">
            <a href={`https://www.openstreetmap.org/search?query=${encodeURIComponent(address)}`} target="_blank" rel="noreferrer">
              <ExternalLink aria-hidden /> Open in a map
            </a>
          </Button>
        </div>
      </div>
    </Section>
  );
}
