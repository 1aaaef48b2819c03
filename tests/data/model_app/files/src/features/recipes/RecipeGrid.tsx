import { SearchX } from "lucide-react";

import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

import { RecipeCard } from "./RecipeCard";
import type { Recipe } from "./types";

interface RecipeGridProps {
  recipes: Recipe[];
  onReset: () => void;
}

export function RecipeGrid({ recipes, onReset }: RecipeGridProps) {
  if (recipes.length === 0) {
    return (
      <EmptyState
        icon={SearchX}
        title="No recipe fits"
        description="Try fewer words, another course, or look at everything again."
      >
        <Button variant="outline" onClick={onReset}>
          Show all recipes
        </Button>
      </EmptyState>
    );
  }
  return (
    <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
      {recipes.map((recipe) => (
        <li key={recipe.id}>
          <RecipeCard recipe={recipe} />
        </li>
      ))}
    </ul>
  );
}
