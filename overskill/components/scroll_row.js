/** A row that may be wider than its place: at which ends more of it is, and where it stands to show one of its items. */

const HARDLY = 1; // a browser rounds

/** "start", "end", "both", or "" for a row that is seen whole. */
export function hiddenEnds({ left, seen, whole }) {
  const isBefore = left > HARDLY;
  const isAfter = whole - seen - left > HARDLY;
  if (isBefore && isAfter) return "both";
  return isBefore ? "start" : isAfter ? "end" : "";
}

/** How far the row is scrolled once an item that begins at `at`, as wide as `wide`, stands in its middle. */
export function showing({ at, wide, seen, whole }) {
  return Math.max(0, Math.min(at - (seen - wide) / 2, whole - seen));
}
