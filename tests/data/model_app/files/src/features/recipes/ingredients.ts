import { formatNumber } from "@/lib/format";

import type { Ingredient } from "./types";

/** "200 g flour", "2 eggs", "salt": amount and unit are optional. */
export function parseIngredient(line: string): Ingredient {
  const match = /^([\d.,]+)\s*(g|kg|ml|l|tsp|tbsp|cm|tins?|bunch)?\s+(.+)$/.exec(line.trim());
  if (!match) return { name: line.trim(), amount: 0, unit: "" };
  const [, amount = "0", unit = "", name = ""] = match;
  return { name, amount: Number(amount.replace(",", ".")) || 0, unit };
}

export function ingredientLine({ amount, unit, name }: Ingredient, factor = 1): string {
  const quantity = amount > 0 ? formatNumber(amount * factor, 1) : "";
  return [quantity, unit, name].filter(Boolean).join(" ");
}
