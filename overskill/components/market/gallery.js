/** Where a gallery is, and where it goes next. Pure. */

const STEPS = { ArrowLeft: -1, ArrowRight: 1 };

/** The place after a key: the ends are ends, Home and End lead to them. */
export function stepped(at, key, count) {
  if (key === "Home") return 0;
  if (key === "End") return Math.max(count - 1, 0);
  return clamp(at + (STEPS[key] ?? 0), count);
}

/** Which picture a track shows that is scrolled so far. */
export function nearest(scrolled, width, count) {
  return width > 0 ? clamp(Math.round(scrolled / width), count) : 0;
}

const clamp = (place, count) => Math.min(Math.max(place, 0), Math.max(count - 1, 0));
