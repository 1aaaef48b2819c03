/** Formats files for the daemon, in a process that may die. */
import { format } from "./language/format.mjs";
import { answerMessages } from "./server/bounded-child.mjs";

answerMessages(format);
