// What a chart says in words and figures. Pure: the drawing is in chart_drawing.jsx.
import { decimal, moneyText } from "./market/money.js";

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** "12 Nov" of an ISO day, in the reader's own words; anything else as it is. */
export function placeText(place, locale) {
  if (!DAY.test(place)) return String(place ?? "");
  const day = new Date(`${place}T00:00:00Z`);
  return day.toLocaleDateString(locale, { day: "numeric", month: "short", timeZone: "UTC" });
}

/**
 * A value with its unit: "1,234", "4.5 %", "120 ms", "$12.00".
 * @param {{ unit?: string, currency?: string }} of `currency`: the value is in its smallest unit.
 */
export function valueText(value, { unit, currency } = {}, locale) {
  if (value === null || value === undefined) return "–";
  if (currency) return moneyText(value, currency, locale);
  const figure = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value);
  return unit ? `${figure} ${unit}` : figure;
}

/** The same, short enough for an axis: "1.2K", "$12K". */
export function tickText(value, { unit, currency } = {}, locale) {
  const compact = { notation: "compact", maximumFractionDigits: 1 };
  if (currency) {
    const amount = decimal(Math.round(value), currency);
    if (Math.abs(Number(amount)) < 1_000) {
      return new Intl.NumberFormat(locale, { style: "currency", currency, trailingZeroDisplay: "stripIfInteger" }).format(amount);
    }
    return new Intl.NumberFormat(locale, { ...compact, style: "currency", currency }).format(amount);
  }
  const figure = new Intl.NumberFormat(locale, compact).format(value);
  return unit === "%" ? `${figure} %` : figure;
}

/** Whether there is nothing to draw: no rows, or only zeros. */
export function isEmpty(rows, series) {
  return !rows?.length || rows.every((row) => series.every(({ key }) => !row[key]));
}
