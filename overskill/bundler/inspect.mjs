/**
 * Types and lint of one app, in a process of its own:
 *
 *   node --import resolve-packages.mjs inspect.mjs <tools directory> <vendor directory> <directory of added packages>
 *     < {"files": {path: text}}
 *
 * Writes {"diagnostics": […]} or {"refused": sentence} as a line of JSON. The type checker and the linter are given
 * copies of the app's code and our own configuration; the app's is never read.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";

import { checkFiles, Refused } from "./core/files.mjs";
import { Vendor } from "./core/vendor.mjs";
import { addedTypes } from "./inspection/added-types.mjs";
import { lint } from "./inspection/lint.mjs";
import { layOut } from "./inspection/project.mjs";
import { checkTypes } from "./inspection/types.mjs";

const [toolsDirectory, vendorDirectory, addedDirectory] = process.argv.slice(2);
const write = (result) => new Promise((resolve) => process.stdout.write(`${JSON.stringify(result)}\n`, resolve));

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "overskill-inspect-"));
try {
  const { files } = JSON.parse(await text(process.stdin));
  checkFiles(new Map(Object.entries(files)));
  const added = addedTypes(files["package.json"] ?? "", new Vendor(path.join(vendorDirectory, "dist")), addedDirectory);
  const project = layOut(folder, files, vendorDirectory, added);
  const found = await Promise.all([checkTypes(project, vendorDirectory), lint(project, toolsDirectory)]);
  await write({ diagnostics: found.flat().filter(({ file }) => Object.hasOwn(files, file)) });
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  await write({ refused: error.message });
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
