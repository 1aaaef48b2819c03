import { Check } from "lucide-react";
import { useState, type FormEvent } from "react";
import { toast } from "sonner";

import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { [[e.type]] } from "@/data/[[e.files]]";
import { results } from "@/data/results";
import { today } from "@/lib/format";

/** Who played whom, and how it ended. */
export function ResultForm({ [[e.many]] }: { [[e.many]]: [[e.type]][] }) {
  const [home, setHome] = useState("");
  const [away, setAway] = useState("");
  const [scores, setScores] = useState({ home: "", away: "" });
  const [day, setDay] = useState(today());
  const [problem, setProblem] = useState("");

  const first = [[e.many]].find((one) => one.id === home) ?? [[e.many]][0];
  const second = [[e.many]].find((one) => one.id === away) ?? [[e.many]].find((one) => one !== first);

  function save(event: FormEvent) {
    event.preventDefault();
    if (!first || !second || first === second) return setProblem("Choose two different [[e.labels]].");
    if (scores.home === "" || scores.away === "") return setProblem("Enter what each side scored.");
//% if not draws
    if (scores.home === scores.away) return setProblem("There has to be a winner: the scores are equal.");
//% endif
    const saved = results.add({
      day: day || today(),
      home: first.id,
      away: second.id,
      homeScore: Number(scores.home),
      awayScore: Number(scores.away),
    });
    setScores({ home: "", away: "" });
    setProblem("");
    toast.success("Result saved", {
      action: { label: "Undo", onClick: () => results.remove(saved.id) },
    });
  }

  return (
    <Card className="p-5">
      <h2 className="font-display font-semibold">Enter a result</h2>
      <form onSubmit={save} className="mt-4 grid gap-4">
        <div className="grid grid-cols-[minmax(0,1fr)_5.5rem] gap-3">
          <Field label="First [[e.label]]">
            <Select value={first?.id ?? ""} onChange={(event) => setHome(event.target.value)}>
              {[[e.many]].map((one) => (
                <option key={one.id} value={one.id}>
                  {one.[[e.title.id]]}
                </option>
              ))}
            </Select>
          </Field>
          <Field label=[[unit | sentence | attr]]>
            <Input
              type="number"
              min={0}
              inputMode="numeric"
              value={scores.home}
              onChange={(event) => setScores({ ...scores, home: event.target.value })}
            />
          </Field>
          <Field label="Second [[e.label]]">
            <Select value={second?.id ?? ""} onChange={(event) => setAway(event.target.value)}>
              {[[e.many]].map((one) => (
                <option key={one.id} value={one.id}>
                  {one.[[e.title.id]]}
                </option>
              ))}
            </Select>
          </Field>
          <Field label=[[unit | sentence | attr]]>
            <Input
              type="number"
              min={0}
              inputMode="numeric"
              value={scores.away}
              onChange={(event) => setScores({ ...scores, away: event.target.value })}
            />
          </Field>
        </div>
        <Field label="Played on">
          <Input type="date" value={day} onChange={(event) => setDay(event.target.value)} />
        </Field>
        {problem && (
          <p role="alert" className="text-sm text-destructive">
            {problem}
          </p>
        )}
        <Button type="submit" size="lg">
          <Check aria-hidden /> Save the result
        </Button>
      </form>
    </Card>
  );
}
