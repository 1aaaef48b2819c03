/** Formats files for the daemon, in a process that may die. */
import { format } from "./language/format.mjs";
import { tidy } from "./language/tidy.mjs";
import { answerMessages } from "./server/bounded-child.mjs";

answerMessages((asked) => (asked.before === undefined ? format(asked) : tidy(asked)));
