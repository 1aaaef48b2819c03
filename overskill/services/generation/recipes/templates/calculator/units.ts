/** Each unit in terms of the first one of its measure. Temperature is the exception below. */
export const measures = {
  Length: {
    metres: 1,
    feet: 0.3048,
    kilometres: 1000,
    miles: 1609.344,
    centimetres: 0.01,
    inches: 0.0254,
    yards: 0.9144,
  },
  Weight: {
    kilograms: 1,
    pounds: 0.45359237,
    grams: 0.001,
    ounces: 0.028349523125,
    tonnes: 1000,
    stone: 6.35029318,
  },
  Temperature: { celsius: 1, fahrenheit: 1, kelvin: 1 },
  Volume: {
    litres: 1,
    "US gallons": 3.785411784,
    millilitres: 0.001,
    "US cups": 0.2365882365,
    tablespoons: 0.01478676478,
    teaspoons: 0.00492892159,
  },
  Area: {
    "square metres": 1,
    "square feet": 0.09290304,
    hectares: 10_000,
    acres: 4046.8564224,
    "square kilometres": 1_000_000,
  },
  Speed: { "km/h": 1, mph: 1.609344, "m/s": 3.6, knots: 1.852 },
  Time: { minutes: 60, hours: 3600, seconds: 1, days: 86_400, weeks: 604_800 },
} as const satisfies Record<string, Record<string, number>>;

export type MeasureName = keyof typeof measures;

export function convert(name: MeasureName, amount: number, from: string, to: string): number {
  if (name === "Temperature") return fromCelsius(toCelsius(amount, from), to);
  const factors: Record<string, number> = measures[name];
  return (amount * (factors[from] ?? 1)) / (factors[to] ?? 1);
}

function toCelsius(amount: number, unit: string): number {
  if (unit === "fahrenheit") return ((amount - 32) * 5) / 9;
  return unit === "kelvin" ? amount - 273.15 : amount;
}

function fromCelsius(amount: number, unit: string): number {
  if (unit === "fahrenheit") return (amount * 9) / 5 + 32;
  return unit === "kelvin" ? amount + 273.15 : amount;
}
