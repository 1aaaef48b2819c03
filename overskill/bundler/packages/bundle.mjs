/**
 * Bundles a set of added packages for previews, as prebundle.mjs does the vendor set. What the vendor set has is not
 * taken along but imported from it, so that there is one React. Nothing of a package is run.
 */
import fs from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import zlib from "node:zlib";
import * as esbuild from "esbuild";
import { parseSync } from "oxc-parser";

import { digest } from "../core/compile.mjs";
import { Refused } from "../core/files.mjs";
import { packageName } from "../core/resolve.mjs";

export const MANIFEST = "bundled.json";
const ENTRY = "entry:";
const SHARED = "shared";
const SHARED_MODULE = "shared-module";
const DATA = [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".woff", ".woff2", ".ttf", ".eot", ".wasm"];
const MOST_STYLESHEETS = 40;
const LARGEST_STYLESHEET = 1024 * 1024;
const brotli = promisify(zlib.brotliCompress);

/**
 * @param {object} set
 * @param {string} set.folder       with node_modules
 * @param {string} set.vendor       the vendor set's folder
 * @param {string[]} set.shared     what is imported from it
 * @param {string[]} set.specifiers what apps import of the set
 */
export async function bundleSet({ folder, vendor, shared, specifiers }) {
  const output = path.join(folder, "dist");
  const known = readManifest(folder);
  const wanted = [...new Set([...(known?.asked ?? []), ...specifiers])].sort();
  fs.mkdirSync(output, { recursive: true });
  const entries = await scripts({ folder, vendor, shared: new Set(shared), wanted, output });
  const stylesheets = known?.stylesheets ?? (await stylesOf(folder, vendor));
  const sizes = await compressed(output, entries);
  const manifest = { asked: wanted, entries, stylesheets, sizes };
  const unfinished = path.join(output, `${MANIFEST}.${process.pid}`);
  fs.writeFileSync(unfinished, JSON.stringify(manifest));
  fs.renameSync(unfinished, path.join(output, MANIFEST));
  return manifest;
}

/** What was bundled before; null: nothing. */
export function readManifest(folder) {
  try {
    return JSON.parse(fs.readFileSync(path.join(folder, "dist", MANIFEST), "utf8"));
  } catch {
    return null;
  }
}

const wantedOf = (folder) =>
  Object.keys(JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8")).dependencies);

const options = (folder) => ({
  absWorkingDir: folder,
  bundle: true,
  conditions: ["development"],
  define: { "process.env.NODE_ENV": '"development"', "process.env": "{}", global: "globalThis" },
  legalComments: "none",
  loader: { ...Object.fromEntries(DATA.map((extension) => [extension, "dataurl"])), ".css": "empty" },
  logLevel: "silent",
  mainFields: ["module", "browser", "main"],
  metafile: true,
  platform: "browser",
  tsconfigRaw: "{}",
});

async function scripts({ folder, vendor, shared, wanted, output }) {
  const missing = new Set();
  const names = new Map(wanted.map((specifier) => [nameOf(specifier), specifier]));
  const { metafile } = await run({
    ...options(folder),
    entryPoints: Object.fromEntries([...names.keys()].map((name) => [name, ENTRY + name])),
    entryNames: "[name]-[hash]",
    chunkNames: "part-[hash]",
    format: "esm",
    minify: true,
    outdir: output,
    plugins: [entryModules(names, folder, missing), withinReach({ folder, vendor, shared })],
    splitting: true,
    target: "es2022",
  });
  const made = Object.entries(metafile.outputs).filter(([, { entryPoint }]) => entryPoint?.startsWith(ENTRY));
  const found = made.map(([file, { entryPoint }]) => [names.get(entryPoint.slice(ENTRY.length)), file]);
  const there = found.filter(([specifier]) => !missing.has(specifier));
  return Object.fromEntries(there.map(([specifier, file]) => [specifier, entryOf(file, metafile.outputs)]));
}

/** Of an entry's file: two specifiers never share one. */
const nameOf = (specifier) => `${specifier.replaceAll(/\W+/g, "_").replace(/^_/, "")}-${digest(specifier).slice(0, 6)}`;

async function run(build) {
  try {
    return await esbuild.build(build);
  } catch (error) {
    if (!error.errors) throw error;
    throw new Refused("invalid_input", explained(error.errors));
  }
}

function explained([{ text, location }]) {
  const from = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(location?.file ?? "")?.[1] ?? "It";
  const needed = /^Could not resolve "(?:node:)?([^"]+)"/.exec(text)?.[1];
  if (needed) return `${from} can't be used in a browser: it needs ${needed}. Use another package, or write it yourself.`;
  return `${from} can't be bundled: ${text} Use another package, or write it yourself.`;
}

