import { subDays } from "date-fns";

import { createCollection } from "@/lib/collection";
import { toDay } from "@/lib/format";
import { [[e.many]] } from "@/data/[[e.files]]";

export const MARKS = [[marks | ts]] as const;
export type Mark = (typeof MARKS)[number];

/** A date on which a group met. */
export interface Session {
  id: string;
  date: string;
  group: string;
  /** By the id of [[e.article]] [[e.label]]; who is missing here has no mark yet. */
  marks: Record<string, Mark>;
}

/** The days of the week on which they meet; 0 is Sunday. */
const MEETING_DAYS = [[days | ts]];
const SHOWN = 6;

function lastMeetings(): string[] {
  const found: string[] = [];
  for (let back = 1; found.length < SHOWN; back += 1) {
    const day = subDays(new Date(), back);
    if (MEETING_DAYS.includes(day.getDay())) found.push(toDay(day));
  }
  return found;
}

/** Examples: most were there most of the time. */
function exampleMark(member: number, meeting: number): Mark {
  const draw = (member * 7 + meeting * 5 + member * meeting) % 11;
  if (draw === 3) return "absent";
  return draw === 8 ? "excused" : "present";
}

//% if group
const groups = [...new Set([[e.many]].all().map((one) => one.[[group.id]]))];
//% else
const groups = [[e.many]].all().length > 0 ? [""] : [];
//% endif
const samples = groups.flatMap((group) =>
  lastMeetings().map((date, meeting) => ({
    date,
    group,
    marks: Object.fromEntries(
      [[e.many]]
        .all()
//% if group
        .filter((one) => one.[[group.id]] === group)
//% endif
        .map((one, member) => [one.id, exampleMark(member, meeting)]),
    ),
  })),
);

export const sessions = createCollection<Session>("sessions", samples, {
  date: "",
  group: "",
  marks: {},
});
