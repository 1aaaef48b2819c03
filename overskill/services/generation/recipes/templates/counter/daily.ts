import { addDays, parseISO } from "date-fns";

import { daysFromNow, toDay, today } from "@/lib/format";

/** Something that was counted. */
export interface Counted {
  day: string;
  amount: number;
}

export interface DayTotal {
  day: string;
  total: number;
  entries: number;
}

export function totalOn(counted: Counted[], day: string): DayTotal {
  const ofDay = counted.filter((one) => one.day === day);
  const total = ofDay.reduce((sum, { amount }) => sum + amount, 0);
  return { day, total: Math.round(total * 100) / 100, entries: ofDay.length };
}

/** The days up to today, the oldest first. */
export function lastDays(counted: Counted[], count: number): DayTotal[] {
  return Array.from({ length: count }, (_, index) => totalOn(counted, daysFromNow(index - count + 1)));
}

/** With `isLess`, staying within the goal is what counts. */
export function isReached(total: number, goal: number, isLess: boolean): boolean {
  return goal > 0 && (isLess ? total <= goal : total >= goal);
}

/** Days in a row at the goal. Today is not over: it counts once it is there, and breaks nothing before. */
export function streak(counted: Counted[], goal: number, isLess: boolean): number {
  const first = counted.map(({ day }) => day).toSorted()[0];
  if (!first) return 0;
  const reached = (day: string) => isReached(totalOn(counted, day).total, goal, isLess);
  let length = !isLess && reached(today()) ? 1 : 0;
  for (let day = daysFromNow(-1); day >= first && reached(day); day = dayBefore(day)) length += 1;
  return length;
}

function dayBefore(day: string): string {
  return toDay(addDays(parseISO(day), -1));
}
