import { daysFromNow } from "@/lib/format";

/** How many days up to yesterday, and today if it is done, follow one another. */
export function streak(done: string[]): number {
  let days = done.includes(daysFromNow(0)) ? 1 : 0;
  let back = 1;
  while (done.includes(daysFromNow(-back))) {
    days += 1;
    back += 1;
  }
  return days;
}
