import type { Mark, Session } from "@/data/sessions";

export interface Rate {
  present: number;
  marked: number;
  /** From 0 to 1; 0 while nobody is marked. */
  share: number;
}

/** Who is there counts; excused counts for nothing and against nobody. */
export function rateOf(marks: (Mark | undefined)[]): Rate {
  const counted = marks.filter((mark) => mark !== undefined && mark !== "excused");
  const present = counted.filter((mark) => mark !== "absent").length;
  return {
    present,
    marked: counted.length,
    share: counted.length > 0 ? present / counted.length : 0,
  };
}

export function rateOfMember(id: string, sessions: Session[]): Rate {
  return rateOf(sessions.map((session) => session.marks[id]));
}

export function rateOfSession(session: Session, ids: string[]): Rate {
  return rateOf(ids.map((id) => session.marks[id]));
}
