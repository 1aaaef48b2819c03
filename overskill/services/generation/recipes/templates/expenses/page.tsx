import { Plus, Receipt } from "lucide-react";
import { useState } from "react";

import { [[e.type]]Dialog } from "@/components/[[e.file]]-dialog";
import { [[e.type]]Menu } from "@/components/[[e.file]]-menu";
import { PeopleCard } from "@/components/people-card";
import { SettleCard } from "@/components/settle-card";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { [[e.many]], type [[e.type]] } from "@/data/[[e.files]]";
import { people } from "@/data/people";
import { balancesOf, SETTLED, sharersOf, transfersFor } from "@/lib/balances";
import { useCollection } from "@/lib/collection";
import { formatMoney, formatNumber, formatRelativeDay, plural } from "@/lib/format";
import { useShortcut } from "@/lib/use-shortcut";

export function [[component]]() {
  const payments = useCollection([[e.many]]);
  const names = useCollection(people).map((person) => person.name);
  const [editing, setEditing] = useState<{ [[e.one]]?: [[e.type]] } | null>(null);
  useShortcut("n", () => setEditing({}));

  const balances = balancesOf(payments, names);
  const spent = balances.reduce((sum, one) => sum + one.paid, 0);
//% if date
  const shown = payments.toSorted((a, b) => b.[[date]].localeCompare(a.[[date]]));
//% else
  const shown = payments;
//% endif

  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader title=[[page.title | attr]] description=[[tagline | attr]]>
        <Button onClick={() => setEditing({})} title="Press N">
          <Plus aria-hidden /> [[("Add " ~ e.label) | jsx]]
        </Button>
      </PageHeader>

      <div className="grid grid-cols-1 gap-4 lg:grid-cols-2">
        <SettleCard transfers={transfersFor(balances)} />
        <PeopleCard balances={balances} />
      </div>

      <section aria-label="Payments" className="grid grid-cols-1 gap-3">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <h2 className="font-display text-lg font-semibold">[[e.labels | sentence | jsx]]</h2>
          <p className="text-sm text-muted-foreground tabular-nums">
            {formatMoney(spent)} spent · {formatMoney(spent / Math.max(1, names.length))} each
          </p>
        </div>
        {shown.length === 0 ? (
          <EmptyState
            icon={Receipt}
            title="Nothing paid yet"
            description="Add what someone paid, and everyone's part is worked out."
          >
            <Button onClick={() => setEditing({})}>[[("Add " ~ e.label) | jsx]]</Button>
          </EmptyState>
        ) : (
          <Card>
            <ul className="divide-y">
              {shown.map((payment) => (
                <PaymentRow
                  key={payment.id}
                  payment={payment}
                  names={names}
                  onEdit={() => setEditing({ [[e.one]]: payment })}
                />
              ))}
            </ul>
          </Card>
        )}
      </section>

      {editing && <[[e.type]]Dialog {...editing} onClose={() => setEditing(null)} />}
    </div>
  );
}

interface PaymentRowProps {
  payment: [[e.type]];
  names: string[];
  onEdit: () => void;
}

function PaymentRow({ payment, names, onEdit }: PaymentRowProps) {
  const sharers = sharersOf(payment, names);
  const isSettling = payment.[[e.title.id]] === SETTLED;
  const shared =
    sharers.length === names.length
      ? "for everyone"
      : sharers.length <= 2
        ? `for ${sharers.join(" and ")}`
        : `for ${plural(sharers.length, "person", "people")}`;
  return (
    <li className="flex items-center gap-3 p-4">
      <Avatar name={payment.[[payer]]} />
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{payment.[[e.title.id]]}</p>
        <p className="text-sm text-muted-foreground">
          {payment.[[payer]]} {isSettling ? `paid ${sharers.join(", ")} back` : `paid, ${shared}`}
//% if date
          {payment.[[date]] && ` · ${formatRelativeDay(payment.[[date]])}`}
//% endif
        </p>
      </div>
//% for f in extra if f.type in ("select", "number", "money", "rating", "text") and f.id not in (date, )
      {[[f.present("payment")]] && (
        <Badge tone="outline" className="hidden sm:inline-flex">
          {[[f.shown("payment")]]}
        </Badge>
      )}
//% endfor
      <span className="font-display font-semibold tabular-nums">{formatMoney(payment.[[amount]])}</span>
      <[[e.type]]Menu [[e.one]]={payment} onEdit={onEdit} />
    </li>
  );
}
