// As Stripe counts them: services/billing/money.py has the same two lists, and a test keeps them equal.
export const NO_DIGITS = "bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf".split(" ");
export const THREE_DIGITS = "bhd jod kwd omr tnd".split(" ");

export function digits(currency) {
  if (NO_DIGITS.includes(currency)) return 0;
  return THREE_DIGITS.includes(currency) ? 3 : 2;
}

/** "1234.56": exact however large, because no float comes between. */
export function decimal(amount, currency) {
  const places = digits(currency);
  const figure = BigInt(Math.abs(amount)).toString().padStart(places + 1, "0");
  const sign = amount < 0 ? "-" : "";
  return places ? `${sign}${figure.slice(0, -places)}.${figure.slice(-places)}` : `${sign}${figure}`;
}

/**
 * An amount in a currency's smallest unit, as people of a locale write it.
 * @param {{ signed?: boolean, short?: boolean }} options `signed`: "+" of gains; `short`: "$12" instead of "$12.00".
 */
export function moneyText(amount, currency, locale, { signed = false, short = false } = {}) {
  const places = digits(currency);
  const format = new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    minimumFractionDigits: places,
    maximumFractionDigits: places,
    signDisplay: signed ? "exceptZero" : "auto",
    trailingZeroDisplay: short ? "stripIfInteger" : "auto",
  });
  return format.format(decimal(amount, currency));
}
