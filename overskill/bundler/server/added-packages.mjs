/** What each app may import, with the packages that were added to it bundled for its preview. */
import path from "node:path";

import { importsOf, namedPackages, setOf, VendorOfApp } from "../core/added-packages.mjs";
import { Refused } from "../core/files.mjs";
import { readManifest } from "../packages/bundle.mjs";
import { BoundedChild } from "./bounded-child.mjs";

const CHILD = new URL("../packages-child.mjs", import.meta.url);
const MOST_MEMORY = 768; // MB
const LONGEST = 40_000; // ms
const FAILED = "The package is too much to be bundled. Use a smaller one, or write it yourself.";
const DIGEST = /^[0-9a-f]{32}$/;

export class AddedPackages extends BoundedChild {
  #views = new Map(); // what makes a view -> it
  #failed = new Map(); // what was to be bundled -> why it can't be

  /**
   * @param {object} parts
   * @param {string} parts.folder    where sets lie
   * @param {import("../core/vendor.mjs").Vendor} parts.vendor
   * @param {string} parts.packages  the folder with the vendor set's node_modules
   */
  constructor({ folder, vendor, packages }) {
    super(CHILD, { memory: MOST_MEMORY, longest: LONGEST, failed: FAILED });
    Object.assign(this, { folder, vendor, packages });
  }

  /** What an app with this package.json and these imports may import. */
  async viewOf(manifest, specifiers) {
    const named = namedPackages(manifest, this.vendor);
    if (named.size === 0) return this.vendor;
    const set = setOf(this.folder, named);
    if (set === null) return this.#view(named, { folder: null });
    try {
      const wanted = importsOf(specifiers, named);
      return this.#view(named, { folder: set, bundled: await this.#bundled(set, wanted) });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return this.#view(named, { folder: set, bundled: readManifest(set) ?? NOTHING, problem: error.message });
    }
  }

  /** The method `bundle_packages`: what the packages of a set weigh. */
  async bundle({ digest, specifiers }) {
    if (!DIGEST.test(digest) || !Array.isArray(specifiers))
      throw new Refused("invalid_input", "bundle_packages needs a set's digest and what is imported of it.");
    const { sizes } = await this.#bundled(path.join(this.folder, "sets", digest), specifiers);
    return { sizes };
  }

  /** Where the files of a set are that previews load. */
  directory(digest) {
    return path.join(this.folder, "sets", digest, "dist");
  }

  async #bundled(folder, specifiers) {
    const known = readManifest(folder);
    if (known && specifiers.every((specifier) => known.asked.includes(specifier))) return known;
    const wanted = JSON.stringify([folder, specifiers]);
    if (this.#failed.has(wanted)) throw this.#failed.get(wanted);
    try {
      const shared = [...this.vendor.entries.keys()];
      return await this.ask({ folder, vendor: this.packages, shared, specifiers });
    } catch (error) {
      if (error instanceof Refused) this.#failed.set(wanted, error);
      throw error;
    }
  }

  /** The same one for the same: who holds it sees by that whether anything has changed. */
  #view(named, { folder, bundled = null, problem = "" }) {
    const asked = bundled?.asked ?? [];
    const key = JSON.stringify([[...named], folder, asked, problem]);
    let view = this.#views.get(key);
    if (!view) {
      view = new VendorOfApp(this.vendor, { named, folder, bundled: bundled ?? NOTHING, problem });
      this.#views.set(key, view);
      if (this.#views.size > MOST_VIEWS) this.#views.delete(this.#views.keys().next().value);
    }
    return view;
  }
}

const NOTHING = { asked: [], entries: {}, stylesheets: {}, sizes: {} };
const MOST_VIEWS = 200;
