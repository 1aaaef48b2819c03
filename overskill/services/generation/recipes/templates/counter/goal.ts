import { formatNumber } from "@/lib/format";
import { createStore } from "@/lib/storage";

/** For one day; 0 is none. */
export const [[goal_store]] = createStore("[[e.storage]]-goal", [[goal | ts]]);

export function formatAmount(amount: number): string {
//% if one == many
  return `${formatNumber(amount, 2)} [[many]]`;
//% else
  return `${formatNumber(amount, 2)} ${amount === 1 ? [[one | ts]] : [[many | ts]]}`;
//% endif
}
