import { addDays, parseISO } from "date-fns";

import { createCollection } from "@/lib/collection";
import { daysFromNow, toDay } from "@/lib/format";
import { pastDays } from "@/lib/streaks";

//% for f in e.of("select")
export const [[f.constant]] = [[f.options | ts]];
//% endfor

export interface [[e.type]] {
  id: string;
//% for f in e.fields
  [[f.id]]: [[f.ts_type]];
//% endfor
}

export type [[e.type]]Draft = Omit<[[e.type]], "id">;

export const blank[[e.type]]: [[e.type]]Draft = {
//% for f in e.fields
  [[f.id]]: [[ "7" if due and due.every == f.id else f.blank ]],
//% endfor
};

const samples: [[e.type]]Draft[] = [
//% for row in rows
  {
//% for key, value in row
    [[key]]: [[value]],
//% endfor
  },
//% endfor
];

export const [[e.many]] = createCollection<[[e.type]]>("[[e.storage]]", samples, blank[[e.type]]);

//% if due
/** The day [[e.article]] [[e.label]] needs attention; "" when it needs none. */
export function dueDay([[e.one]]: [[e.type]]): string {
//% if due.every
  if (![[e.one]].[[due.sets]] || [[e.one]].[[due.every]] <= 0) return "";
  return toDay(addDays(parseISO([[e.one]].[[due.sets]]), [[e.one]].[[due.every]]));
//% elif due.settled
  return [[due.settled]] ? "" : [[e.one]].[[due.field]];
//% else
  return [[e.one]].[[due.field]];
//% endif
}
//% endif
