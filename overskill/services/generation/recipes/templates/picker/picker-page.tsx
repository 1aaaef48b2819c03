import { Copy, RotateCcw, Shuffle } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";

import { EntryList } from "@/components/entry-list";
import { NumberControl } from "@/components/number-control";
import { ResultList } from "@/components/result-list";
import { Wheel } from "@/components/wheel";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Label } from "@/components/ui/label";
import { PageHeader } from "@/components/ui/page-header";
import { Switch } from "@/components/ui/switch";
import { [[e.many]], type [[e.type]] } from "@/data/[[e.files]]";
import { cn } from "@/lib/cn";
import { useCollection } from "@/lib/collection";
import { plural } from "@/lib/format";
import { draw, drawn, howMany, inTheHat, isOnce } from "@/lib/pick";
import { keepResult } from "@/lib/results";
import { useStore } from "@/lib/storage";
import { useKey } from "@/lib/use-key";
import { useReel } from "@/lib/use-reel";

//% if wheel
/** More slices than that are too thin to read. */
const MOST = 32;

//% endif
export function [[component]]() {
  const all = useCollection([[e.many]]);
  const [once, setOnce] = useStore(isOnce);
  const [count, setCount] = useStore(howMany);
  const [out, setOut] = useStore(drawn);
  const [chosen, setChosen] = useState<[[e.type]][]>([]);
//% if wheel
  const [turned, setTurned] = useState(0);
  const [waiting, setWaiting] = useState<[[e.type]]>();
//% endif
  const reel = useReel();
  const left = inTheHat(all, once, out);
//% if wheel
  const isTurning = reel.isTurning || waiting !== undefined;
  // Who was just picked stays on the wheel until it turns again.
  const onWheel = isTurning ? left : all.filter((one) => left.includes(one) || chosen.some(({ id }) => id === one.id));
//% else
  const { isTurning } = reel;
//% endif
  useKey(" ", pick);

  function pick() {
    if (isTurning || left.length === 0) return;
    const picked = draw(left, count);
//% if wheel
    const [first] = picked;
    if (first && picked.length === 1 && left.length <= MOST) {
      spinTo(first);
      return;
    }
//% endif
    reel.turn(
      left.map(({ [[e.title.id]] }) => [[e.title.id]]),
      () => settle(picked),
    );
  }

//% if wheel
  function spinTo(one: [[e.type]]) {
    const angle = 360 / left.length;
    const middle = (left.indexOf(one) + 0.2 + Math.random() * 0.6) * angle;
    setWaiting(one);
    setTurned((before) => before - (before % 360) + 5 * 360 + 360 - middle);
  }

//% endif
  function settle(picked: [[e.type]][]) {
    setChosen(picked);
    keepResult(picked.map(({ [[e.title.id]] }) => [[e.title.id]]).join(", "));
    setOut((before) => [...before, ...picked.map(({ id }) => id)]);
//% if wheel
    setWaiting(undefined);
//% endif
  }

  async function copy() {
    try {
      await navigator.clipboard.writeText(chosen.map(({ [[e.title.id]] }) => [[e.title.id]]).join("\n"));
      toast.success("Copied");
    } catch {
      toast.error("The browser does not allow copying here.");
    }
  }

  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader title=[[page.title | attr]] description=[[tagline | attr]] />
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid grid-cols-1 gap-6">
          <Card className="grid gap-6 p-5 text-center sm:p-8">
//% if wheel
            {onWheel.length <= MOST && onWheel.length > 0 && (
              <Wheel
                labels={onWheel.map(({ [[e.title.id]] }) => [[e.title.id]])}
                turned={turned}
                onStop={() => waiting && settle([waiting])}
              />
            )}
            <div role="status" className="grid min-h-16 place-content-center gap-1">
//% else
            <div
              role="status"
              className={cn(
                "grid min-h-64 place-content-center gap-2 rounded-xl bg-accent p-6 text-accent-foreground transition-colors",
                chosen.length > 0 && !isTurning && "bg-primary text-primary-foreground",
              )}
            >
//% endif
              {isTurning ? (
                <p className="font-display text-3xl font-semibold text-balance opacity-60" aria-hidden>
                  {reel.shown || "…"}
                </p>
              ) : chosen.length > 0 ? (
                chosen.map((one) => (
                  <p
                    key={one.id}
                    className={cn(
                      "animate-pop-in font-display font-semibold tracking-tight text-balance break-words",
                      one.[[e.title.id]].length > 40 || chosen.length > 3 ? "text-2xl" : "text-3xl sm:text-5xl",
                    )}
                  >
                    {one.[[e.title.id]]}
                  </p>
                ))
              ) : (
                <p className="text-muted-foreground">
                  {all.length > 0 ? [[("Ready when you are: press the button, or space.") | ts]] : [[("Add some " ~ e.labels ~ " first.") | ts]]}
                </p>
              )}
            </div>
            <div className="flex flex-wrap justify-center gap-3">
              {left.length === 0 && all.length > 0 ? (
                <Button size="lg" onClick={() => setOut([])}>
                  <RotateCcw aria-hidden /> All were picked: start over
                </Button>
              ) : (
                <Button size="lg" className="h-14 min-w-44 rounded-full text-lg" disabled={isTurning || left.length === 0} onClick={pick}>
                  <Shuffle aria-hidden /> [[again | jsx]]
                </Button>
              )}
              <Button variant="outline" size="icon" className="size-14 rounded-full" aria-label="Copy" disabled={chosen.length === 0 || isTurning} onClick={copy}>
                <Copy aria-hidden />
              </Button>
            </div>
            {once && all.length > 0 && (
              <p className="text-sm text-muted-foreground tabular-nums">
                {plural(left.length, [[e.label | ts]], [[e.labels | ts]])} of {all.length} left
              </p>
            )}
          </Card>
          <Card className="grid gap-5 p-5">
            <div className="flex items-center justify-between gap-4">
              <Label htmlFor="once">Don't repeat until all were picked</Label>
              <Switch
                id="once"
                checked={once}
                onCheckedChange={(isOn) => {
                  setOnce(isOn);
                  setOut([]);
                }}
              />
            </div>
            <NumberControl label="How many at once" value={count} min={1} max={10} step={1} onChange={setCount} />
          </Card>
        </div>
        <div className="grid grid-cols-1 gap-6">
          <EntryList out={once ? out : []} />
          <ResultList />
        </div>
      </div>
    </div>
  );
}
