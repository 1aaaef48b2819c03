import { Plus, Trash2 } from "lucide-react";
import { toast } from "sonner";

import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import type { Line } from "@/data/[[e.files]]";
import { amountOf, formatAmount } from "@/lib/totals";

interface LinesEditorProps {
  lines: Line[];
  onChange: (lines: Line[]) => void;
}

const GRID =
  "grid grid-cols-[1fr_1fr_5.5rem_2rem] items-center gap-2 sm:grid-cols-[minmax(0,1fr)_5rem_5.5rem_5.5rem_2rem]";
const NUMBER =
  "text-right tabular-nums [appearance:textfield] [&::-webkit-inner-spin-button]:appearance-none";

/** [[quantity]] times [[rate | low]] is the amount; Enter in the last line begins the next. */
export function LinesEditor({ lines, onChange }: LinesEditorProps) {
  function change(id: string, changes: Partial<Line>) {
    onChange(lines.map((line) => (line.id === id ? { ...line, ...changes } : line)));
  }

  function add() {
    const rate = lines.at(-1)?.rate ?? 0;
    onChange([...lines, { id: crypto.randomUUID(), text: "", quantity: 1, rate }]);
  }

  function remove(line: Line) {
    onChange(lines.filter((one) => one.id !== line.id));
    toast(`${line.text || "Line"} deleted`, {
      action: { label: "Undo", onClick: () => onChange(lines) },
    });
  }

  return (
    <div className="grid gap-3">
      <div className={`${GRID} text-xs font-medium text-muted-foreground`} aria-hidden>
        <span className="hidden sm:block">[[line | jsx]]</span>
        <span className="text-right">[[quantity | jsx]]</span>
        <span className="text-right">[[rate | jsx]]</span>
        <span className="text-right">Amount</span>
      </div>
      {lines.map((line) => (
        <div key={line.id} className={`${GRID} border-b pb-3 sm:border-0 sm:pb-0`}>
          <Input
            aria-label=[[line | attr]]
            placeholder=[[line | attr]]
            className="col-span-4 sm:col-span-1"
            value={line.text}
            onChange={(event) => change(line.id, { text: event.target.value })}
            onKeyDown={(event) => {
              if (event.key === "Enter" && line === lines.at(-1)) add();
            }}
          />
          <Input
            type="number"
            inputMode="decimal"
            step="any"
            aria-label=[[quantity | attr]]
            className={NUMBER}
            value={line.quantity}
            onChange={(event) => change(line.id, { quantity: Number(event.target.value) })}
          />
          <Input
            type="number"
            inputMode="decimal"
            step="any"
            aria-label=[[rate | attr]]
            className={NUMBER}
            value={line.rate}
            onChange={(event) => change(line.id, { rate: Number(event.target.value) })}
          />
          <output className="text-right text-sm font-medium tabular-nums">
            {formatAmount(amountOf(line))}
          </output>
          <Button
            variant="ghost"
            size="icon-sm"
            className="text-muted-foreground"
            aria-label={`Delete ${line.text || "line"}`}
            onClick={() => remove(line)}
          >
            <Trash2 aria-hidden />
          </Button>
        </div>
      ))}
      <Button variant="outline" size="sm" className="justify-self-start" onClick={add}>
        <Plus aria-hidden /> Add line
      </Button>
    </div>
  );
}
