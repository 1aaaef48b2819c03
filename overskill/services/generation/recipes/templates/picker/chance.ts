/** A whole number from 0 to below `end`, each as likely as the others. */
export function below(end: number): number {
  const limit = Math.floor(2 ** 32 / end) * end;
  const [drawn = 0] = crypto.getRandomValues(new Uint32Array(1));
  return drawn < limit ? drawn % end : below(end);
}

export function oneOf<T>(items: readonly T[]): T | undefined {
  return items[below(Math.max(1, items.length))];
}

export function shuffled<T>(items: readonly T[]): T[] {
  const rest = [...items];
  return items.map(() => rest.splice(below(rest.length), 1)[0] as T);
}

/** As even as it gets: no group is larger than another by more than one. */
export function dealt<T>(items: readonly T[], groups: number): T[][] {
  const order = shuffled(items);
  return Array.from({ length: groups }, (_, group) => order.filter((_item, index) => index % groups === group));
}

/**
 * Everyone gives to the next in a shuffled circle, so nobody gives to themselves. What comes back is
 * in the order of the items: the circle would tell who gives to whom.
 */
export function circle<T>(items: readonly T[]): { from: T; to: T }[] {
  const order = shuffled([...items.keys()]);
  return items.map((from, index) => {
    const next = order[(order.indexOf(index) + 1) % order.length] ?? 0;
    return { from, to: items[next] as T };
  });
}

export function prefersStill(): boolean {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}
