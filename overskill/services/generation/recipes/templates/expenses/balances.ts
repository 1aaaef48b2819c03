import type { [[e.type]] } from "@/data/[[e.files]]";
import { splitAmount } from "@/lib/split";

export interface Balance {
  name: string;
  paid: number;
  /** Above zero: gets money back. Below zero: owes. */
  balance: number;
}

export interface Transfer {
  from: string;
  to: string;
  amount: number;
}

/** Those who share a payment; a payment that names nobody is shared by all. */
export function sharersOf(payment: [[e.type]], everyone: string[]): string[] {
  const named = payment.[[shared]].split(",").map((name) => name.trim()).filter(Boolean);
  return named.length > 0 ? named : everyone;
}

export function balancesOf(payments: [[e.type]][], everyone: string[]): Balance[] {
  const cents = new Map(everyone.map((name) => [name, { paid: 0, balance: 0 }]));
  const of = (name: string) => {
    const known = cents.get(name) ?? { paid: 0, balance: 0 };
    cents.set(name, known);
    return known;
  };
  for (const payment of payments) {
    const sharers = sharersOf(payment, everyone);
    const parts = splitAmount(payment.[[amount]], sharers.map(() => 1));
    const isRepayment = payment.[[e.title.id]] === SETTLED;
    if (!isRepayment) of(payment.[[payer]]).paid += Math.round(payment.[[amount]] * 100);
    of(payment.[[payer]]).balance += Math.round(payment.[[amount]] * 100);
    sharers.forEach((name, index) => {
      of(name).balance -= Math.round((parts[index] ?? 0) * 100);
    });
  }
  return [...cents].map(([name, one]) => ({ name, paid: one.paid / 100, balance: one.balance / 100 }));
}

export const SETTLED = "Settled up";

/** The fewest payments that a greedy match finds: the largest debt goes to the largest credit. */
export function transfersFor(balances: Balance[]): Transfer[] {
  const open = balances.map(({ name, balance }) => ({ name, cents: Math.round(balance * 100) }));
  const transfers: Transfer[] = [];
  for (;;) {
    open.sort((a, b) => a.cents - b.cents);
    const debtor = open[0];
    const creditor = open.at(-1);
    if (!debtor || !creditor || debtor.cents >= 0 || creditor.cents <= 0) return transfers;
    const cents = Math.min(-debtor.cents, creditor.cents);
    transfers.push({ from: debtor.name, to: creditor.name, amount: cents / 100 });
    debtor.cents += cents;
    creditor.cents -= cents;
  }
}
