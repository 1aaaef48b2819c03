/** What the code of one app may import, as far as names of it are suggested. */

const isOfApp = (source) => /^(\.|@\/)/.test(source);
const withoutExtension = (name) => name.replace(/\.[^.]+$/, "");

export class Importable {
  #names = null;

  /** @param {Iterable<string>} files @param {import("../core/vendor.mjs").Vendor} vendor */
  constructor(files, vendor) {
    this.files = files;
    this.vendor = vendor;
  }

  source(specifier) {
    return isOfApp(specifier) || this.vendor.has(specifier);
  }

  /**
   * Whether a name in a path may be told: it is one of the app or of a package. A path that is being typed can lead
   * anywhere, and what is found there is none of the app's business.
   */
  pathPart(name) {
    this.#names ??= new Set([...this.#namesOfFiles(), ...this.#namesOfPackages()]);
    return this.#names.has(name);
  }

  #namesOfFiles() {
    const parts = [...this.files].flatMap((file) => file.split("/"));
    return [...parts, ...parts.map(withoutExtension)];
  }

  #namesOfPackages() {
    return [...this.vendor.entries.keys()].flatMap((specifier) => specifier.split("/"));
  }
}
