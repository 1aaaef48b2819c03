/**
 * One production build, in a process of its own:
 *
 *   node --import resolve-packages.mjs build.mjs <vendor directory>  < {"files": {path: text}}
 *
 * Writes {"assets": {path: {content, type}}, "modules": {name: text}}, {"diagnostics": […]} or {"refused": sentence} as a line of JSON. The
 * app's own configuration (vite, tailwind, postcss) is never read: what is built is exactly what the preview shows.
 */
import path from "node:path";
import { text } from "node:stream/consumers";

import { Refused } from "./core/files.mjs";
import { Vendor } from "./core/vendor.mjs";
import { buildApp } from "./production/build-app.mjs";

const [vendorDirectory] = process.argv.slice(2);
const write = (result) => new Promise((resolve) => process.stdout.write(`${JSON.stringify(result)}\n`, resolve));

try {
  const { files } = JSON.parse(await text(process.stdin));
  const vendor = new Vendor(path.join(vendorDirectory, "dist"));
  await write(await buildApp(files, vendor, vendorDirectory));
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  await write({ refused: error.message });
}
process.exit(0); // the bundler's threads would keep it waiting
