/**
 * One build as a program:
 *
 *   node task.mjs                       OVERSKILL_BUILD_INPUT and OVERSKILL_BUILD_OUTPUT are addresses (a container)
 *   node task.mjs app.zip folder        a file, and where to put the files of the answer (a workflow)
 *
 * Ends with 0 when there is an answer, also when the answer is that the app does not build.
 */
import fs from "node:fs";
import path from "node:path";

import { answer } from "./build.mjs";
import { buildBetween } from "./transfer.mjs";

const [archive, folder] = process.argv.slice(2);
if (archive) {
  for (const [name, content] of await answer(fs.readFileSync(archive))) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
  }
} else {
  await buildBetween({ input: process.env.OVERSKILL_BUILD_INPUT, output: process.env.OVERSKILL_BUILD_OUTPUT });
}
process.exit(0); // the bundler's threads would keep it waiting
