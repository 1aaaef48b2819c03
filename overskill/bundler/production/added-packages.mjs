/** What an app may import in a production build: its packages as they are installed, of which rolldown takes a part. */
import fs from "node:fs";
import path from "node:path";

import { namedPackages, setOf, VendorOfApp } from "../core/added-packages.mjs";

/** @returns {(manifest: string) => Promise<object>} for App: `addedDirectory` "" where there are none */
export function installedPackages(vendor, vendorDirectory, addedDirectory) {
  return async (manifest) => {
    const named = namedPackages(manifest, vendor);
    if (named.size === 0) return vendor;
    const folder = addedDirectory ? setOf(addedDirectory, named) : null;
    if (folder === null) return new VendorOfApp(vendor, { named });
    const { readManifest, stylesOf } = await import("../packages/bundle.mjs"); // few builds need what it needs
    const stylesheets = readManifest(folder)?.stylesheets ?? (await stylesOf(folder, vendorDirectory));
    return new VendorOfApp(vendor, { named, folder, stylesheets });
  };
}

/** What packages that nobody has read import comes from them or from the vendor set. */
export function withinReach(vendor, vendorDirectory) {
  if (!vendor.folder) return [];
  const reach = [vendor.folder, vendorDirectory].map((place) => fs.realpathSync(place) + path.sep);
  const isInside = (file) => reach.some((place) => file.startsWith(place));
  return [
    {
      name: "within-reach",
      async resolveId(specifier, importer, { kind }) {
        if (!importer?.startsWith(reach[0])) return null;
        const found = await this.resolve(specifier, importer, { kind, skipSelf: true });
        if (!found || found.external || !path.isAbsolute(found.id) || isInside(found.id)) return found;
        throw new Error(`${JSON.stringify(specifier)} leads out of the package that imports it.`);
      },
    },
  ];
}