/** Gives esbuild a small module for each import, which exports all that the package does. */
function entryModules(names, folder, missing) {
  return {
    name: "entries",
    setup(build) {
      build.onResolve({ filter: /^entry:/ }, ({ path: id }) => ({ path: id.slice(ENTRY.length), namespace: "entry" }));
      build.onLoad({ filter: /.*/, namespace: "entry" }, async ({ path: name }) => {
        const specifier = names.get(name);
        const resolved = await build.resolve(specifier, { kind: "import-statement", resolveDir: folder });
        if (resolved.errors.length > 0 || resolved.path.endsWith(".css")) {
          missing.add(specifier);
          return { contents: "" };
        }
        return { contents: wrapper(specifier, resolved.path), resolveDir: folder };
      });
    },
  };
}

/** Which names a CommonJS package exports shows only when it runs: the preview takes them from the whole. */
function wrapper(specifier, file) {
  const from = JSON.stringify(specifier);
  const { module } = parseSync(file, fs.readFileSync(file, "utf8"), { lang: "js" });
  if (!module.hasModuleSyntax)
    return `const whole = require(${from}); export default whole; export const isCommonJs = true;`;
  const names = module.staticExports.flatMap(({ entries }) => entries.map(({ exportName }) => exportName));
  const hasDefault = names.some(({ kind, name }) => kind === "Default" || name === "default");
  return `export * from ${from};\n${hasDefault ? `export { default } from ${from};` : ""}`;
}

/** What the vendor set has comes from there; nothing comes from elsewhere than it and the set. */
function withinReach({ folder, vendor, shared }) {
  const reach = [folder, vendor].map((place) => `${fs.realpathSync(place)}${path.sep}`);
  const [, ours] = reach;
  return {
    name: "within-reach",
    setup(build) {
      build.onResolve({ filter: /.*/ }, async ({ path: specifier, pluginData, kind, resolveDir, namespace }) => {
        if (pluginData?.isAsked || specifier.startsWith("data:")) return null;
        if (namespace === SHARED) return { path: specifier, namespace: SHARED_MODULE };
        if (namespace === SHARED_MODULE) return { path: specifier, external: true };
        const found = await build.resolve(specifier, { kind, resolveDir, pluginData: { isAsked: true } });
        if (found.errors.length > 0 || found.external || found.namespace !== "file" || !path.isAbsolute(found.path))
          return null;
        const file = fs.existsSync(found.path) ? fs.realpathSync(found.path) : found.path;
        if (!reach.some((place) => file.startsWith(place)))
          return { errors: [{ text: `${JSON.stringify(specifier)} leads out of the package.` }] };
        if (!file.startsWith(ours) || !shared.has(specifier)) return { path: file, sideEffects: found.sideEffects };
        return kind === "require-call" ? { path: specifier, namespace: SHARED } : { path: specifier, external: true };
      });
      build.onLoad({ filter: /.*/, namespace: SHARED }, ({ path: specifier }) => ({ contents: required(specifier) }));
      build.onLoad({ filter: /.*/, namespace: SHARED_MODULE }, ({ path: specifier }) => ({
        contents: `import * as all from ${JSON.stringify(specifier)}; export { all };`,
      }));
    },
  };
}

