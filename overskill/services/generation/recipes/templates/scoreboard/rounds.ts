import { createCollection } from "@/lib/collection";

/** One [[round]]: what each of the [[e.labels]] scored, by id. */
export interface ScoredRound {
  id: string;
  title: string;
  scores: Record<string, number>;
}

const samples: Omit<ScoredRound, "id">[] = [
//% for row in rows
  { title: [[ (examples[loop.revindex0 % (examples | length)] if examples else (round | sentence) ~ " " ~ loop.revindex) | ts ]], scores: { [% for score in row %]"[[e.storage]]-[[loop.index]]": [[score]][[ ", " if not loop.last ]][% endfor %] } },
//% endfor
];

/** Newest first. */
export const rounds = createCollection<ScoredRound>("rounds", samples, { title: "", scores: {} });
