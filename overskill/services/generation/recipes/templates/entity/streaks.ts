import { addDays, parseISO } from "date-fns";

import { daysFromNow, toDay, today } from "@/lib/format";

/** "1101" is today, yesterday, not the day before, and the one before that. */
export function pastDays(pattern: string): string[] {
  return [...pattern].flatMap((mark, index) => (mark === "1" ? [daysFromNow(-index)] : []));
}

/** Days in a row up to today; a day that isn't over yet does not break the row. */
export function currentStreak(days: string[]): number {
  const done = new Set(days);
  let day = done.has(today()) ? today() : daysFromNow(-1);
  let streak = 0;
  while (done.has(day)) {
    streak += 1;
    day = dayBefore(day);
  }
  return streak;
}

export function longestStreak(days: string[]): number {
  const done = new Set(days);
  let longest = 0;
  for (const first of done) {
    if (done.has(dayBefore(first))) continue;
    let length = 0;
    for (let day = first; done.has(day); day = dayAfter(day)) length += 1;
    longest = Math.max(longest, length);
  }
  return longest;
}

/** Of all that could be done in the last seven days, how much was: from 0 to 1. */
export function weekShare(all: string[][]): number {
  if (all.length === 0) return 0;
  const week = lastDays(7);
  const done = all.flat().filter((day) => week.includes(day)).length;
  return done / (all.length * week.length);
}

/** The last `count` days, oldest first. */
export function lastDays(count: number): string[] {
  return Array.from({ length: count }, (_, index) => daysFromNow(index - count + 1));
}

export function toggleDay(days: string[], day: string): string[] {
  return days.includes(day) ? days.filter((one) => one !== day) : [...days, day];
}

function dayBefore(day: string): string {
  return toDay(addDays(parseISO(day), -1));
}

function dayAfter(day: string): string {
  return toDay(addDays(parseISO(day), 1));
}
