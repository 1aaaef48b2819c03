import { HandHeart, Trash2 } from "lucide-react";
import { useState, type FormEvent } from "react";
import { toast } from "sonner";

import { Section } from "@/components/section";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Progress } from "@/components/ui/progress";
import { formatMoney, formatNumber } from "@/lib/format";
import { createStore, useStore } from "@/lib/storage";

interface Supporter {
  id: string;
  name: string;
//% if mode == "give"
  amount: number;
//% endif
}

const GOAL = [[goal]];
const ALREADY = [[count]];
//% if mode == "give"
const AMOUNTS = [10, 25, 50];
//% endif
const mine = createStore<Supporter[]>("[[s.id]]-supporters", []);

export function [[component]]() {
  const [supporters, setSupporters] = useStore(mine);
  const [name, setName] = useState("");
//% if mode == "give"
  const [amount, setAmount] = useState(25);
  const total = supporters.reduce((sum, one) => sum + one.amount, ALREADY);
//% else
  const total = ALREADY + supporters.length;
//% endif

  function add(event: FormEvent) {
    event.preventDefault();
    setSupporters([{ id: crypto.randomUUID(), name: name.trim()[% if mode == "give" %], amount[% endif %] }, ...supporters]);
    toast.success(`Thank you, ${name.trim()}!`);
    setName("");
  }

  function remove(gone: Supporter) {
    setSupporters(supporters.filter((one) => one.id !== gone.id));
    toast("Taken back", { action: { label: "Undo", onClick: () => setSupporters(supporters) } });
  }

  return (
    <Section id=[[s.id | attr]] title=[[s.title | attr]][% if text %] text=[[text | attr]][% endif %][% if tinted %] tinted[% endif %]>
      <div className="grid grid-cols-1 gap-8 lg:grid-cols-[3fr_2fr] lg:gap-16">
        <div>
          <p className="font-display text-4xl font-semibold tracking-tight tabular-nums sm:text-5xl">
//% if mode == "give"
            {formatMoney(total)} <span className="text-xl font-medium text-muted-foreground">of {formatMoney(GOAL)}</span>
//% else
            {formatNumber(total)} <span className="text-xl font-medium text-muted-foreground">of {formatNumber(GOAL)} names</span>
//% endif
          </p>
          <Progress value={(total / GOAL) * 100} label="How far we are" className="mt-5 h-4" />
          <ul className="mt-6 grid gap-2">
            {supporters.map((one) => (
              <li key={one.id} className="flex items-center gap-3">
                <Avatar name={one.name} />
                <span className="font-medium">{one.name}</span>
//% if mode == "give"
                <span className="text-muted-foreground tabular-nums">{formatMoney(one.amount)}</span>
//% endif
                <Button variant="ghost" size="icon-sm" aria-label={`Take back ${one.name}`} onClick={() => remove(one)}>
                  <Trash2 aria-hidden />
                </Button>
              </li>
            ))}
          </ul>
        </div>
        <Card className="p-6">
          <form onSubmit={add} className="grid gap-4">
            <Field label="Your name">
              <Input required autoComplete="name" value={name} onChange={(event) => setName(event.target.value)} />
            </Field>
//% if mode == "give"
            <div role="group" aria-label="Amount" className="grid grid-cols-3 gap-2">
              {AMOUNTS.map((one) => (
                <Button
                  key={one}
                  variant={one === amount ? "primary" : "outline"}
                  aria-pressed={one === amount}
                  onClick={() => setAmount(one)}
                >
                  {formatMoney(one)}
                </Button>
              ))}
            </div>
//% endif
            <Button type="submit" size="lg">
              <HandHeart aria-hidden /> [% if mode == "give" %]I give this[% else %]Add my name[% endif %]
            </Button>
          </form>
        </Card>
      </div>
    </Section>
  );
}
