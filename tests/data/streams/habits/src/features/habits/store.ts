import { createCollection } from "@/lib/collection";
import { daysFromNow } from "@/lib/format";
import type { Habit } from "@/types";

export const habits = createCollection<Habit>(
  "habits",
  [
    { name: "Read 20 pages", done: [daysFromNow(-2), daysFromNow(-1)] },
    { name: "Walk to work", done: [daysFromNow(-1)] },
    { name: "Practise the cello", done: [] },
  ],
  { name: "", done: [] },
);
