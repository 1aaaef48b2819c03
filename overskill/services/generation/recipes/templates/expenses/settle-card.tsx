import { ArrowRight, Check, PartyPopper } from "lucide-react";
import { toast } from "sonner";

import { Button } from "@/components/ui/button";
import { Card, CardTitle } from "@/components/ui/card";
import { blank[[e.type]], [[e.many]] } from "@/data/[[e.files]]";
import { SETTLED, type Transfer } from "@/lib/balances";
import { formatMoney, today } from "@/lib/format";

/** Who gives whom how much; one click notes that it happened. */
export function SettleCard({ transfers }: { transfers: Transfer[] }) {
  function settle({ from, to, amount }: Transfer) {
    const added = [[e.many]].add({
      ...blank[[e.type]],
      [[e.title.id]]: SETTLED,
      [[payer]]: from,
      [[shared]]: to,
      [[amount]]: amount,
//% if date
      [[date]]: today(),
//% endif
    });
    toast.success(`${from} paid ${to} back`, {
      action: { label: "Undo", onClick: () => [[e.many]].remove(added.id) },
    });
  }

  return (
    <Card className="grid content-start gap-4 p-5">
      <CardTitle>Who owes whom</CardTitle>
      {transfers.length === 0 && (
        <p className="flex items-center gap-2 text-sm text-muted-foreground">
          <PartyPopper className="size-4 text-success" aria-hidden /> All square: nobody owes anything.
        </p>
      )}
      <ul className="grid gap-3">
        {transfers.map((transfer) => (
          <li
            key={`${transfer.from} ${transfer.to}`}
            className="flex flex-wrap items-center justify-between gap-3 rounded-lg bg-muted/60 p-3"
          >
            <p className="min-w-0 text-sm">
              <span className="inline-flex items-center gap-1.5 font-medium">
                {transfer.from} <ArrowRight className="size-3.5" aria-label="owes" /> {transfer.to}
              </span>
              <span className="block font-display text-xl font-semibold tabular-nums">
                {formatMoney(transfer.amount)}
              </span>
            </p>
            <Button variant="outline" size="sm" onClick={() => settle(transfer)}>
              <Check aria-hidden /> Settle up
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
