import { ArrowLeftRight } from "lucide-react";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PageHeader } from "@/components/ui/page-header";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { formatNumber } from "@/lib/format";
import { convert, measures, type MeasureName } from "@/lib/units";

const NAMES = Object.keys(measures) as MeasureName[];

export function [[component]]() {
  const [name, setName] = useState<MeasureName>([[measure | ts]]);
  const [amount, setAmount] = useState([[amount | string | ts]]);
  const units = Object.keys(measures[name]);
  const [from, setFrom] = useState<string>([[first | ts]]);
  const [to, setTo] = useState<string>([[second | ts]]);

  function choose(next: MeasureName) {
    const [first = "", second = ""] = Object.keys(measures[next]);
    setName(next);
    setFrom(first);
    setTo(second);
  }

  const result = convert(name, Number(amount) || 0, from, to);

  return (
    <div className="mx-auto grid max-w-2xl grid-cols-1 gap-6">
      <PageHeader title=[[page.title | attr]] description=[[tagline | attr]] />
      <Segmented
        label="What is measured"
        value={name}
        onChange={choose}
        options={NAMES.map((value) => ({ value, label: value }))}
      />
      <Card className="grid gap-5 p-5 sm:p-7">
        <Field label="Amount">
          <Input
            type="number"
            inputMode="decimal"
            step="any"
            value={amount}
            onChange={(event) => setAmount(event.target.value)}
            className="h-12 text-lg sm:text-lg"
          />
        </Field>
        <div className="grid grid-cols-[1fr_auto_1fr] items-end gap-3">
          <UnitField label="From" units={units} value={from} onChange={setFrom} />
          <Button
            variant="outline"
            size="icon"
            aria-label="Swap the units"
            onClick={() => {
              setFrom(to);
              setTo(from);
            }}
          >
            <ArrowLeftRight aria-hidden />
          </Button>
          <UnitField label="To" units={units} value={to} onChange={setTo} />
        </div>
        <div role="status" className="rounded-xl bg-primary p-6 text-primary-foreground">
          <p className="text-sm">
            {formatNumber(Number(amount) || 0, 6)} {from} is
          </p>
          <p className="mt-1 font-display text-3xl font-semibold tracking-tight break-words tabular-nums sm:text-4xl">
            {formatNumber(result, 6)} {to}
          </p>
        </div>
        <ul className="grid grid-cols-1 gap-x-6 gap-y-2 text-sm sm:grid-cols-2">
          {units
            .filter((unit) => unit !== from)
            .map((unit) => (
              <li key={unit} className="flex justify-between gap-4 border-b py-1.5">
                <span className="text-muted-foreground">{unit}</span>
                <span className="font-medium tabular-nums">
                  {formatNumber(convert(name, Number(amount) || 0, from, unit), 4)}
                </span>
              </li>
            ))}
        </ul>
      </Card>
    </div>
  );
}

interface UnitFieldProps {
  label: string;
  units: string[];
  value: string;
  onChange: (unit: string) => void;
}

function UnitField({ label, units, value, onChange }: UnitFieldProps) {
  return (
    <Field label={label}>
      <Select value={value} onChange={(event) => onChange(event.target.value)}>
        {units.map((unit) => (
          <option key={unit}>{unit}</option>
        ))}
      </Select>
    </Field>
  );
}
