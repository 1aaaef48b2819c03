import { Pause, Play } from "lucide-react";
import { useState } from "react";

import { Artwork } from "@/components/artwork";
import { Section } from "@/components/section";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/lib/cn";

const tracks = [
//% for item in items
  { title: [[item[0] | ts]], length: [[item[1] | ts]], note: [[item[2] | ts]] },
//% endfor
];

export function [[component]]() {
  const [playing, setPlaying] = useState("");
  return (
    <Section id=[[s.id | attr]] title=[[s.title | attr]][% if text %] text=[[text | attr]][% endif %][% if tinted %] tinted[% endif %]>
      <div className="grid grid-cols-1 items-center gap-8 md:grid-cols-[18rem_1fr] lg:gap-14">
        <Artwork seed=[[(name ~ s.title) | attr]] className="aspect-square w-full rounded-2xl shadow-xl" />
        <ol className="grid gap-1">
          {tracks.map((track, index) => {
            const isPlaying = playing === track.title;
            return (
              <li key={track.title}>
                <button
                  type="button"
                  aria-pressed={isPlaying}
                  onClick={() => setPlaying(isPlaying ? "" : track.title)}
                  className={cn(
                    "group flex w-full items-center gap-4 rounded-xl px-4 py-3.5 text-left transition-colors outline-none hover:bg-accent focus-visible:ring-2 focus-visible:ring-ring",
                    isPlaying && "bg-accent text-accent-foreground",
                  )}
                >
                  <span className="grid size-9 shrink-0 place-items-center rounded-full bg-primary/12 text-primary">
                    {isPlaying ? (
                      <Pause className="size-4" aria-hidden />
                    ) : (
                      <Play className="size-4" aria-hidden />
                    )}
                  </span>
                  <span className="w-5 text-sm text-muted-foreground tabular-nums">{index + 1}</span>
                  <span className="flex-1 text-lg font-medium">{track.title}</span>
                  {track.note && <Badge tone="outline">{track.note}</Badge>}
                  <span className="text-sm text-muted-foreground tabular-nums">{track.length}</span>
                </button>
              </li>
            );
          })}
        </ol>
      </div>
    </Section>
  );
}
