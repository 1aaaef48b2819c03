import type { Course, Recipe } from "./types";

export const ORDERS = ["newest", "quickest", "rating", "title"] as const;
export type Order = (typeof ORDERS)[number];

export interface Search {
  text: string;
  course: Course | "All";
  order: Order;
  onlyFavourites: boolean;
}

export const emptySearch: Search = { text: "", course: "All", order: "newest", onlyFavourites: false };

const COMPARE: Record<Order, (one: Recipe, other: Recipe) => number> = {
  newest: (one, other) => other.cookedOn.localeCompare(one.cookedOn),
  quickest: (one, other) => one.minutes - other.minutes,
  rating: (one, other) => other.rating - one.rating,
  title: (one, other) => one.title.localeCompare(other.title),
};

export function findRecipes(recipes: Recipe[], search: Search): Recipe[] {
  const text = search.text.trim().toLowerCase();
  return recipes
    .filter((recipe) => search.course === "All" || recipe.course === search.course)
    .filter((recipe) => !search.onlyFavourites || recipe.isFavourite)
    .filter((recipe) => !text || haystack(recipe).includes(text))
    .sort(COMPARE[search.order]);
}

function haystack(recipe: Recipe): string {
  return [recipe.title, ...recipe.ingredients.map((ingredient) => ingredient.name)]
    .join(" ")
    .toLowerCase();
}
