import { Rating } from "@/components/rating";
import { Input } from "@/components/ui/input";
import { Switch } from "@/components/ui/switch";
import type { Criterion, Value } from "@/data/comparison";

interface ValueCellProps {
  criterion: Criterion;
  /** Whose value it is, for those who do not see the table. */
  name: string;
  value: Value | undefined;
  onChange: (value: Value) => void;
}

export function ValueCell({ criterion, name, value, onChange }: ValueCellProps) {
  const label = `${criterion.label} of ${name}`;
  switch (criterion.kind) {
    case "rating":
      return <Rating label={label} value={Number(value) || 0} onChange={onChange} />;
    case "boolean":
      return (
        <span className="flex h-9 items-center gap-2 text-sm text-muted-foreground">
          <Switch aria-label={label} checked={value === true} onCheckedChange={onChange} />
          {value === true ? "Yes" : "No"}
        </span>
      );
    case "text":
      return (
        <Input
          aria-label={label}
          value={String(value ?? "")}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    default:
      return (
        <span className="flex items-center gap-1.5">
          {criterion.kind === "money" && <span className="text-sm text-muted-foreground">$</span>}
          <Input
            type="number"
            inputMode="decimal"
            step="any"
            aria-label={label}
            className="max-w-28 [appearance:textfield] tabular-nums [&::-webkit-inner-spin-button]:appearance-none"
            value={typeof value === "number" ? value : ""}
            onChange={(event) =>
              onChange(event.target.value === "" ? "" : Number(event.target.value))
            }
          />
          <span className="text-xs whitespace-nowrap text-muted-foreground">{criterion.unit}</span>
        </span>
      );
  }
}
