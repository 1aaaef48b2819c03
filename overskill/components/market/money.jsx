import { useSyncExternalStore } from "react";
import { moneyText } from "./money.js";

const never = () => () => {};

/** An amount of money as the reader writes it. What is prerendered, and read by crawlers, is in English. */
export function Money({ amount, currency, free, signed, short, className }) {
  const locale = useSyncExternalStore(
    never,
    () => navigator.language,
    () => "en-US",
  );
  if (!currency) return null;
  const text = free && amount === 0 ? free : moneyText(amount, currency, locale, { signed, short });
  return <span className={`tabular-nums ${className ?? ""}`}>{text}</span>;
}
