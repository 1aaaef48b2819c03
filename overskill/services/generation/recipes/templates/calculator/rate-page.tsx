import { ArrowLeftRight } from "lucide-react";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PageHeader } from "@/components/ui/page-header";
import { Select } from "@/components/ui/select";
import { formatMoney } from "@/lib/format";
import { createStore, useStore } from "@/lib/storage";

const CURRENCIES = [[currencies | ts]];
const STEPS = [1, 5, 10, 20, 50, 100, 500, 1000];
const keptPair = createStore("currencies", { from: [[first | ts]], to: [[second | ts]], rate: [[rate | string | ts]] });

export function [[component]]() {
  const [{ from, to, rate }, setPair] = useStore(keptPair);
  const [amount, setAmount] = useState([[amount | string | ts]]);
  const times = Number(rate) || 0;

  function change(changes: { from?: string; to?: string; rate?: string }) {
    setPair((current) => ({ ...current, ...changes }));
  }

  function swap() {
    setPair({ from: to, to: from, rate: times > 0 ? String(Number((1 / times).toPrecision(5))) : "" });
  }

  return (
    <div className="mx-auto grid max-w-2xl grid-cols-1 gap-6">
      <PageHeader title=[[page.title | attr]] description=[[tagline | attr]] />
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
          <CurrencyField label="From" value={from} onChange={(next) => change({ from: next, rate: "" })} />
          <Button variant="outline" size="icon" aria-label="Swap the currencies" onClick={swap}>
            <ArrowLeftRight aria-hidden />
          </Button>
          <CurrencyField label="To" value={to} onChange={(next) => change({ to: next, rate: "" })} />
        </div>
        <Field
          label={`What 1 ${from} is in ${to}`}
          hint="An example until you set today's rate: it is kept for next time."
          error={times > 0 ? undefined : "Enter the rate of these two."}
        >
          <Input
            type="number"
            inputMode="decimal"
            min="0"
            step="any"
            value={rate}
            onChange={(event) => change({ rate: event.target.value })}
          />
        </Field>
        <div role="status" className="rounded-xl bg-primary p-6 text-primary-foreground">
          <p className="text-sm">{formatMoney(Number(amount) || 0, from)} is</p>
          <p className="mt-1 font-display text-3xl font-semibold tracking-tight break-words tabular-nums sm:text-4xl">
            {times > 0 ? formatMoney((Number(amount) || 0) * times, to) : "–"}
          </p>
        </div>
        {times > 0 && (
          <ul className="grid grid-cols-1 gap-x-6 gap-y-2 text-sm sm:grid-cols-2">
            {STEPS.map((step) => (
              <li key={step} className="flex justify-between gap-4 border-b py-1.5">
                <span className="text-muted-foreground">{formatMoney(step, from)}</span>
                <span className="font-medium tabular-nums">{formatMoney(step * times, to)}</span>
              </li>
            ))}
          </ul>
        )}
      </Card>
    </div>
  );
}

interface CurrencyFieldProps {
  label: string;
  value: string;
  onChange: (currency: string) => void;
}

function CurrencyField({ label, value, onChange }: CurrencyFieldProps) {
  return (
    <Field label={label}>
      <Select value={value} onChange={(event) => onChange(event.target.value)}>
        {CURRENCIES.map((currency) => (
          <option key={currency}>{currency}</option>
        ))}
      </Select>
    </Field>
  );
}
