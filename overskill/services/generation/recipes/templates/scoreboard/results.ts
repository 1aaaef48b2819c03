import { createCollection } from "@/lib/collection";
import { daysFromNow } from "@/lib/format";

/** A match: two ids of [[e.labels]] and what each scored. */
export interface MatchResult {
  id: string;
  day: string;
  home: string;
  away: string;
  homeScore: number;
  awayScore: number;
}

type ResultDraft = Omit<MatchResult, "id">;

const blank: ResultDraft = { day: "", home: "", away: "", homeScore: 0, awayScore: 0 };

const samples: ResultDraft[] = [
//% for one, other, score, against, days in rows
  { day: daysFromNow([[days]]), home: "[[e.storage]]-[[one + 1]]", away: "[[e.storage]]-[[other + 1]]", homeScore: [[score]], awayScore: [[against]] },
//% endfor
];

/** Newest first. */
export const results = createCollection<MatchResult>("results", samples, blank);
