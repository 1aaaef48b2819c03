import { Check } from "lucide-react";
import { useState, type FormEvent } from "react";
import { toast } from "sonner";

import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { [[e.type]] } from "@/data/[[e.files]]";
import { rounds } from "@/data/rounds";

interface RoundFormProps {
  [[e.many]]: [[e.type]][];
  /** What the next [[round]] is called unless someone names it. */
  nextTitle: string;
}

/** What everyone scored in the next [[round]]. */
export function RoundForm({ [[e.many]], nextTitle }: RoundFormProps) {
  const [title, setTitle] = useState("");
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState("");

  function save(event: FormEvent) {
    event.preventDefault();
    const entered = Object.entries(typed).filter(([, score]) => score !== "");
    if (entered.length === 0) return setProblem("Enter at least one score.");
    const scores = Object.fromEntries(entered.map(([id, score]) => [id, Number(score)]));
    const saved = rounds.add({ title: title.trim() || nextTitle, scores });
    setTitle("");
    setTyped({});
    setProblem("");
    toast.success(`${saved.title} saved`, {
      action: { label: "Undo", onClick: () => rounds.remove(saved.id) },
    });
  }

  return (
    <Card className="p-5">
      <h2 className="font-display font-semibold">{nextTitle}[[ " of " ~ limit if limit ]]</h2>
      <form onSubmit={save} className="mt-4 grid gap-4">
//% if named
        <Field label="Which [[round]]?">
          <Input value={title} placeholder={nextTitle} onChange={(event) => setTitle(event.target.value)} />
        </Field>
//% endif
        <div className="grid gap-2">
          {[[e.many]].map((one) => (
            <label key={one.id} className="flex items-center justify-between gap-3 text-sm font-medium">
              <span className="truncate">{one.[[e.title.id]]}</span>
              <Input
                type="number"
                inputMode="numeric"
                className="w-24 text-right tabular-nums"
                placeholder=[[unit | attr]]
                value={typed[one.id] ?? ""}
                onChange={(event) => setTyped({ ...typed, [one.id]: event.target.value })}
              />
            </label>
          ))}
        </div>
        {problem && (
          <p role="alert" className="text-sm text-destructive">
            {problem}
          </p>
        )}
        <Button type="submit" size="lg">
          <Check aria-hidden /> Save the [[round]]
        </Button>
      </form>
    </Card>
  );
}
