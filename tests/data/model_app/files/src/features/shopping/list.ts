import type { Plan } from "@/features/plan/store";
import { ingredientLine } from "@/features/recipes/ingredients";
import type { Ingredient, Recipe } from "@/features/recipes/types";
import { createStore, useStore } from "@/lib/storage";

export interface Purchase {
  key: string;
  label: string;
  recipes: string[];
}

const bought = createStore<string[]>("bought", []);

/** Everything the planned meals need; the same ingredient in the same unit is added up. */
export function shoppingList(recipes: Recipe[], plan: Plan, days: string[]): Purchase[] {
  const sums = new Map<string, { ingredient: Ingredient; recipes: Set<string> }>();
  const planned = days.flatMap((day) => plan[day] ?? []);
  for (const id of planned) {
    const recipe = recipes.find((candidate) => candidate.id === id);
    for (const ingredient of recipe?.ingredients ?? []) {
      const key = `${ingredient.name.toLowerCase()}/${ingredient.unit}`;
      const sum = sums.get(key) ?? { ingredient: { ...ingredient, amount: 0 }, recipes: new Set() };
      sum.ingredient.amount += ingredient.amount;
      sum.recipes.add(recipe?.title ?? "");
      sums.set(key, sum);
    }
  }
  return [...sums]
    .map(([key, sum]) => ({ key, label: ingredientLine(sum.ingredient), recipes: [...sum.recipes] }))
    .sort((one, other) => one.key.localeCompare(other.key));
}

export function useBought(): [string[], (key: string) => void] {
  const [keys, setKeys] = useStore(bought);
  const toggle = (key: string) =>
    setKeys((current) =>
      current.includes(key) ? current.filter((other) => other !== key) : [...current, key],
    );
  return [keys, toggle];
}