/** A module of the vendor set for who asks by `require`: what it calls may be the default export. */
const required = (specifier) => `
const { all } = require(${JSON.stringify(specifier)});
const has = (name) => name === "__esModule" || name in all;
const get = (main, name) => (name === "__esModule" ? true : name in all ? all[name] : main[name]);
module.exports = typeof all.default === "function" ? new Proxy(all.default, { get, has: (_, name) => has(name) }) : all;`;

function entryOf(file, outputs) {
  const preload = new Set();
  const pending = [file];
  while (pending.length > 0) {
    for (const { path: imported, kind, external } of outputs[pending.pop()].imports) {
      if (external || kind !== "import-statement" || preload.has(imported)) continue;
      preload.add(imported);
      pending.push(imported);
    }
  }
  const { exports } = outputs[file];
  return {
    file: path.basename(file),
    preload: [...preload].map((chunk) => path.basename(chunk)),
    exports: exports.includes("isCommonJs") ? null : exports,
  };
}

/** The stylesheets of the packages themselves, by their paths and by what their manifests call them. */
export async function stylesOf(folder, vendor) {
  const files = new Map(); // specifier -> file
  for (const name of wantedOf(folder)) {
    const home = path.join(folder, "node_modules", name);
    for (const file of fs.readdirSync(home, { recursive: true }).sort()) {
      if (file.endsWith(".css") && !file.includes("node_modules")) files.set(`${name}/${file}`, path.join(home, file));
    }
    for (const [specifier, file] of namedStyles(name, home)) files.set(specifier, file);
  }
  const found = {};
  for (const [specifier, file] of [...files].slice(0, MOST_STYLESHEETS)) {
    const text = await stylesheet(file, { folder, vendor });
    if (text !== null && text.length <= LARGEST_STYLESHEET) found[specifier] = text;
  }
  return found;
}

function namedStyles(name, home) {
  const { exports } = JSON.parse(fs.readFileSync(path.join(home, "package.json"), "utf8"));
  const named = [];
  for (const [part, target] of Object.entries(exports && typeof exports === "object" ? exports : {})) {
    const file = typeof target === "string" ? target : (target?.style ?? target?.default ?? target?.import);
    if (part.startsWith("./") && typeof file === "string" && file.endsWith(".css")) {
      if (!part.includes("*")) named.push([`${name}/${part.slice(2)}`, file]);
    }
  }
  return named
    .map(([specifier, file]) => [specifier, path.join(home, file)])
    .filter(([, file]) => file.startsWith(home + path.sep) && fs.existsSync(file));
}

/** With what it imports and the pictures it refers to; null where something of that is missing. */
async function stylesheet(file, { folder, vendor }) {
  try {
    const { outputFiles } = await esbuild.build({
      ...options(folder),
      entryPoints: [file],
      loader: Object.fromEntries(DATA.map((extension) => [extension, "dataurl"])),
      metafile: false,
      outdir: path.join(folder, "dist"),
      plugins: [withinReach({ folder, vendor, shared: new Set() })],
      write: false,
    });
    return outputFiles[0].text;
  } catch (error) {
    if (error.errors) return null;
    throw error;
  }
}

/** @returns {Promise<Record<string, number>>} of each package: bytes of what importing it loads, compressed */
async function compressed(output, entries) {
  const quality = { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 5 } };
  const weights = new Map();
  const weigh = async (file) => {
    const content = await brotli(await fs.promises.readFile(path.join(output, file)), quality);
    await fs.promises.writeFile(path.join(output, `${file}.br`), content);
    return content.length;
  };
  const sizes = {};
  for (const [specifier, { file, preload }] of Object.entries(entries)) {
    for (const each of [file, ...preload]) if (!weights.has(each)) weights.set(each, await weigh(each));
    const name = packageName(specifier);
    const size = [file, ...preload].reduce((sum, each) => sum + weights.get(each), 0);
    sizes[name] = Math.max(sizes[name] ?? 0, size);
  }
  return sizes;
}
