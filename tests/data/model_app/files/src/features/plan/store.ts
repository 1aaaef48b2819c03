import { addDays, startOfWeek } from "date-fns";

import { toDay } from "@/lib/format";
import { createStore, useStore } from "@/lib/storage";

/** Recipe ids by day. */
export type Plan = Record<string, string[]>;

const days = weekOf(new Date());

const plan = createStore<Plan>("plan", {
  [days[0] ?? ""]: ["recipes-3"],
  [days[2] ?? ""]: ["recipes-5"],
  [days[4] ?? ""]: ["recipes-6", "recipes-8"],
});

/** The seven days of a date's week, Monday first. */
export function weekOf(date: Date): string[] {
  const monday = startOfWeek(date, { weekStartsOn: 1 });
  return Array.from({ length: 7 }, (_, index) => toDay(addDays(monday, index)));
}

export function usePlan(): Plan {
  return useStore(plan)[0];
}

export function planRecipe(day: string, recipeId: string): void {
  plan.set((current) => ({ ...current, [day]: [...(current[day] ?? []), recipeId] }));
}

export function unplanRecipe(day: string, recipeId: string): void {
  plan.set((current) => ({
    ...current,
    [day]: (current[day] ?? []).filter((planned) => planned !== recipeId),
  }));
}
