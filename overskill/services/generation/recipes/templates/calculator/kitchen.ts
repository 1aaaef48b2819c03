export interface Food {
  name: string;
  /** Grams in a US cup. */
  gramsACup: number;
}

export const foods: Food[] = [
//% for name, grams in foods
  { name: [[name | ts]], gramsACup: [[grams]] },
//% endfor
];
/** Those shown in the table. */
export const named = foods.slice(0, [[named]]);

const MILLILITRES = { "US cups": 236.588, tablespoons: 14.787, teaspoons: 4.929, millilitres: 1 } as const;
const GRAMS = { grams: 1, ounces: 28.3495 } as const;

export type KitchenUnit = keyof typeof MILLILITRES | keyof typeof GRAMS;
export const units = [...Object.keys(MILLILITRES), ...Object.keys(GRAMS)] as KitchenUnit[];

export function measure(food: Food, amount: number, from: KitchenUnit, to: KitchenUnit): number {
  return (amount * grams(food, from)) / grams(food, to);
}

/** What one of a unit weighs. */
function grams(food: Food, unit: KitchenUnit): number {
  if (unit === "grams" || unit === "ounces") return GRAMS[unit];
  return (MILLILITRES[unit] / MILLILITRES["US cups"]) * food.gramsACup;
}
