/** Where an import leads: a file of the app, a package of the vendor set, or nowhere. */
import path from "node:path";

import { isAsset, isServerCode } from "./files.mjs";

export const ALIAS = "@/";
const EXTENSIONS = [".mjs", ".js", ".ts", ".jsx", ".tsx", ".json"];

export const isPackage = (specifier) => !/^(\.{0,2}\/|@\/|\.{1,2}$)/.test(specifier);

/** The query of an import (`?raw`, `?url`), and what comes before it. */
export function splitQuery(specifier) {
  const at = specifier.indexOf("?");
  return at < 0 ? [specifier, ""] : [specifier.slice(0, at), specifier.slice(at)];
}

/** The app's file that `specifier` names when it is imported by `importer`, or null. Browsers get no server code. */
export function resolveFile(files, importer, specifier) {
  return isKeptFrom(files, importer, specifier) ? null : fileNamed(files, importer, specifier);
}

/** Whether `specifier` names server code, which `importer` is not. */
export function isKeptFrom(files, importer, specifier) {
  return !isServerCode(importer) && isServerCode(fileNamed(files, importer, specifier) ?? "");
}

function fileNamed(files, importer, specifier) {
  let base;
  if (specifier.startsWith(ALIAS)) base = path.posix.normalize(`src/${specifier.slice(ALIAS.length)}`);
  else if (specifier.startsWith("/")) base = path.posix.normalize(specifier.slice(1));
  else base = path.posix.normalize(path.posix.join(path.posix.dirname(importer), specifier));
  base = base.replace(/\/$/, "");
  if (files.has(base)) return base;
  if (specifier.startsWith("/") && files.has(`public/${base}`) && isAsset(`public/${base}`)) return `public/${base}`;
  for (const extension of EXTENSIONS) if (files.has(base + extension)) return base + extension;
  for (const extension of EXTENSIONS) {
    const index = base === "." ? `index${extension}` : `${base}/index${extension}`;
    if (files.has(index)) return index;
  }
  return null;
}

/** The name of the npm package in an import: `zustand/middleware` -> `zustand`. */
export function packageName(specifier) {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
