export interface Share {
  name: string;
  count: number;
}

/** How often each option was chosen; what nobody answered is left out. */
export function countOptions(values: string[], options: readonly string[]): Share[] {
  return options.map((name) => ({ name, count: values.filter((value) => value === name).length }));
}

/** How often each number was given, the highest first. */
export function countNumbers(values: number[], from: number, to: number): Share[] {
  const steps = Array.from({ length: to - from + 1 }, (_, index) => to - index);
  return steps.map((step) => ({ name: String(step), count: values.filter((value) => value === step).length }));
}

export function average(values: number[]): number {
  return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : 0;
}

/** A file for a spreadsheet; text that would run as a formula there is kept as text. */
export function toCsv(rows: (string | number | boolean)[][]): string {
  return rows.map((row) => row.map(cell).join(",")).join("\r\n");
}

function cell(value: string | number | boolean): string {
  const text = typeof value === "boolean" ? (value ? "Yes" : "No") : String(value);
  const isFormula = /^[=+\-@\t]/.test(text) && !/^[+-]?[\d\s().,/-]*$/.test(text);
  const safe = isFormula ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function download(name: string, text: string): void {
  // The mark at the start tells spreadsheets that it is UTF-8.
  const url = URL.createObjectURL(new Blob(["\uFEFF", text], { type: "text/csv" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
