/** What packages weigh: of each all the files that importing it loads, compressed, without those of React itself. */
import fs from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

import { packageName } from "../core/resolve.mjs";
import { CORE } from "../core/vendor.mjs";

const compress = promisify(gzip);

export class PackageSizes {
  #sizes = null;

  constructor(vendor) {
    this.vendor = vendor;
  }

  /** Worked out when somebody asks for the first time. */
  async sizes() {
    this.#sizes ??= this.#measure();
    return { sizes: await this.#sizes };
  }

  async #measure() {
    const shared = new Set(this.vendor.preloads(CORE));
    const weights = new Map();
    const sizes = {};
    for (const [specifier, entry] of this.vendor.entries) {
      const name = packageName(specifier);
      const isWhole = specifier === name || !this.vendor.has(name);
      if (!isWhole || name in sizes) continue;
      const files = [entry.file, ...entry.preload].filter((file) => CORE.includes(name) || !shared.has(file));
      for (const file of files) if (!weights.has(file)) weights.set(file, await this.#weight(file));
      sizes[name] = files.reduce((sum, file) => sum + weights.get(file), 0);
    }
    return sizes;
  }

  async #weight(file) {
    return (await compress(await fs.readFile(path.join(this.vendor.directory, file)))).length;
  }
}
