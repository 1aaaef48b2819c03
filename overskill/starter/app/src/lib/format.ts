import { addDays, differenceInCalendarDays, format, isValid, parseISO } from "date-fns";

/** Dates are kept as "2026-03-14": they sort as text and have no time zone to get wrong. */
export function toDay(date: Date): string {
  return format(date, "yyyy-MM-dd");
}

export function today(): string {
  return toDay(new Date());
}

export function daysFromNow(days: number): string {
  return toDay(addDays(new Date(), days));
}

export function formatDay(day: string, pattern = "d MMM yyyy"): string {
  const date = parseISO(day);
  return isValid(date) ? format(date, pattern) : "–";
}

/** "Today", "Tomorrow", "3 days ago", "in 5 days"; far-away days are written out. */
export function formatRelativeDay(day: string): string {
  const date = parseISO(day);
  if (!isValid(date)) return "–";
  const days = differenceInCalendarDays(date, new Date());
  if (days === 0) return "Today";
  if (days === 1) return "Tomorrow";
  if (days === -1) return "Yesterday";
  if (Math.abs(days) > 30) return formatDay(day);
  return days < 0 ? `${-days} days ago` : `in ${days} days`;
}

export function formatNumber(value: number, digits = 1): string {
  return new Intl.NumberFormat(undefined, { maximumFractionDigits: digits }).format(value);
}

export function formatMoney(value: number, currency = "USD"): string {
  return new Intl.NumberFormat(undefined, {
    style: "currency",
    currency,
    minimumFractionDigits: Number.isInteger(value) ? 0 : 2,
    maximumFractionDigits: 2,
  }).format(value);
}

export function formatPercent(share: number): string {
  return new Intl.NumberFormat(undefined, { style: "percent", maximumFractionDigits: 0 }).format(
    share,
  );
}

/** plural(1, "plant", "plants") is "1 plant". */
export function plural(count: number, one: string, many: string): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`;
}

export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => word?.[0]?.toUpperCase() ?? "")
    .join("");
}
