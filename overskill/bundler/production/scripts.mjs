/** The app's modules and the packages they use, bundled, split and minified. */
import { diagnostic } from "../core/diagnostics.mjs";
import { VARIABLES_FILE, variablesIn } from "../core/variables.mjs";
import { withinReach } from "./added-packages.mjs";
import { bundleApart, generated } from "./apart.mjs";
import { ownFiles, PREFIX } from "./own-files.mjs";
import { packagesFrom, SPLITTING } from "./packages.mjs";

export const ENV = { BASE_URL: "/", DEV: false, MODE: "production", PICTURES: "/_image", PROD: true, SSR: false };
const RUNTIME_ENV = "globalThis.__ENV__"; // set by /__env.js, which the edge answers
const DATA = [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".woff", ".woff2", ".ttf", ".eot", ".wasm"];
const MODULE_TYPES = { ...Object.fromEntries(DATA.map((type) => [type, "dataurl"])), ".css": "empty" }; // in packages

/**
 * What `import.meta.env` becomes. Vite's own names are constants, so that what is only for development is dropped; an
 * app's variables are read at run time, so that the same build serves every environment.
 */
function environment(names) {
  const constants = Object.entries(ENV).map(([name, value]) => [`import.meta.env.${name}`, JSON.stringify(value)]);
  const variables = names.map((name) => [`import.meta.env.${name}`, `${RUNTIME_ENV}?.${name}`]);
  const whole = `({ ...${JSON.stringify(ENV)}, ...${RUNTIME_ENV} })`;
  return Object.fromEntries([...constants, ...variables, ["import.meta.env", whole]]);
}

/**
 * @param {import("./apart.mjs").Packages | null} kept  what the last build of this app made of its packages
 * @returns {Promise<{entry: string, preload: string[], files: Map<string, string>, readsVariables: boolean,
 *   packages: import("./apart.mjs").Packages | null} | {diagnostics: object[]}>}
 */
export async function bundleScripts(app, vendor, vendorDirectory, toUrl, kept = null) {
  const options = {
    input: PREFIX + app.good.entry,
    cwd: vendorDirectory,
    platform: "browser",
    logLevel: "silent",
    moduleTypes: app.vendor.folder ? MODULE_TYPES : {},
    transform: {
      define: {
        "process.env.NODE_ENV": '"production"',
        ...environment(Object.keys(variablesIn(app.files.get(VARIABLES_FILE)))),
      },
      jsx: { runtime: "automatic", development: false },
      target: "es2022",
    },
  };
  const own = ownFiles(app.files, vendor, toUrl);
  const apart = await bundleApart(app, options, own, kept);
  if (apart !== null) return { ...published(apart.chunks), packages: apart.packages };
  const plugins = [own, packagesFrom(vendorDirectory, app.vendor), ...withinReach(app.vendor, vendorDirectory)];
  try {
    return { ...published(await generated({ ...options, plugins }, { codeSplitting: SPLITTING })), packages: null };
  } catch (error) {
    return { diagnostics: (error.errors ?? [error]).map((problem) => explained(problem, app.files)) };
  }
}

function published(chunks) {
  const entry = chunks.find(({ isEntry }) => isEntry);
  const preload = new Set();
  const pending = [entry];
  while (pending.length > 0) {
    for (const name of pending.pop().imports) {
      if (preload.has(name)) continue;
      preload.add(name);
      pending.push(chunks.find(({ fileName }) => fileName === name));
    }
  }
  return {
    entry: entry.fileName,
    preload: [...preload],
    files: new Map(chunks.map(({ fileName, code }) => [fileName, code])),
    readsVariables: chunks.some(({ code }) => code.includes("__ENV__")),
  };
}

export function explained(problem, files, entry = "src/main.tsx") {
  const file = (problem.id ?? problem.loc?.file ?? "").replace(/^.*app:/, "");
  const isOurs = files.has(file);
  const message = String(problem.message ?? problem).split("\n")[0];
  return diagnostic(isOurs ? file : entry, "unresolved", message, isOurs ? problem.loc : {});
}
