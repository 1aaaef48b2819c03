export interface Habit {
  id: string;
  name: string;
  /** Days on which it was done, like "2026-03-14". */
  done: string[];
}
