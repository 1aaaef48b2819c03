const YEAR = { year: "numeric" };
const SHAPES = {
  time: { hour: "numeric", minute: "2-digit" },
  day: { day: "numeric", month: "short", ...YEAR },
  moment: { day: "numeric", month: "short", hour: "numeric", minute: "2-digit" },
};

/** A moment in the reader's own time zone; the whole of it on hover. */
export function LocalTime({ at, shape, className }) {
  if (!at) return null;
  const date = new Date(at);
  const isOfAnotherYear = shape === "moment" && date.getFullYear() !== new Date().getFullYear();
  return (
    <time dateTime={at} title={date.toLocaleString()} className={className}>
      {date.toLocaleString(undefined, isOfAnotherYear ? { ...SHAPES[shape], ...YEAR } : SHAPES[shape])}
    </time>
  );
}
