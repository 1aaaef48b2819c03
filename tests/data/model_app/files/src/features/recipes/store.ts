import { createCollection, useCollection } from "@/lib/collection";
import { today } from "@/lib/format";

import { sampleRecipes } from "./samples";
import type { Recipe, RecipeDraft } from "./types";

export const blankRecipe: RecipeDraft = {
  title: "",
  course: "Dinner",
  minutes: 30,
  servings: 4,
  rating: 0,
  isFavourite: false,
  ingredients: [],
  steps: [],
  cookedOn: today(),
};

export const recipes = createCollection<Recipe>("recipes", sampleRecipes, blankRecipe);

export function useRecipes(): Recipe[] {
  return useCollection(recipes);
}

export function useRecipe(id: string | undefined): Recipe | undefined {
  return useRecipes().find((recipe) => recipe.id === id);
}
