import { createStore } from "@/lib/storage";

export interface Upgrade {
  id: string;
  name: string;
  /** What the first one costs; each one more costs 15% more. */
  price: number;
  perClick: number;
  perSecond: number;
}

export const UPGRADES: Upgrade[] = [
  { id: "finger", name: "Stronger finger", price: 20, perClick: 1, perSecond: 0 },
  { id: "helper", name: "Helper", price: 60, perClick: 0, perSecond: 1 },
  { id: "machine", name: "Machine", price: 400, perClick: 0, perSecond: 8 },
  { id: "workshop", name: "Workshop", price: 2500, perClick: 5, perSecond: 40 },
  { id: "factory", name: "Factory", price: 18000, perClick: 0, perSecond: 260 },
];

export interface Progress {
  count: number;
  /** All that was ever made. */
  total: number;
  owned: Record<string, number>;
}

export const START: Progress = { count: 0, total: 0, owned: {} };
export const progress = createStore<Progress>("progress", START);

export function priceOf(upgrade: Upgrade, owned: number): number {
  return Math.ceil(upgrade.price * 1.15 ** owned);
}

export function perClick({ owned }: Progress): number {
  return 1 + UPGRADES.reduce((sum, one) => sum + one.perClick * (owned[one.id] ?? 0), 0);
}

export function perSecond({ owned }: Progress): number {
  return UPGRADES.reduce((sum, one) => sum + one.perSecond * (owned[one.id] ?? 0), 0);
}

export function gain(now: Progress, amount: number): Progress {
  return { ...now, count: now.count + amount, total: now.total + amount };
}

/** One more of it, if there is enough; the same progress otherwise. */
export function buy(now: Progress, upgrade: Upgrade): Progress {
  const owned = now.owned[upgrade.id] ?? 0;
  const price = priceOf(upgrade, owned);
  if (now.count < price) return now;
  return { ...now, count: now.count - price, owned: { ...now.owned, [upgrade.id]: owned + 1 } };
}
