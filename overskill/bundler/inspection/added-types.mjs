/** The types of packages that were added to an app: their own, or none, and then all they have is `any`. */
import fs from "node:fs";
import path from "node:path";

import { namedPackages, setOf } from "../core/added-packages.mjs";

export const PACKAGE_TYPES = "packages.d.ts"; // beside src/, where no file of the app is

/**
 * What the type checker needs to know of them.
 *
 * @param {string} manifest  package.json
 * @param {{packages: Set<string>}} vendor  what all apps have
 * @returns {{folder: string, declarations: string} | null}  null: there are none, or they are not installed
 */
export function addedTypes(manifest, vendor, addedDirectory) {
  const named = namedPackages(manifest, vendor);
  const folder = addedDirectory && named.size > 0 ? setOf(addedDirectory, named) : null;
  return folder && { folder, declarations: declarationsFor(folder, named.keys()) };
}

/** For those that say nothing of their types; else every import of them would be an error. */
export function declarationsFor(folder, names) {
  return [...names]
    .filter((name) => !hasTypes(path.join(folder, "node_modules"), name))
    .map((name) => `declare module ${JSON.stringify(name)};\ndeclare module ${JSON.stringify(`${name}/*`)};\n`)
    .join("");
}

function hasTypes(modules, name) {
  const apart = path.join(modules, "@types", name.replace(/^@/, "").replace("/", "__"));
  if (fs.existsSync(apart)) return true;
  const home = path.join(modules, name);
  const { types, typings, main, exports } = JSON.parse(fs.readFileSync(path.join(home, "package.json"), "utf8"));
  if (types || typings || JSON.stringify(exports ?? "").includes('"types"')) return true;
  const beside = path.join(home, (main ?? "index.js").replace(/\.[cm]?js$/, "")) + ".d.ts";
  return [beside, path.join(home, "index.d.ts")].some((file) => fs.existsSync(file));
}
