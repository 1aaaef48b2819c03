import { createCollection } from "@/lib/collection";
import { daysFromNow } from "@/lib/format";

//% for f in e.of("select")
export const [[f.constant]] = [[f.options | ts]];
//% endfor

export interface Line {
  id: string;
  text: string;
  quantity: number;
  rate: number;
}

export interface [[e.type]] {
  id: string;
//% for f in e.fields
  [[f.id]]: [[f.ts_type]];
//% endfor
  lines: Line[];
}

export const blank[[e.type]]: Omit<[[e.type]], "id"> = {
//% for f in e.fields
  [[f.id]]: [[f.blank]],
//% endfor
  lines: [],
};

const samples: Omit<[[e.type]], "id">[] = [
//% for row, lines in rows
  {
//% for key, value in row
    [[key]]: [[value]],
//% endfor
    lines: [
//% for text, quantity, rate in lines
      { id: "[[loop.index]]", text: [[text | ts]], quantity: [[quantity]], rate: [[rate]] },
//% endfor
    ],
  },
//% endfor
];

export const [[e.many]] = createCollection<[[e.type]]>("[[e.storage]]", samples, blank[[e.type]]);

/** The number after the highest one so far. */
export function nextNumber(): string {
  const numbers = [[e.many]].all().map((one) => Number(/\d+$/.exec(one.[[e.title.id]])?.[0] ?? 0));
  return `[[prefix]]${Math.max(1000, ...numbers) + 1}`;
}
