const SHAPES = {
  time: { hour: "numeric", minute: "2-digit" },
  moment: { day: "numeric", month: "short", hour: "numeric", minute: "2-digit" },
};

/** A moment in the reader's own time zone; the whole of it on hover. */
export function LocalTime({ at, shape, className }) {
  if (!at) return null;
  const date = new Date(at);
  return (
    <time dateTime={at} title={date.toLocaleString()} className={className}>
      {date.toLocaleString(undefined, SHAPES[shape])}
    </time>
  );
}
