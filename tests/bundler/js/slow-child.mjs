/** A child that takes 600 ms to load, and as long as it is told to answer. */
import { setTimeout as sleep } from "node:timers/promises";

import { answerMessages } from "../../../overskill/bundler/server/bounded-child.mjs";

await sleep(600);
answerMessages(async ({ milliseconds }) => {
  await sleep(milliseconds);
  return "done";
});
