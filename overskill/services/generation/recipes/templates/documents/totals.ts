import type { [[e.type]], Line } from "@/data/[[e.files]]";

export interface Totals {
  net: number;
  discount: number;
  tax: number;
  total: number;
}

function toCents(value: number): number {
  return Math.round(value * 100) / 100;
}

export function amountOf(line: Line): number {
  return toCents(line.quantity * line.rate);
}

/** Each line and each step is rounded to cents, as it is on paper. */
export function totalsOf(paper: [[e.type]]): Totals {
  const net = toCents(paper.lines.reduce((sum, line) => sum + amountOf(line), 0));
  const discount = [% if discount %]toCents((net * paper.discount) / 100)[% else %]0[% endif %];
  const tax = [% if tax %]toCents(((net - discount) * paper.tax) / 100)[% else %]0[% endif %];
  return { net, discount, tax, total: toCents(net - discount + tax) };
}

function format(value: number, least: number, most: number): string {
  return new Intl.NumberFormat(undefined, {
    style: "currency",
    currency: "[[currency]]",
    minimumFractionDigits: least,
    maximumFractionDigits: most,
  }).format(value);
}

export function formatAmount(value: number): string {
  return format(value, 2, 2);
}

/** A rate has as many digits as it needs: 0.085 a word. */
export function formatRate(value: number): string {
  return format(value, 2, 4);
}

/** For sums at a glance: without cents. */
export function formatWhole(value: number): string {
  return format(value, 0, 0);
}
