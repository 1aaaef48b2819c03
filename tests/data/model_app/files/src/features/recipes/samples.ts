import { daysFromNow } from "@/lib/format";

import type { Course, Ingredient, RecipeDraft } from "./types";

/** "200 g flour" as a record. */
function ingredients(...lines: string[]): Ingredient[] {
  return lines.map((line) => {
    const [amount = "1", unit = "", ...name] = line.split(" ");
    return { amount: Number(amount), unit: unit === "-" ? "" : unit, name: name.join(" ") };
  });
}

function sample(
  title: string,
  course: Course,
  [minutes, servings, rating]: [number, number, number],
  cookedDaysAgo: number,
  list: Ingredient[],
  steps: string[],
): RecipeDraft {
  return {
    title,
    course,
    minutes,
    servings,
    rating,
    isFavourite: rating === 5,
    ingredients: list,
    steps,
    cookedOn: daysFromNow(-cookedDaysAgo),
  };
}

export const sampleRecipes: RecipeDraft[] = [
  sample(
    "Smoky tomato shakshuka",
    "Breakfast",
    [25, 2, 5],
    2,
    ingredients("4 - eggs", "400 g tomatoes", "1 - red pepper", "1 tsp smoked paprika", "50 g feta"),
    [
      "Soften the pepper in olive oil with the paprika.",
      "Add the tomatoes and simmer until thick.",
      "Make four hollows, crack in the eggs, cover for six minutes.",
      "Crumble the feta over it and serve from the pan.",
    ],
  ),
  sample(
    "Overnight oats with pear",
    "Breakfast",
    [10, 1, 4],
    5,
    ingredients("60 g rolled oats", "150 ml milk", "1 - pear", "1 tbsp almonds"),
    ["Stir oats and milk together.", "Leave them in the fridge overnight.", "Top with pear and almonds."],
  ),
  sample(
    "Miso noodle soup",
    "Lunch",
    [20, 2, 5],
    1,
    ingredients("160 g soba noodles", "3 tbsp white miso", "150 g mushrooms", "2 - spring onions"),
    [
      "Cook the noodles and rinse them cold.",
      "Brown the mushrooms, add a litre of water and bring it to a simmer.",
      "Take it off the heat, whisk in the miso, and pour it over the noodles.",
      "Finish with spring onions.",
    ],
  ),
  sample(
    "Lemon chickpea salad",
    "Lunch",
    [15, 4, 3],
    12,
    ingredients("2 tins chickpeas", "1 - lemon", "1 bunch parsley", "80 g feta", "1 - cucumber"),
    ["Drain and rinse the chickpeas.", "Chop everything small.", "Dress with lemon and olive oil."],
  ),
  sample(
    "Sheet-pan harissa chicken",
    "Dinner",
    [50, 4, 5],
    4,
    ingredients("8 - chicken thighs", "3 tbsp harissa", "600 g potatoes", "2 - red onions", "1 - lemon"),
    [
      "Heat the oven to 220 °C.",
      "Toss chicken, potatoes and onions with harissa and oil.",
      "Roast for 40 minutes, turning once.",
      "Squeeze the lemon over it.",
    ],
  ),
  sample(
    "Mushroom risotto",
    "Dinner",
    [40, 3, 4],
    9,
    ingredients("250 g arborio rice", "300 g mushrooms", "1 l vegetable stock", "60 g parmesan"),
    [
      "Brown the mushrooms and set them aside.",
      "Toast the rice, then add the stock a ladle at a time.",
      "Fold in mushrooms and parmesan and let it rest for two minutes.",
    ],
  ),
  sample(
    "Red lentil dal",
    "Dinner",
    [35, 4, 4],
    16,
    ingredients("300 g red lentils", "400 ml coconut milk", "2 tsp cumin seeds", "3 cm ginger"),
    ["Simmer the lentils in coconut milk and water.", "Sizzle cumin and ginger in oil.", "Stir them in."],
  ),
  sample(
    "Olive oil chocolate cake",
    "Dessert",
    [55, 8, 5],
    21,
    ingredients("50 g cocoa", "150 ml olive oil", "200 g sugar", "3 - eggs", "150 g ground almonds"),
    [
      "Heat the oven to 170 °C.",
      "Whisk cocoa with hot water until smooth.",
      "Beat oil, sugar and eggs until pale, fold in cocoa and almonds.",
      "Bake for 40 minutes and let it cool in the tin.",
    ],
  ),
];
