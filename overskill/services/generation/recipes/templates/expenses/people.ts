import { createCollection } from "@/lib/collection";

export interface Person {
  id: string;
  name: string;
}

const samples: Omit<Person, "id">[] = [
//% for name in people
  { name: [[name | ts]] },
//% endfor
];

/** Who shares the costs. Payments refer to people by name. */
export const people = createCollection<Person>("sharers", samples, { name: "" });
