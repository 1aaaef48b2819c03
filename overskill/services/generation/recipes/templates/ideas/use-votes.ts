import { toast } from "sonner";

import { [[e.many]], type [[e.type]] } from "@/data/[[e.files]]";
import { createStore, useStore } from "@/lib/storage";

//% if votes_each
/** How many votes each person has. */
export const VOTES_EACH = [[votes_each]];

//% endif
const mine = createStore<string[]>("my-votes", []);

/** The votes given in this browser: one for each note, to give and to take back. */
export function useVotes() {
  const [voted, setVoted] = useStore(mine);

  function vote(note: [[e.type]]) {
    const isTakenBack = voted.includes(note.id);
//% if votes_each
    if (!isTakenBack && voted.length >= VOTES_EACH) {
      toast.error(`All ${VOTES_EACH} votes are given. Take one back to vote here.`);
      return;
    }
//% endif
    setVoted((ids) => (isTakenBack ? ids.filter((id) => id !== note.id) : [...ids, note.id]));
    [[e.many]].update(note.id, { votes: Math.max(0, note.votes + (isTakenBack ? -1 : 1)) });
  }

  return { voted, vote };
}
