/** The prebundled packages: their files, their exports, the icons, and the stylesheets CSS may import. */
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";

export const ICONS = "lucide-react";
export const ICON_FACTORY = "lucide-react/dist/esm/createLucideIcon.js";
export const ICON_MODULES = "lucide-react/dist/esm/icons/"; // each has one, as its default export

/** What every app needs to start, whatever it imports itself. */
export const CORE = ["react-refresh/runtime", "react", "react-dom", "react-dom/client", "react/jsx-dev-runtime"];

/** What a shell loads ahead of the app's files: what apps usually import. */
export const USUAL = [
  ...CORE,
  "react-router-dom",
  "clsx",
  "tailwind-merge",
  "class-variance-authority",
  "sonner",
  "date-fns",
  "react-hook-form",
  "motion/react",
  "recharts",
  ICON_FACTORY,
  ...[
    "alert-dialog",
    "avatar",
    "checkbox",
    "dialog",
    "dropdown-menu",
    "label",
    "progress",
    "slot",
    "switch",
    "tabs",
    "tooltip",
  ].map((name) => `@radix-ui/react-${name}`),
];

export class Vendor {
  /** @param {string} directory  made by prebundle.mjs */
  constructor(directory) {
    const read = (name) => JSON.parse(fs.readFileSync(path.join(directory, name), "utf8"));
    const manifest = read("vendor.json");
    this.directory = directory;
    this.packages = new Set(manifest.packages);
    this.entries = new Map(Object.entries(manifest.entries)); // specifier -> {file, preload, exports}
    for (const entry of this.entries.values()) entry.exports = new Set(entry.exports);
    this.icons = read("icons.json"); // export name -> [module, node]
    this.stylesheets = loadStylesheets(read("stylesheets.json"));
  }

  has(specifier) {
    return this.entries.has(specifier);
  }

  exportsOf(specifier) {
    return this.entries.get(specifier)?.exports ?? null;
  }

  hasIcons(names) {
    return names !== null && names.length > 0 && names.every((name) => Object.hasOwn(this.icons, name));
  }

  /** @returns {string[]} where browsers get what the given packages need */
  addresses(specifiers) {
    return this.preloads(specifiers).map((file) => `/@vendor/${file}`);
  }

  // What VendorOfApp answers of the packages that were added to an app.

  isAdded() {
    return false;
  }

  hasStyles() {
    return false;
  }

  addressesOfOwn() {
    return {};
  }

  whyNot() {
    return null;
  }

  /** Every file the given packages need, so that the browser can ask for all of them at once. */
  preloads(specifiers) {
    const entries = [...specifiers].map((specifier) => this.entries.get(specifier)).filter(Boolean);
    return [...new Set(entries.flatMap((entry) => [entry.file, ...entry.preload]))];
  }
}

function loadStylesheets(fromPackages) {
  const require = createRequire(path.join(process.env.OVERSKILL_BUNDLER_TOOLS, "package.json"));
  const tailwind = path.dirname(require.resolve("tailwindcss/package.json"));
  const stylesheets = new Map(Object.entries(fromPackages));
  for (const name of ["index", "theme", "preflight", "utilities"]) {
    const text = fs.readFileSync(path.join(tailwind, `${name}.css`), "utf8");
    stylesheets.set(`tailwindcss/${name}.css`, text);
    stylesheets.set(name === "index" ? "tailwindcss" : `tailwindcss/${name}`, text);
  }
  return stylesheets;
}
