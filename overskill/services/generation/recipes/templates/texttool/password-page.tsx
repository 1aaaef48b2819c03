import { RefreshCw } from "lucide-react";
import { useState } from "react";

import { CopyButton } from "@/components/copy-button";
import { NumberControl } from "@/components/number-control";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Label } from "@/components/ui/label";
import { PageHeader } from "@/components/ui/page-header";
import { Progress } from "@/components/ui/progress";
import { Segmented } from "@/components/ui/segmented";
import { Switch } from "@/components/ui/switch";
import { makePassword, strength, verdict, type Wishes } from "@/lib/passwords";
import { createStore, useStore } from "@/lib/storage";

/** What is wished for is kept, passwords are not. */
const keptWishes = createStore<Wishes>("password-wishes", {
  style: [[("words" if words else "characters") | ts]],
  length: [[length]],
  words: 5,
  capitals: true,
  digits: true,
  symbols: [[symbols | ts]],
});
const PARTS = [
  ["capitals", "Capital letters"],
  ["digits", "Digits"],
  ["symbols", "Symbols"],
] as const;

export function [[component]]() {
  const [wishes, setWishes] = useStore(keptWishes);
  const [secret, setSecret] = useState(() => makePassword(wishes));
  const bits = strength(wishes);

  function change(changes: Partial<Wishes>) {
    const next = { ...wishes, ...changes };
    setWishes(next);
    setSecret(makePassword(next));
  }

  return (
    <div className="mx-auto grid max-w-2xl grid-cols-1 gap-6">
      <PageHeader title=[[page.title | attr]] description=[[tagline | attr]] />
      <Card className="grid gap-5 p-5 sm:p-7">
        <output className="block rounded-xl bg-muted p-5 text-center font-mono text-xl break-all sm:text-2xl">{secret}</output>
        <div className="grid gap-2">
          <p className="flex justify-between text-sm" role="status">
            <span className="font-medium">{verdict(bits)}</span>
            <span className="text-muted-foreground tabular-nums">{Math.round(bits)} bits</span>
          </p>
          <Progress value={Math.min(100, bits)} label="Strength" />
        </div>
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => setSecret(makePassword(wishes))}>
            <RefreshCw aria-hidden /> Make another
          </Button>
          <CopyButton text={secret} />
        </div>
      </Card>
      <Card className="grid gap-5 p-5 sm:p-7">
        <Segmented
          label="What it is made of"
          value={wishes.style}
          onChange={(style) => change({ style })}
          options={[
            { value: "characters", label: "Characters" },
            { value: "words", label: "Words" },
          ]}
        />
        {wishes.style === "words" ? (
          <NumberControl label="Words" value={wishes.words} min={3} max={10} step={1} onChange={(words) => change({ words })} />
        ) : (
          <NumberControl label="Length" value={wishes.length} min={6} max={64} step={1} onChange={(length) => change({ length })} />
        )}
        {PARTS.map(([part, label]) => (
          <div key={part} className="flex items-center justify-between gap-4">
            <Label htmlFor={part}>{label}</Label>
            <Switch id={part} checked={wishes[part]} onCheckedChange={(on) => change({ [part]: on })} />
          </div>
        ))}
      </Card>
    </div>
  );
}
