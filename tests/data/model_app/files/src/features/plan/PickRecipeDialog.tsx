import { Plus } from "lucide-react";
import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { useRecipes } from "@/features/recipes/store";
import { formatDay } from "@/lib/format";

import { planRecipe } from "./store";

export function PickRecipeDialog({ day }: { day: string }) {
  const recipes = useRecipes();
  const [isOpen, setIsOpen] = useState(false);

  function pick(recipeId: string) {
    planRecipe(day, recipeId);
    setIsOpen(false);
  }

  return (
    <Dialog open={isOpen} onOpenChange={setIsOpen}>
      <DialogTrigger asChild>
        <Button variant="ghost" size="sm" aria-label={`Plan a meal for ${formatDay(day, "EEEE")}`}>
          <Plus aria-hidden /> Add
        </Button>
      </DialogTrigger>
      <DialogContent title={`What to cook on ${formatDay(day, "EEEE")}`}>
        <ul className="grid gap-1">
          {recipes.map((recipe) => (
            <li key={recipe.id}>
              <Button
                variant="ghost"
                className="h-auto min-h-11 w-full justify-between py-2 text-left whitespace-normal"
                onClick={() => pick(recipe.id)}
              >
                {recipe.title}
                <span className="text-xs text-muted-foreground tabular-nums">{recipe.minutes} min</span>
              </Button>
            </li>
          ))}
        </ul>
      </DialogContent>
    </Dialog>
  );
}
