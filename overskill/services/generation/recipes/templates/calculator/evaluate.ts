/** What "2 × (3 + 4)" is; undefined while it is not a whole sum yet. */
export function evaluate(text: string): number | undefined {
  const tokens = text.replaceAll("−", "-").match(/\d+\.?\d*|\.\d+|[-+×÷()]/g) ?? [];
  let position = 0;

  function sum(): number {
    let value = product();
    while (tokens[position] === "+" || tokens[position] === "-") {
      value = tokens[position++] === "+" ? value + product() : value - product();
    }
    return value;
  }

  function product(): number {
    let value = factor();
    while (tokens[position] === "×" || tokens[position] === "÷") {
      value = tokens[position++] === "×" ? value * factor() : value / factor();
    }
    return value;
  }

  function factor(): number {
    const token = tokens[position++];
    if (token === "-") return -factor();
    if (token === "(") {
      const value = sum();
      return tokens[position++] === ")" ? value : NaN;
    }
    return token === undefined ? NaN : Number(token);
  }

  if (tokens.length === 0) return 0;
  const value = sum();
  return position === tokens.length && !Number.isNaN(value) ? value : undefined;
}

export function formatResult(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(12))) : "∞";
}
