/** Searches and moves for the daemon, in a process that may be ended: an expression can take for ever. */
import { moveFiles } from "./core/codebase/moves.mjs";
import { replace, search } from "./core/codebase/search.mjs";
import { answerMessages } from "./server/bounded-child.mjs";

const WORK = {
  move: ({ files, moves }) => moveFiles(files, moves),
  search: ({ files, query, most }) => search(files, query, most),
  replace: ({ files, query, replacement, most }) => replace(files, query, replacement, most),
};

answerMessages(({ work, ...message }) => WORK[work](message));
