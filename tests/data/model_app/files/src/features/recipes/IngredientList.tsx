import { Minus, Plus } from "lucide-react";
import { useState } from "react";

import { Button } from "@/components/ui/button";

import { ingredientLine } from "./ingredients";
import type { Recipe } from "./types";

export function IngredientList({ recipe }: { recipe: Recipe }) {
  const [servings, setServings] = useState(recipe.servings);
  return (
    <section aria-labelledby="ingredients" className="grid content-start gap-4">
      <div className="flex items-center justify-between gap-3">
        <h2 id="ingredients" className="font-display text-lg font-semibold">
          Ingredients
        </h2>
        <div className="flex items-center gap-1">
          <Button
            variant="outline"
            size="icon"
            aria-label="Fewer servings"
            disabled={servings <= 1}
            onClick={() => setServings(servings - 1)}
          >
            <Minus aria-hidden />
          </Button>
          <output className="w-20 text-center text-sm tabular-nums">Serves {servings}</output>
          <Button
            variant="outline"
            size="icon"
            aria-label="More servings"
            disabled={servings >= 20}
            onClick={() => setServings(servings + 1)}
          >
            <Plus aria-hidden />
          </Button>
        </div>
      </div>
      <ul className="divide-y rounded-lg border bg-card">
        {recipe.ingredients.map((ingredient) => (
          <li key={ingredient.name} className="px-4 py-2.5 text-sm tabular-nums">
            {ingredientLine(ingredient, servings / recipe.servings)}
          </li>
        ))}
      </ul>
    </section>
  );
}
