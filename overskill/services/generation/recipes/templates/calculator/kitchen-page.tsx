import { ArrowLeftRight } from "lucide-react";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PageHeader } from "@/components/ui/page-header";
import { Select } from "@/components/ui/select";
import { Table, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { formatNumber } from "@/lib/format";
import { foods, measure, named, units, type Food, type KitchenUnit } from "@/lib/kitchen";

const FIRST: Food = foods[0] ?? { name: "Water", gramsACup: 237 };

export function [[component]]() {
  const [name, setName] = useState(FIRST.name);
  const [amount, setAmount] = useState([[amount | string | ts]]);
  const [from, setFrom] = useState<KitchenUnit>([[first | ts]]);
  const [to, setTo] = useState<KitchenUnit>([[second | ts]]);
  const food = foods.find((one) => one.name === name) ?? FIRST;
  const count = Number(amount) || 0;

  return (
    <div className="mx-auto grid max-w-2xl grid-cols-1 gap-6">
      <PageHeader title=[[page.title | attr]] description=[[tagline | attr]] />
      <Card className="grid gap-5 p-5 sm:p-7">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Ingredient">
            <Select value={name} onChange={(event) => setName(event.target.value)}>
              {foods.map((one) => (
                <option key={one.name}>{one.name}</option>
              ))}
            </Select>
          </Field>
          <Field label="Amount">
            <Input
              type="number"
              inputMode="decimal"
              min="0"
              step="any"
              value={amount}
              onChange={(event) => setAmount(event.target.value)}
            />
          </Field>
        </div>
        <div className="grid grid-cols-[1fr_auto_1fr] items-end gap-3">
          <UnitField label="From" value={from} onChange={setFrom} />
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
          <UnitField label="To" value={to} onChange={setTo} />
        </div>
        <div role="status" className="rounded-xl bg-primary p-6 text-primary-foreground">
          <p className="text-sm">
            {formatNumber(count, 3)} {from} of {food.name.toLowerCase()} is
          </p>
          <p className="mt-1 font-display text-3xl font-semibold tracking-tight break-words tabular-nums sm:text-4xl">
            {formatNumber(measure(food, count, from, to), 2)} {to}
          </p>
        </div>
      </Card>
      <Card className="overflow-hidden">
        <Table>
          <thead>
            <TableRow>
              <TableHead>
                {formatNumber(count, 3)} {from} of
              </TableHead>
              <TableHead className="text-right">{to}</TableHead>
            </TableRow>
          </thead>
          <tbody>
            {named.map((one) => (
              <TableRow key={one.name}>
                <TableCell>{one.name}</TableCell>
                <TableCell className="text-right font-medium tabular-nums">
                  {formatNumber(measure(one, count, from, to), 2)}
                </TableCell>
              </TableRow>
            ))}
          </tbody>
        </Table>
      </Card>
      <p className="text-sm text-muted-foreground">A US cup holds 237 ml. Spooned and levelled, not pressed down.</p>
    </div>
  );
}

interface UnitFieldProps {
  label: string;
  value: KitchenUnit;
  onChange: (unit: KitchenUnit) => void;
}

function UnitField({ label, value, onChange }: UnitFieldProps) {
  return (
    <Field label={label}>
      <Select value={value} onChange={(event) => onChange(event.target.value as KitchenUnit)}>
        {units.map((unit) => (
          <option key={unit}>{unit}</option>
        ))}
      </Select>
    </Field>
  );
}
