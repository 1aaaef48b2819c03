import { addWeeks, format, isValid, parseISO, startOfWeek } from "date-fns";

export interface Slice {
  name: string;
  value: number;
}

const WEEKS = 8;

/** Adds up what each group has, the largest first. */
export function groupBy<T>(
  records: T[],
  group: (record: T) => string,
  measure: (record: T) => number,
): Slice[] {
  const totals = new Map<string, number>();
  for (const record of records) {
    const name = group(record) || "None";
    totals.set(name, (totals.get(name) ?? 0) + measure(record));
  }
  return [...totals]
    .map(([name, value]) => ({ name, value }))
    .toSorted((a, b) => b.value - a.value);
}

/** Adds up by week, for the eight weeks that end with the last record. */
export function sumByPeriod<T>(
  records: T[],
  day: (record: T) => string,
  measure: (record: T) => number,
): Slice[] {
  const dated = records.filter((record) => isValid(parseISO(day(record))));
  const latest = dated.map(day).toSorted().at(-1);
  if (!latest) return [];
  const last = startOfWeek(parseISO(latest), { weekStartsOn: 1 });
  return Array.from({ length: WEEKS }, (_, index) => {
    const start = addWeeks(last, index - WEEKS + 1);
    const end = addWeeks(start, 1);
    const value = dated
      .filter((record) => parseISO(day(record)) >= start && parseISO(day(record)) < end)
      .reduce((sum, record) => sum + measure(record), 0);
    return { name: format(start, "d MMM"), value };
  });
}
