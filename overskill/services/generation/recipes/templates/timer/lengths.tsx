import type { ReactNode } from "react";

import { NumberControl } from "@/components/number-control";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { formatLength } from "@/lib/clock";
import type { Settings } from "@/lib/plan";

interface LengthsProps {
  values: Settings;
  onChange: (changes: Partial<Settings>) => void;
  children?: ReactNode;
}

export function Lengths({ values, onChange, children }: LengthsProps) {
  return (
    <Card className="grid gap-5 p-5">
      <h2 className="font-display font-semibold">Lengths</h2>
//% if presets
      <div className="flex flex-wrap gap-2" role="group" aria-label="Minutes">
        {[[presets | ts]].map((minutes) => (
          <Button
            key={minutes}
            size="sm"
            variant={values.work === minutes ? "primary" : "outline"}
            aria-pressed={values.work === minutes}
            onClick={() => onChange({ work: minutes })}
          >
            {formatLength(minutes * 60)}
          </Button>
        ))}
      </div>
//% endif
//% for i in controls
      <NumberControl
        label=[[i.label | attr]]
        value={values.[[i.id]]}
        min={[[i.min]]}
        max={[[i.max]]}
        step={[[i.step]]}
        after=[[i.after | attr]]
        onChange={([[i.id]]) => onChange({ [[i.change]] })}
      />
//% endfor
      {children}
    </Card>
  );
}
