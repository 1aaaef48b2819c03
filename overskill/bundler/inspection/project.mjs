/** An app's code on disk, with a configuration of ours. */
import fs from "node:fs";
import path from "node:path";

const CODE = /^src\/.*\.(tsx?|jsx?|mjs|json)$/;
const NOT_CODE = /(^|\/)(package|package-lock|tsconfig[^/]*|jsconfig|\.[^/]*)\.json$/; // would be configuration
const CLIENT_TYPES = new URL("./vite-client.d.ts", import.meta.url);

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
  types: ["vite/client"],
  paths: { "@/*": ["./src/*"] },
};

/** Whether the type checker is given this file. */
export const isChecked = (file) => CODE.test(file) && !NOT_CODE.test(file);

/** What stands in a project's tsconfig.json. */
export const configuration = () => JSON.stringify({ compilerOptions: COMPILER_OPTIONS, include: ["src"] });

/** @returns {string} the project's folder */
export function layOut(folder, files, vendorDirectory) {
  const project = path.join(folder, "app");
  for (const [file, text] of Object.entries(files)) {
    if (isChecked(file)) write(path.join(project, file), text);
  }
  write(path.join(project, "tsconfig.json"), configuration());
  fs.symlinkSync(path.join(vendorDirectory, "node_modules"), path.join(project, "node_modules"));
  writeClientTypes(folder);
  return project;
}

/** They are not in the vendor set, so they are found one folder above it. */
export function writeClientTypes(folder) {
  write(path.join(folder, "node_modules", "vite", "client.d.ts"), fs.readFileSync(CLIENT_TYPES));
}

export function write(file, content) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, content);
}
