import type { Item } from "@/lib/collection";

export const COURSES = ["Breakfast", "Lunch", "Dinner", "Dessert"] as const;
export type Course = (typeof COURSES)[number];

export interface Ingredient {
  name: string;
  amount: number;
  unit: string;
}

export interface Recipe extends Item {
  title: string;
  course: Course;
  minutes: number;
  servings: number;
  rating: number;
  isFavourite: boolean;
  ingredients: Ingredient[];
  steps: string[];
  cookedOn: string;
}

export type RecipeDraft = Omit<Recipe, "id">;
