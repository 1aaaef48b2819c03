/** The app's modules and the packages they use, bundled, split and minified. */
import path from "node:path";
import MagicString from "magic-string";
import { parseSync } from "oxc-parser";
import { rolldown } from "rolldown";

import { diagnostic } from "../core/diagnostics.mjs";
import { extension, isAsset, isCode, isCss, language } from "../core/files.mjs";
import { missingPackage } from "../core/link.mjs";
import { ALIAS, isPackage, resolveFile, splitQuery } from "../core/resolve.mjs";
import { VARIABLES_FILE, variablesIn } from "../core/variables.mjs";
import { ICONS } from "../core/vendor.mjs";
import { withinReach } from "./added-packages.mjs";

export const PREFIX = "app:";
export const ENV = { BASE_URL: "/", DEV: false, MODE: "production", PICTURES: "/_image", PROD: true, SSR: false };
const RUNTIME_ENV = "globalThis.__ENV__"; // set by /__env.js, which the edge answers
const NO_CODE = `${PREFIX}styles.css`;
const DATA = [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".woff", ".woff2", ".ttf", ".eot", ".wasm"];
const MODULE_TYPES = { ...Object.fromEntries(DATA.map((type) => [type, "dataurl"])), ".css": "empty" }; // in packages
const REACT = /\/node_modules\/(react|react-dom|scheduler|react-router|react-router-dom)\//;

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

/** @returns {Promise<{entry: string, preload: string[], files: Map<string, string>, readsVariables: boolean} | {diagnostics: object[]}>} */
export async function bundleScripts(app, vendor, vendorDirectory, toUrl) {
  const bundle = await rolldown({
    input: PREFIX + app.good.entry,
    cwd: vendorDirectory,
    platform: "browser",
    logLevel: "silent",
    plugins: [
      appFiles(app.files, vendor, toUrl),
      packagesFrom(vendorDirectory, app.vendor),
      ...withinReach(app.vendor, vendorDirectory),
    ],
    moduleTypes: app.vendor.folder ? MODULE_TYPES : {},
    transform: {
      define: {
        "process.env.NODE_ENV": '"production"',
        ...environment(Object.keys(variablesIn(app.files.get(VARIABLES_FILE)))),
      },
      jsx: { runtime: "automatic", development: false },
      target: "es2022",
    },
  });
  try {
    const { output } = await bundle.generate({
      format: "esm",
      minify: true,
      entryFileNames: "assets/index-[hash].js",
      chunkFileNames: "assets/[name]-[hash].js",
      codeSplitting: { groups: [{ name: "react", test: REACT }] },
    });
    return published(output);
  } catch (error) {
    return { diagnostics: (error.errors ?? [error]).map((problem) => explained(problem, app.files)) };
  } finally {
    await bundle.close();
  }
}

function published(output) {
  const chunks = output.filter(({ type }) => type === "chunk");
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

/** The app's files, held in memory. */
function appFiles(files, vendor, toUrl) {
  return {
    name: "app-files",
    resolveId: resolvingIn(files),
    load: {
      filter: { id: /^app:/ },
      handler(id) {
        const [file, query] = splitQuery(id.slice(PREFIX.length));
        return loaded(file, query, files.get(file), vendor, toUrl);
      },
    },
  };
}

/** Which of the app's files an import in one of them means. */
export function resolvingIn(files) {
  return {
    filter: { id: /^(app:|[./]|@\/)/ },
    handler(specifier, importer) {
      if (specifier.startsWith(PREFIX)) return specifier;
      if (!importer?.startsWith(PREFIX)) return null;
      const [plain, query] = splitQuery(specifier);
      const file = resolveFile(files, splitQuery(importer.slice(PREFIX.length))[0], plain);
      return file === null ? null : PREFIX + file + query;
    },
  };
}

function loaded(file, query, text, vendor, toUrl) {
  if (query === "?raw") return { code: `export default ${JSON.stringify(text)};`, moduleType: "js" };
  if (query === "?url" || isAsset(file)) {
    const url = JSON.stringify(toUrl(file, text));
    return { code: `export default new URL(${url}, import.meta.url).href;`, moduleType: "js" };
  }
  if (isCss(file)) return { code: "", moduleType: "js", moduleSideEffects: false }; // all CSS is one file
  if (extension(file) === ".json") return { code: text, moduleType: "json" };
  return { code: isCode(file) ? withIconImports(file, text, vendor) : text, moduleType: language(file) };
}

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

/** Each icon from its own module: reading the whole set and dropping most of it takes a third of the build. */
export function withIconImports(file, text, vendor) {
  if (!text.includes(ICONS)) return text;
  const { module } = parseSync(file, text, { lang: language(file) });
  const result = new MagicString(text);
  for (const { start, end, moduleRequest, entries } of module.staticImports) {
    if (moduleRequest.value !== ICONS || entries.length === 0) continue;
    const isIcon = ({ importName, isType }) =>
      !isType && importName.kind === "Name" && Object.hasOwn(vendor.icons, importName.name);
    const icons = entries.filter(isIcon);
    const others = entries.filter((entry) => !isIcon(entry));
    if (others.some(({ importName }) => importName.kind !== "Name")) continue;
    const rest = others.map(
      ({ importName, localName, isType }) => `${isType ? "type " : ""}${importName.name} as ${localName.value}`,
    );
    const lines = icons.map(({ importName, localName }) => {
      return `import ${localName.value} from "${ICONS}/dist/esm/icons/${vendor.icons[importName.name][0]}.js";`;
    });
    if (rest.length > 0) lines.push(`import { ${rest.join(", ")} } from "${ICONS}";`);
    result.overwrite(start, end, lines.join(" "));
  }
  return result.toString();
}

export function explained(problem, files, entry = "src/main.tsx") {
  const file = (problem.id ?? problem.loc?.file ?? "").replace(/^.*app:/, "");
  const isOurs = files.has(file);
  const message = String(problem.message ?? problem).split("\n")[0];
  return diagnostic(isOurs ? file : entry, "unresolved", message, isOurs ? problem.loc : {});
}
