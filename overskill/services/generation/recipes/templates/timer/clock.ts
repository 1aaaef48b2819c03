/** 4:05, or 1:02:09 from an hour on. A second that has begun counts until it is over. */
export function formatClock(milliseconds: number): string {
  const seconds = Math.ceil(Math.max(0, milliseconds) / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  const end = String(seconds % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${end}` : `${minutes}:${end}`;
}

/** "1 h 20 min", "45 s". */
export function formatLength(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  const rest = Math.round(seconds % 60);
  return [hours && `${hours} h`, minutes && `${minutes} min`, !hours && rest && `${rest} s`]
    .filter(Boolean)
    .join(" ");
}
