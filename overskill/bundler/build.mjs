/**
 * One production build, in a process of its own. With the folder of an app to rehearse on, it builds that first: what
 * comes then, perhaps much later, finds code that is loaded and warm.
 *
 *   node --import resolve-packages.mjs build.mjs <vendor directory> <directory of added packages> [<app to rehearse on>]
 *
 * Reads {"files": {path: text}, "packages": what the last build of this app wrote of that} as a line of JSON. Writes
 * {"assets": {path: {content, type}}, "modules": {name: text}, "packages": null where they are the same},
 * {"diagnostics": […]} or {"refused": sentence} as another, and ends. The app's own configuration (vite, tailwind,
 * postcss) is never read: what is built is exactly what the preview shows.
 */
import fs from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { Refused } from "./core/files.mjs";
import { Vendor } from "./core/vendor.mjs";
import { buildApp } from "./production/build-app.mjs";

const NEWLINE = 10;
const QUIET = 1000; // ms; who starts us has something better to do first, and may ask at once
const [vendorDirectory, addedDirectory, rehearsal] = process.argv.slice(2);
const write = (result) => new Promise((resolve) => process.stdout.write(`${JSON.stringify(result)}\n`, resolve));

try {
  const vendor = new Vendor(path.join(vendorDirectory, "dist"));
  const asked = firstLine(process.stdin);
  if (rehearsal && !(await Promise.race([asked, pause(QUIET, "")]))) await rehearse(vendor);
  const line = await asked;
  if (line) await write(await build(vendor, JSON.parse(line)));
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  await write({ refused: error.message });
}
process.exit(0); // the bundler's threads would keep it waiting

/** "" where nobody asks any more. */
async function firstLine(stream) {
  const parts = [];
  for await (const part of stream) {
    parts.push(part);
    if (part.includes(NEWLINE)) break;
  }
  return Buffer.concat(parts).toString();
}

async function build(vendor, { files, packages = null }) {
  const made = await buildApp(files, vendor, vendorDirectory, addedDirectory, packages);
  return made.packages === packages ? { ...made, packages: null } : made;
}

function rehearse(vendor) {
  return buildApp(filesIn(rehearsal), vendor, vendorDirectory).catch(() => {});
}

function filesIn(folder) {
  const names = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = names.map((entry) => path.join(entry.parentPath, entry.name));
  return Object.fromEntries(paths.map((file) => [path.relative(folder, file), fs.readFileSync(file, "utf8")]));
}
