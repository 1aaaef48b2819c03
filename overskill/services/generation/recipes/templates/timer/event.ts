import { addDays, addYears, differenceInCalendarDays, format, isValid, parseISO, set } from "date-fns";

import { createStore } from "@/lib/storage";

export interface CountedEvent {
  title: string;
  /** Local time: "2027-06-14T18:00" */
  at: string;
  isYearly: boolean;
  /** Made up, until someone sets it. */
  isExample: boolean;
}

//% if days
const DAYS = [[days | ts]];
//% endif
const FORMAT = "yyyy-MM-dd'T'HH:mm";

export const counted = createStore<CountedEvent>("event", {
  title: [[title | ts]],
  at: firstDay(),
  isYearly: [[ (yearly != "") | ts]],
  isExample: [[ (yearly == "" and not days and time == "") | ts]],
});
counted.set((event) => event); // an example date must be the same tomorrow

function firstDay(): string {
//% if days
  const today = format(new Date(), "yyyy-MM-dd");
  return `${DAYS.find((day) => day >= today) ?? DAYS.at(-1)}T[[clock]]`;
//% elif yearly
  return nextTime(`${new Date().getFullYear()}-[[yearly]]T[[clock]]`);
//% elif time
  return format(new Date(), "yyyy-MM-dd'T[[clock]]'");
//% else
  return format(set(addDays(new Date(), 60), { hours: 12, minutes: 0 }), FORMAT);
//% endif
}

/** The same day this year, or next year once it is over. */
function nextTime(at: string): string {
  const day = parseISO(at);
  if (!isValid(day)) return at;
  const thisYear = set(day, { year: new Date().getFullYear() });
  const isOver = differenceInCalendarDays(thisYear, new Date()) < 0;
  return format(isOver ? addYears(thisYear, 1) : thisYear, FORMAT);
}

export function timeOf({ at, isYearly }: CountedEvent): Date {
  return parseISO(isYearly ? nextTime(at) : at);
}

export interface Remaining {
  days: number;
  hours: number;
  minutes: number;
  seconds: number;
  isOver: boolean;
}

/** What is left, or how long it has been. */
export function remaining(date: Date, now: number): Remaining {
  const milliseconds = date.getTime() - now;
  const seconds = Math.floor(Math.abs(milliseconds) / 1000);
  return {
    days: Math.floor(seconds / 86_400),
    hours: Math.floor(seconds / 3600) % 24,
    minutes: Math.floor(seconds / 60) % 60,
    seconds: seconds % 60,
    isOver: milliseconds <= 0,
  };
}
