import { Trash2, UserPlus } from "lucide-react";
import { toast } from "sonner";

import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { Input } from "@/components/ui/input";
import { [[e.many]] } from "@/data/[[e.files]]";
import { people, type Person } from "@/data/people";
import { type Balance, sharersOf } from "@/lib/balances";
import { cn } from "@/lib/cn";
import { useCollection } from "@/lib/collection";
import { formatMoney } from "@/lib/format";

/** Everyone with what they paid and where they stand. Names change everywhere at once. */
export function PeopleCard({ balances }: { balances: Balance[] }) {
  const everyone = useCollection(people);
  const payments = useCollection([[e.many]]);
  const largest = Math.max(1, ...balances.map((one) => Math.abs(one.balance)));

  function rename(person: Person, name: string) {
    people.update(person.id, { name });
    for (const payment of payments) {
      const sharers = sharersOf(payment, []);
      [[e.many]].update(payment.id, {
        [[payer]]: payment.[[payer]] === person.name ? name : payment.[[payer]],
        [[shared]]: sharers.map((one) => (one === person.name ? name : one)).join(", "),
      });
    }
  }

  function remove(person: Person) {
    const isInvolved = payments.some(
      (payment) =>
        payment.[[payer]] === person.name || sharersOf(payment, []).includes(person.name),
    );
    if (isInvolved) {
      toast.error(`${person.name} has payments here. Delete those first.`);
      return;
    }
    const undo = people.remove(person.id);
    toast(`${person.name || "One"} left`, { action: { label: "Undo", onClick: undo } });
  }

  function add() {
    const last = everyone.length + 1;
    people.add({ name: `Person ${last}` });
  }

  return (
    <Card className="grid content-start gap-4 p-5">
      <CardHeader className="flex flex-row items-center justify-between p-0">
        <CardTitle>Balances</CardTitle>
        <Button variant="ghost" size="sm" onClick={add}>
          <UserPlus aria-hidden /> Add
        </Button>
      </CardHeader>
      <ul className="grid gap-4">
        {everyone.map((person) => {
          const { paid = 0, balance = 0 } = balances.find((one) => one.name === person.name) ?? {};
          return (
            <li key={person.id} className="grid gap-2">
              <div className="flex items-center gap-2.5">
                <Avatar name={person.name || "?"} />
                <div className="min-w-0 flex-1">
                  <Input
                    aria-label="Name"
                    value={person.name}
                    onChange={(event) => rename(person, event.target.value.replaceAll(",", ""))}
                    className="h-7 border-transparent bg-transparent px-1 font-medium shadow-none"
                  />
                  <p className="px-1 text-xs text-muted-foreground tabular-nums">
                    paid {formatMoney(paid)}
                  </p>
                </div>
                <p className="text-right text-sm">
                  <span
                    className={cn(
                      "block font-semibold tabular-nums",
                      balance > 0 && "text-success",
                      balance < 0 && "text-destructive",
                    )}
                  >
                    {formatMoney(Math.abs(balance))}
                  </span>
                  <span className="text-xs text-muted-foreground">
                    {balance > 0 ? "gets back" : balance < 0 ? "owes" : "all square"}
                  </span>
                </p>
                <Button
                  variant="ghost"
                  size="icon-sm"
                  className="text-muted-foreground"
                  aria-label={`Remove ${person.name}`}
                  onClick={() => remove(person)}
                >
                  <Trash2 aria-hidden />
                </Button>
              </div>
              <div className="grid h-1.5 grid-cols-2 overflow-hidden rounded-full bg-muted" aria-hidden>
                <span className="flex justify-end">
                  <span
                    className="rounded-l-full bg-destructive"
                    style={{ width: `${(Math.max(0, -balance) / largest) * 100}%` }}
                  />
                </span>
                <span
                  className="rounded-r-full bg-success"
                  style={{ width: `${(Math.max(0, balance) / largest) * 100}%` }}
                />
              </div>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
