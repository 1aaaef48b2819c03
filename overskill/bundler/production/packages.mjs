/** The packages of the vendor set, and those that were added to an app, as rolldown finds them. */
import path from "node:path";

import { missingPackage } from "../core/link.mjs";
import { ALIAS, isPackage } from "../core/resolve.mjs";
import { PREFIX } from "./own-files.mjs";

const NO_CODE = `${PREFIX}styles.css`;
const REACT = /\/node_modules\/(react|react-dom|scheduler|react-router|react-router-dom)\//;

/** How what is published is split, besides pages that are loaded later: React changes least. */
export const SPLITTING = { groups: [{ name: "react", test: REACT }] };

/** Packages are looked up in the vendor set, wherever the app's file seems to be. */
export function packagesFrom(vendorDirectory, vendor = null) {
  const importer = path.join(vendorDirectory, "app.js");
  return {
    name: "packages",
    resolveId: {
      filter: { id: /^[^./]/ },
      async handler(specifier, from) {
        if (!from?.startsWith(PREFIX) || specifier.startsWith(ALIAS) || !isPackage(specifier)) return null;
        if (!vendor?.isAdded(specifier)) return this.resolve(specifier, importer, { skipSelf: true });
        if (vendor.hasStyles(specifier)) return NO_CODE; // they are in the app's one stylesheet
        const found = await this.resolve(specifier, path.join(vendor.folder, "app.js"), { skipSelf: true });
        if (found === null) throw new Error(missingPackage(specifier, vendor));
        return found;
      },
    },
  };
}
