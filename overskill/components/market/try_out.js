/** Minutes until a moment, the one that has begun included; 0 once it is over, or where there is none. Pure. */
export function minutesLeft(endsAt, now) {
  const left = endsAt ? Date.parse(endsAt) - now : 0;
  return left > 0 ? Math.ceil(left / 60_000) : 0;
}
