export interface Inputs {
//% for i in inputs
  /** [[i.label]][% if i.after %], [[i.after]][% endif %] */
  [[i.id]]: number;
//% endfor
}

export const defaults: Inputs = {
//% for i in inputs
  [[i.id]]: [[i.start | ts]],
//% endfor
};

export interface Result {
  label: string;
  value: number | string;
  format: "money" | "number" | "percent" | "text";
}

export function calculate({ [[ids]] }: Inputs): Result[] {
//% for name, expression in result_lets
  const [[name]] = [[expression]];
//% endfor
  return [
//% for r in results
    { label: [[r.label | ts]], value: [[r.expression]], format: "[[r.format]]" },
//% endfor
  ];
}
//% if series

/** [[series.label]], [[series.x | lower]] by [[series.x | lower]]. */
export function timeline({ [[series_ids]] }: Inputs): { name: string; value: number }[] {
//% for name, expression in series_lets
  const [[name]] = [[expression]];
//% endfor
  return Array.from({ length: Math.max(0, Math.round([[series.count]])) + 1 }, (_, step) => ({
    name: String(step),
    value: Math.max(0, [[series.value]]),
  }));
}
//% endif
