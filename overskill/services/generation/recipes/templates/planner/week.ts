//% if dated
import { addDays, addWeeks, format, startOfWeek } from "date-fns";
//% else
import { format } from "date-fns";
//% endif

//% if dated
import { toDay, today } from "@/lib/format";
//% endif

/** A column of the grid. */
export interface PlanDay {
  /** What a record keeps: [% if dated %]"2026-03-14"[% else %]"Monday"[% endif %]. */
  key: string;
  name: string;
//% if dated
  date: string;
//% endif
  isToday: boolean;
}

//% if dated
/** The days that are shown, Monday is 0. */
const SHOWN = [[days | ts]];

function monday(offset: number): Date {
  return addWeeks(startOfWeek(new Date(), { weekStartsOn: 1 }), offset);
}

/** A day of this week; below 0 it is of the last one. */
export function weekday(index: number): string {
  return toDay(addDays(monday(0), index));
}

export function daysOfWeek(offset: number): PlanDay[] {
  return SHOWN.map((index) => {
    const date = addDays(monday(offset), index);
    const key = toDay(date);
    return { key, name: format(date, "EEEE"), date: format(date, "d MMM"), isToday: key === today() };
  });
}

/** The same weekday of the week before. */
export function weekBefore(day: string): string {
  return toDay(addWeeks(new Date(`${day}T12:00`), -1));
}

export function nameOfWeek(offset: number): string {
  const days = daysOfWeek(offset);
  return `${days[0]?.date ?? ""} – ${days.at(-1)?.date ?? ""}`;
}
//% else
const SHOWN = [[names | ts]];

export function daysOfWeek(): PlanDay[] {
  const now = format(new Date(), "EEEE");
  return SHOWN.map((name) => ({ key: name, name, isToday: name === now }));
}
//% endif
