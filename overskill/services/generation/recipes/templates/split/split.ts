/** Splits by weight, to the cent: the parts always add up to the total. */
export function splitAmount(total: number, weights: number[]): number[] {
  const cents = Math.round(total * 100);
  const sum = weights.reduce((one, other) => one + other, 0);
  if (sum <= 0) return weights.map(() => 0);
  const exact = weights.map((weight) => (cents * weight) / sum);
  const parts = exact.map(Math.floor);
  const missing = cents - parts.reduce((one, other) => one + other, 0);
  const byRest = exact
    .map((value, index) => ({ index, rest: value - Math.floor(value) }))
    .toSorted((a, b) => b.rest - a.rest);
  for (const { index } of byRest.slice(0, missing)) parts[index] = (parts[index] ?? 0) + 1;
  return parts.map((part) => part / 100);
}
