import { ArrowUpDown, Play, Square } from "lucide-react";
import { useEffect, useRef, useState } from "react";

import { CopyButton } from "@/components/copy-button";
//% if tool == "caesar"
import { NumberControl } from "@/components/number-control";
//% endif
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Label } from "@/components/ui/label";
import { PageHeader } from "@/components/ui/page-header";
import { Segmented } from "@/components/ui/segmented";
import { Textarea } from "@/components/ui/textarea";
import { modes } from "@/lib/[[tool]]";
//% if tool == "morse"
import { playMorse } from "@/lib/morse-sound";
//% endif
import { createStore, useStore } from "@/lib/storage";

const keptMode = createStore("[[tool]]-mode", 0);
const keptText = createStore("[[tool]]-text", modes[0]?.sample ?? "");
//% if tool == "caesar"
const keptShift = createStore("[[tool]]-shift", [[shift]]);
//% endif

export function [[component]]() {
  const [place, setPlace] = useStore(keptMode);
  const [text, setText] = useStore(keptText);
//% if tool == "caesar"
  const [shift, setShift] = useStore(keptShift);
//% else
  const shift = 0;
//% endif
  const mode = modes[place] ?? modes[0];
  const result = mode?.convert(text, shift) ?? "";

  function choose(next: number) {
    // An example gives way to the example of the other direction, one's own text stays.
    if (text.trim() === "" || modes.some(({ sample }) => sample === text)) setText(modes[next]?.sample ?? "");
    setPlace(next);
  }

  return (
    <div className="mx-auto grid max-w-3xl grid-cols-1 gap-6">
      <PageHeader title=[[page.title | attr]] description=[[tagline | attr]] />
      {modes.length > 1 && (
        <Segmented
          label="What to do"
          value={String(place)}
          onChange={(next) => choose(Number(next))}
          options={modes.map(({ label }, index) => ({ value: String(index), label }))}
        />
      )}
//% if tool == "caesar"
      <Card className="p-5">
        <NumberControl label="Letters to move by (13 is ROT13)" value={shift} min={1} max={25} step={1} onChange={setShift} />
      </Card>
//% endif
      <Card className="grid gap-3 p-5">
        <div className="flex min-h-9 items-center justify-between gap-3">
          <Label htmlFor="text-in">Your text</Label>
          <Button variant="ghost" size="sm" disabled={!text} onClick={() => setText("")}>
            Clear
          </Button>
        </div>
        <Textarea
          id="text-in"
          autoFocus
          placeholder={mode?.sample}
          value={text}
          onChange={(event) => setText(event.target.value)}
          className="min-h-32 font-mono text-base"
        />
      </Card>
      <Card className="grid gap-3 p-5">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <h2 className="font-display font-semibold">{mode?.label}</h2>
          <div className="flex flex-wrap gap-2">
//% if tool == "morse"
            <SoundButton code={place === 0 ? result : text} />
//% endif
//% if tool in ("morse", "binary", "caesar", "roman")
            <Button
              variant="outline"
              disabled={!result}
              onClick={() => {
                setText(result);
                setPlace(place % 2 === 0 ? place + 1 : place - 1);
              }}
            >
              <ArrowUpDown aria-hidden /> Turn round
            </Button>
//% endif
            <CopyButton text={result} />
          </div>
        </div>
        <output
          htmlFor="text-in"
          className="block min-h-24 rounded-lg bg-muted p-4 font-mono text-base leading-relaxed break-words whitespace-pre-wrap"
        >
          {result || <span className="text-muted-foreground">The result appears here as you type.</span>}
        </output>
//% if tool == "morse"
        <p className="text-sm text-muted-foreground">
          A space stands between letters, a stroke between words. A letter Morse has no sign for is �.
        </p>
//% endif
      </Card>
    </div>
  );
}
//% if tool == "morse"

function SoundButton({ code }: { code: string }) {
  const [isPlaying, setIsPlaying] = useState(false);
  const stopSound = useRef(() => {});
  useEffect(() => () => stopSound.current(), []);

  function play() {
    const { seconds, stop } = playMorse(code);
    const timer = window.setTimeout(() => setIsPlaying(false), seconds * 1000);
    stopSound.current = () => {
      window.clearTimeout(timer);
      stop();
    };
    setIsPlaying(true);
  }

  function stop() {
    stopSound.current();
    setIsPlaying(false);
  }

  return (
    <Button disabled={!code} onClick={isPlaying ? stop : play}>
      {isPlaying ? <Square aria-hidden /> : <Play aria-hidden />} {isPlaying ? "Stop" : "Listen"}
    </Button>
  );
}
//% endif
