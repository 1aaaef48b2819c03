/** The packages that were added to an app besides those all apps can import: which they are, and where they lie. */
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

import { packageName } from "./resolve.mjs";

const EXACT = /^v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;
const KEY = 32; // characters of a digest

/** @returns {Map<string, string>} what package.json names that is not in the vendor set: name -> version or range */
export function namedPackages(manifest, vendor) {
  let dependencies;
  try {
    ({ dependencies } = JSON.parse(manifest));
  } catch {
    return new Map(); // none, or it can't be read: something else says so
  }
  const isNamed = ([name, version]) => !vendor.packages.has(name) && typeof version === "string";
  return new Map(Object.entries(dependencies ?? {}).filter(isNamed));
}

export const isExact = (version) => EXACT.test(version);

/** The folder of a set by what is in it; packages/store.py puts it there. @returns {string | null} */
export function findSet(folder, wanted) {
  if (wanted.size === 0) return null;
  const lines = [...wanted].map(([name, version]) => `${name}@${version}`).sort();
  const key = createHash("sha256").update(lines.join("\n")).digest("hex").slice(0, KEY);
  try {
    const digest = fs.readFileSync(path.join(folder, "index", key), "ascii");
    return path.join(folder, "sets", path.basename(digest));
  } catch {
    return null; // they were never installed together
  }
}

/** The set of exactly these packages, as far as they are named by exact versions. */
export function setOf(folder, named) {
  return findSet(folder, new Map([...named].filter(([, version]) => isExact(version))));
}

/** Of these imports the ones that lead to added packages. */
export function importsOf(specifiers, named) {
  return [...new Set(specifiers)].filter((specifier) => named.has(packageName(specifier))).sort();
}

/**
 * What one app may import: the vendor set, and its own packages.
 *
 * @typedef {object} Bundled   of a set; packages/bundle.mjs makes it
 * @property {Record<string, {file: string, preload: string[], exports: string[] | null}>} entries
 * @property {Record<string, string>} stylesheets
 */
export class VendorOfApp {
  /**
   * @param {import("./vendor.mjs").Vendor} vendor
   * @param {object} added
   * @param {Map<string, string>} added.named    name -> version or range, as package.json has them
   * @param {string | null} added.folder         of the set; null: it is not installed
   * @param {Bundled | null} added.bundled       null: what it has is not known, as in a production build
   * @param {Record<string, string>} [added.stylesheets]  where `bundled` is null
   * @param {string} added.problem               why it can't be had, as a sentence
   */
  constructor(vendor, { named, folder = null, bundled = null, stylesheets = {}, problem = "" }) {
    Object.assign(this, { vendor, named, folder, bundled, problem });
    this.digest = folder === null ? "" : path.basename(folder);
    const there = folder === null ? [] : [...named].filter(([, version]) => isExact(version)).map(([name]) => name);
    this.added = new Set(there);
    this.packages = new Set([...vendor.packages, ...there]);
    this.own = new Map(Object.entries(bundled?.entries ?? {}));
    for (const entry of this.own.values()) entry.exports &&= new Set(entry.exports);
    this.entries = new Map([...vendor.entries, ...this.own]);
    this.stylesheets = new Map([...vendor.stylesheets, ...Object.entries(bundled?.stylesheets ?? stylesheets)]);
    this.icons = vendor.icons;
    this.directory = vendor.directory;
  }

  has(specifier) {
    if (this.entries.has(specifier)) return true;
    const leadsOut = specifier.split("/").includes(".."); // of the package, to any file of this machine
    return this.bundled === null && this.isAdded(specifier) && !isStylesheet(specifier) && !leadsOut;
  }

  isAdded(specifier) {
    return this.added.has(packageName(specifier));
  }

  /** Styles that code may import, as packages tell people to do. */
  hasStyles(specifier) {
    return this.isAdded(specifier) && this.stylesheets.has(specifier);
  }

  exportsOf(specifier) {
    return this.entries.get(specifier)?.exports ?? null;
  }

  hasIcons(names) {
    return this.vendor.hasIcons(names);
  }

  preloads(specifiers) {
    return this.vendor.preloads([...specifiers].filter((specifier) => !this.own.has(specifier)));
  }

  addresses(specifiers) {
    const own = [...specifiers].map((specifier) => this.own.get(specifier)).filter(Boolean);
    const files = own.flatMap(({ file, preload }) => [file, ...preload]);
    return [...this.vendor.addresses(specifiers), ...new Set(files.map((file) => this.#address(file)))];
  }

  addressesOfOwn(specifiers) {
    const own = [...specifiers].filter((specifier) => this.own.has(specifier));
    return Object.fromEntries(own.map((specifier) => [specifier, this.#address(this.own.get(specifier).file)]));
  }

  /** Why an app that imports it can't; null: nothing is known of it. */
  whyNot(name) {
    const version = this.named.get(name);
    if (version === undefined) return null;
    if (!isExact(version)) return `package.json names "${name}" as ${version}. Name one version, such as 1.2.3.`;
    if (this.folder === null) return this.problem || `Package "${name}" ${version} is not installed here yet.`;
    return this.problem || null;
  }

  #address(file) {
    return `/@packages/${this.digest}/${file}`;
  }
}

const isStylesheet = (specifier) => specifier.endsWith(".css");
