import { Plus } from "lucide-react";
import { useState, type FormEvent } from "react";

import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { Criterion, CriterionKind } from "@/data/comparison";

interface AddCriterionProps {
  onAdd: (criterion: Omit<Criterion, "id" | "weight">) => void;
}

const KINDS: { value: CriterionKind; label: string }[] = [
  { value: "rating", label: "Stars" },
  { value: "money", label: "Money" },
  { value: "number", label: "Number" },
  { value: "boolean", label: "Yes or no" },
  { value: "text", label: "Text" },
];

export function AddCriterion({ onAdd }: AddCriterionProps) {
  const [label, setLabel] = useState("");
  const [kind, setKind] = useState<CriterionKind>("rating");

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!label.trim()) return;
    onAdd({ label: label.trim(), kind, unit: "", lowerIsBetter: kind === "money" });
    setLabel("");
  }

  return (
    <form onSubmit={submit} className="flex flex-wrap gap-2">
      <Input
        aria-label="Another criterion"
        placeholder="Another criterion…"
        value={label}
        onChange={(event) => setLabel(event.target.value)}
        className="basis-full sm:w-56 sm:basis-auto"
      />
      <Select
        aria-label="What it holds"
        value={kind}
        onChange={(event) => setKind(event.target.value as CriterionKind)}
        className="flex-1 sm:w-32 sm:flex-none"
      >
        {KINDS.map((one) => (
          <option key={one.value} value={one.value}>
            {one.label}
          </option>
        ))}
      </Select>
      <Button type="submit" variant="outline" disabled={!label.trim()}>
        <Plus aria-hidden /> Add
      </Button>
    </form>
  );
}
