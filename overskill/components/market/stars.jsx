import { useSyncExternalStore } from "react";

const STAR = "M12 2.6l2.9 5.9 6.5.95-4.7 4.6 1.1 6.45L12 17.45 6.2 20.5l1.1-6.45-4.7-4.6 6.5-.95z";
const never = () => () => {};

/** A rating, said once to screen readers and drawn for everybody else. `count` of 0: nobody has rated it. */
export function Stars({ rating, count, shape, size, className }) {
  const locale = useSyncExternalStore(
    never,
    () => navigator.language,
    () => "en-US",
  );
  if (count === 0) return null;
  const figure = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(rating);
  const isCounted = count !== undefined;
  const label = `${figure} of 5 stars${isCounted ? `, ${count} ${count === 1 ? "rating" : "ratings"}` : ""}`;
  return (
    <span role="img" aria-label={label} className={`inline-flex items-center gap-1 tabular-nums ${className ?? ""}`}>
      {shape === "five" ? <Five rating={rating} size={size} /> : <Star size={size} />}
      {isCounted && (
        <span aria-hidden="true">
          <span className="font-medium text-ink">{figure}</span>{" "}
          <span className="text-faint">({new Intl.NumberFormat(locale, { notation: "compact" }).format(count)})</span>
        </span>
      )}
    </span>
  );
}

function Five({ rating, size }) {
  const row = (isFilled) => Array.from({ length: 5 }, (_, at) => <Star key={at} size={size} isFilled={isFilled} />);
  return (
    <span className="relative inline-flex" aria-hidden="true">
      <span className="inline-flex">{row(false)}</span>
      <span className="absolute inset-y-0 left-0 inline-flex overflow-hidden" style={{ width: `${rating * 20}%` }}>
        {row(true)}
      </span>
    </span>
  );
}

function Star({ size, isFilled = true }) {
  const colour = isFilled ? "fill-[var(--star)]" : "fill-[var(--strong)]";
  return (
    <svg viewBox="0 0 24 24" width={size} height={size} aria-hidden="true" className={`shrink-0 ${colour}`}>
      <path d={STAR} />
    </svg>
  );
}
