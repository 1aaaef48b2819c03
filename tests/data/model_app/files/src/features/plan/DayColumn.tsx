import { X } from "lucide-react";
import { Link } from "react-router-dom";

import { useRecipes } from "@/features/recipes/store";
import type { Recipe } from "@/features/recipes/types";
import { cn } from "@/lib/cn";
import { formatDay, today } from "@/lib/format";

import { PickRecipeDialog } from "./PickRecipeDialog";
import { unplanRecipe, usePlan } from "./store";

export function DayColumn({ day }: { day: string }) {
  const recipes = useRecipes();
  const plan = usePlan();
  const planned = (plan[day] ?? [])
    .map((id) => recipes.find((recipe) => recipe.id === id))
    .filter((recipe): recipe is Recipe => recipe !== undefined);
  const isToday = day === today();

  return (
    <section
      aria-label={formatDay(day, "EEEE")}
      className={cn("grid content-start gap-2 rounded-xl border bg-card p-3", isToday && "border-primary")}
    >
      <header className="flex items-center justify-between gap-2">
        <h2 className="text-sm font-semibold">
          {formatDay(day, "EEE")}{" "}
          <span className="font-normal text-muted-foreground tabular-nums">{formatDay(day, "d MMM")}</span>
        </h2>
        <PickRecipeDialog day={day} />
      </header>
      {planned.length === 0 && <p className="py-3 text-sm text-muted-foreground">Nothing planned</p>}
      <ul className="grid gap-2">
        {planned.map((recipe) => (
          <li key={recipe.id} className="flex items-center gap-1 rounded-lg bg-accent pl-3">
            <Link to={`/recipes/${recipe.id}`} className="min-w-0 flex-1 py-2 text-sm font-medium hover:underline">
              {recipe.title}
            </Link>
            <button
              type="button"
              aria-label={`Take ${recipe.title} off the plan`}
              onClick={() => unplanRecipe(day, recipe.id)}
              className="grid size-10 place-items-center rounded-md text-muted-foreground outline-none hover:text-foreground focus-visible:ring-2 focus-visible:ring-ring"
            >
              <X className="size-4" aria-hidden />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
