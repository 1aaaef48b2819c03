/** Bundles added packages for the daemon, in a process that may die: nobody has read them. */
import { bundleSet } from "./packages/bundle.mjs";
import { answerMessages } from "./server/bounded-child.mjs";

answerMessages(bundleSet);
