import { useMemo } from "react";

import { [[e.many]], type [[e.type]] } from "@/data/[[e.files]]";
import { useCollection } from "@/lib/collection";
import { createStore, useStore } from "@/lib/storage";

/** Product id -> how many. */
const cart = createStore<Record<string, number>>("cart", {});

export interface CartLine {
  [[e.one]]: [[e.type]];
  count: number;
}

export function addToCart(id: string): void {
  cart.set((counts) => ({ ...counts, [id]: (counts[id] ?? 0) + 1 }));
}

export function useCart() {
  const all = useCollection([[e.many]]);
  const [counts, setCounts] = useStore(cart);

  return useMemo(() => {
    const lines: CartLine[] = all.flatMap((one) => {
      const count = counts[one.id] ?? 0;
      return count > 0 ? [{ [[e.one]]: one, count }] : [];
    });
    return {
      lines,
      count: lines.reduce((sum, line) => sum + line.count, 0),
      total: lines.reduce((sum, line) => sum + line.count * line.[[e.one]].[[price]], 0),
      setCount: (id: string, count: number) =>
        setCounts((current) => ({ ...current, [id]: Math.max(0, count) })),
      empty: () => setCounts({}),
    };
  }, [all, counts, setCounts]);
}
