/** An app's code on disk, with a configuration of ours. */
import fs from "node:fs";
import path from "node:path";

import { VARIABLES_FILE, variableTypes } from "../core/variables.mjs";
import { PACKAGE_TYPES } from "./added-types.mjs";

const CODE = /^(src|server)\/.*\.(tsx?|jsx?|mjs|json)$/;
const NOT_CODE = /(^|\/)(package|package-lock|tsconfig[^/]*|jsconfig|\.[^/]*)\.json$/; // would be configuration
const VARIABLE_TYPES = "variables.d.ts"; // beside src/, where no file of the app is
const AMBIENT = {
  "vite/client": new URL("./vite-client.d.ts", import.meta.url),
  "overskill/server": new URL("./server-code.d.ts", import.meta.url),
};

/** As the starter's own, without what is taste: an app may have what it does not use. */
const COMPILER_OPTIONS = {
  target: "ES2022",
  lib: ["ES2023", "DOM", "DOM.Iterable"],
  module: "ESNext",
  moduleResolution: "bundler",
  moduleDetection: "force",
  jsx: "react-jsx",
  strict: true,
  noEmit: true,
  noErrorTruncation: false,
  allowJs: true,
  checkJs: false,
  isolatedModules: true,
  resolveJsonModule: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  types: Object.keys(AMBIENT),
  paths: { "@/*": ["./src/*"] },
};

/** Whether the type checker is given this file. */
const isChecked = (file) => CODE.test(file) && !NOT_CODE.test(file);

/** What stands in a project's tsconfig.json. */
export const configuration = () =>
  JSON.stringify({ compilerOptions: COMPILER_OPTIONS, include: ["src", "server", VARIABLE_TYPES, PACKAGE_TYPES] });

/** Where what an app's file has to say is on disk, and what that is; null for what the type checker is not given. */
export function checkedText(file, text) {
  if (file === VARIABLES_FILE) return { place: VARIABLE_TYPES, content: variableTypes(text) };
  return isChecked(file) ? { place: file, content: text } : null;
}

/**
 * @param {import("./added-types.mjs").addedTypes} added  packages of the app's own; null: none
 * @returns {string} the project's folder; packages that all apps have are found one folder above it
 */
export function layOut(folder, files, vendorDirectory, added = null) {
  const project = path.join(folder, "apps", "app");
  for (const [file, text] of Object.entries(files)) {
    const checked = checkedText(file, text);
    if (checked) write(path.join(project, checked.place), checked.content);
  }
  write(path.join(project, "tsconfig.json"), configuration());
  fs.symlinkSync(path.join(vendorDirectory, "node_modules"), path.join(folder, "apps", "node_modules"));
  if (added) addPackages(project, added);
  writeAmbientTypes(folder);
  return project;
}

/** Have the app's own packages found before those that all apps have. */
export function addPackages(project, { folder, declarations }) {
  fs.symlinkSync(path.join(folder, "node_modules"), path.join(project, "node_modules"));
  write(path.join(project, PACKAGE_TYPES), declarations);
}

/** They are not in the vendor set, so they are found one folder above it. */
export function writeAmbientTypes(folder) {
  for (const [name, file] of Object.entries(AMBIENT)) {
    write(path.join(folder, "node_modules", `${name}.d.ts`), fs.readFileSync(file));
  }
}

export function write(file, content) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, content);
}
