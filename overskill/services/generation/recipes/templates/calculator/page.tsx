import { Copy, RotateCcw } from "lucide-react";
import { toast } from "sonner";

import { NumberControl } from "@/components/number-control";
import { TrendChart } from "@/components/trend-chart";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { calculate, defaults, timeline, type Result } from "@/lib/calculate";
import { formatMoney, formatNumber, formatPercent } from "@/lib/format";
import { createStore, useStore } from "@/lib/storage";

const stored = createStore("inputs", defaults, (inputs) => ({ ...defaults, ...inputs }));

export function [[component]]() {
  const [inputs, setInputs] = useStore(stored);
  const results = calculate(inputs);
  const [main, ...others] = results;

  function change(changes: Partial<typeof defaults>) {
    setInputs((current) => ({ ...current, ...changes }));
  }

  async function copy() {
    const text = results.map((result) => `${result.label}: ${show(result)}`).join("\n");
    try {
      await navigator.clipboard.writeText(text);
      toast.success("Copied");
    } catch {
      toast.error("The browser does not allow copying here.");
    }
  }

  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader title=[[page.title | attr]] description=[[tagline | attr]]>
        <Button variant="ghost" onClick={() => setInputs(defaults)}>
          <RotateCcw aria-hidden /> Reset
        </Button>
      </PageHeader>

      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <Card className="grid gap-7 p-5 sm:p-7">
//% for i in inputs
          <NumberControl
            label=[[i.label | attr]]
            value={inputs.[[i.id]]}
            min={[[i.min | ts]]}
            max={[[i.max | ts]]}
            step={[[i.step | ts]]}
//% if i.before
            before=[[i.before | attr]]
//% endif
//% if i.after
            after=[[i.after | attr]]
//% endif
            onChange={([[i.id]]) => change({ [[i.id]] })}
          />
//% endfor
        </Card>

        <Card className="overflow-hidden lg:sticky lg:top-24">
          {main && (
            <div className="bg-primary p-6 text-primary-foreground" role="status">
              <p className="text-sm">{main.label}</p>
              <p className="mt-1 font-display text-4xl font-semibold tracking-tight break-words tabular-nums sm:text-5xl">
                {show(main)}
              </p>
            </div>
          )}
          <dl className="divide-y px-6">
            {others.map((result) => (
              <div key={result.label} className="flex items-baseline justify-between gap-4 py-3.5">
                <dt className="text-sm text-muted-foreground">{result.label}</dt>
                <dd className="font-semibold tabular-nums">{show(result)}</dd>
              </div>
            ))}
          </dl>
          <div className="border-t p-4">
            <Button variant="outline" className="w-full" onClick={copy}>
              <Copy aria-hidden /> Copy the result
            </Button>
          </div>
        </Card>
//% if series
        <div className="lg:col-span-2">
          <TrendChart title=[[series.label | attr]] data={timeline(inputs)} format={formatMoney} />
        </div>
//% endif
      </div>
//% if note

      <p className="text-sm text-muted-foreground">[[note | jsx]]</p>
//% endif
    </div>
  );
}

function show({ value, format }: Result): string {
  if (typeof value === "string") return value;
  if (!Number.isFinite(value)) return "–";
  if (format === "money") return formatMoney(Math.round(value * 100) / 100);
  return format === "percent" ? formatPercent(value) : formatNumber(value, 1);
}
