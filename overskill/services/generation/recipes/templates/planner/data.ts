import { createCollection } from "@/lib/collection";
import { weekday } from "@/lib/week";

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
  [[f.id]]: [[f.blank]],
//% endfor
};

//% if dated
/** Of this week, so that the examples never look old. */
//% endif
const samples: [[e.type]]Draft[] = [
//% for row in rows
//% if row.is_short
  { ...blank[[e.type]], [[row.text]] },
//% else
  {
    ...blank[[e.type]],
//% for key, value in row.values
    [[key]]: [[value]],
//% endfor
  },
//% endif
//% endfor
];

export const [[e.many]] = createCollection<[[e.type]]>("[[e.storage]]", samples, blank[[e.type]]);
