/**
 * An app's own code and the packages it uses, bundled apart. What changes from one version to the next is small then,
 * and what is large stays the same, byte for byte: the next build of the app need not make it again, and who visited
 * the app before need not load it again.
 *
 *   1. The app's code is bundled with its packages left outside, which tells what it takes of them.
 *   2. Just that is bundled of the packages: a file for the first page, one for each page that is loaded later and
 *      needs more, one for what several of those need. An app that still takes the same is given what it had.
 *   3. The app's code is bundled on top of these files.
 */
import path from "node:path";
import { parseSync } from "oxc-parser";
import { rolldown } from "rolldown";

import { digest } from "../core/compile.mjs";
import { ALIAS, isPackage } from "../core/resolve.mjs";
import { ICON_MODULES } from "../core/vendor.mjs";
import { PREFIX } from "./own-files.mjs";
import { SPLITTING } from "./packages.mjs";

const SEEN = "package:"; // a package as the app's code sees it
const OUTSIDE = "outside:"; // where it comes from
const ENTRY = "packages:"; // what one group of chunks takes of all packages
const FOLDER = "assets";
const FIRST = "first"; // a group: what the first page needs
const SHARED = "shared"; // what several of the others need
const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/**
 * @typedef {{fileName: string, code: string, imports: string[]}} Chunk  `imports` are names of files
 * @typedef {{key: string, entries: Record<string, string>, files: Chunk[]}} Packages
 *   `key`: of what is taken; `entries`: group -> the file that has it
 * @typedef {{specifier: string, name: string, group: string, alias: string}} Taken
 */

/**
 * @param {object} options  of rolldown, for the app's code as for its packages
 * @param {object} own  the plugin that has the app's files
 * @param {Packages | null} kept
 * @returns {Promise<{chunks: (Chunk & {isEntry: boolean})[], packages: Packages} | null>} null: it has to be bundled as
 *   one, where something is wrong because that tells what it is
 */
export async function bundleApart(app, options, own, kept) {
  if (app.vendor.folder || app.good.wholes.size > 0) return null;
  try {
    const everything = (specifier) => (name) => ({ alias: name, from: OUTSIDE + specifier });
    const seen = [own, outside(app.vendor, everything)];
    const taken = takenBy(await generated({ ...options, plugins: seen }, { minify: false }));
    const key = digest(JSON.stringify(taken));
    const packages = kept?.key === key ? kept : { key, ...(await bundlePackages(taken, options)) };
    const inPackages = (specifier) => {
      const ofIt = new Map(taken.filter((each) => each.specifier === specifier).map((each) => [each.name, each]));
      const from = (group) => `./${packages.entries[group]}`;
      return (name) => ofIt.has(name) && { alias: ofIt.get(name).alias, from: from(ofIt.get(name).group) };
    };
    const chunks = await generated({ ...options, plugins: [own, outside(app.vendor, inPackages)] });
    return { chunks: [...chunks, ...packages.files], packages };
  } catch (error) {
    if (error.errors) return null; // as all of rolldown's have
    throw error;
  }
}

/** @returns {Promise<(Chunk & {isEntry: boolean, dynamicImports: string[]})[]>} */
export async function generated(options, output = {}) {
  const bundle = await rolldown(options);
  try {
    const made = await bundle.generate({
      format: "esm",
      minify: true,
      entryFileNames: `${FOLDER}/index-[hash].js`,
      chunkFileNames: `${FOLDER}/[name]-[hash].js`,
      ...output,
    });
    const chunks = made.output.filter(({ type }) => type === "chunk");
    return chunks.map(({ fileName, code, imports, dynamicImports, isEntry, facadeModuleId }) => {
      return { fileName, code, imports: imports.map(inFolder), dynamicImports, isEntry, facadeModuleId };
    });
  } finally {
    await bundle.close();
  }
}

/** Files that were left outside are imported by their place. */
const inFolder = (name) => (name.startsWith("./") ? path.posix.join(FOLDER, name) : name);

function namesOf(specifier, vendor) {
  if (specifier.startsWith(ICON_MODULES)) return ["default"];
  return [...(vendor.exportsOf(specifier) ?? [])].filter((name) => IDENTIFIER.test(name));
}

/**
 * Packages as modules that only hand on, so that rolldown drops what nobody takes.
 *
 * @param {(specifier: string) => (name: string) => {alias: string, from: string} | false} source  of a name, if any
 */
function outside(vendor, source) {
  return {
    name: "outside",
    resolveId(specifier, importer, { kind }) {
      if (importer?.startsWith(SEEN)) return { id: specifier, external: true, moduleSideEffects: false };
      if (!importer?.startsWith(PREFIX) || specifier.startsWith(ALIAS) || !isPackage(specifier)) return null;
      if (kind !== "import-statement") throw new Error(`${specifier} is taken as a whole.`);
      return { id: SEEN + specifier, moduleSideEffects: false };
    },
    load: {
      filter: { id: /^package:/ },
      handler(id) {
        const specifier = id.slice(SEEN.length);
        const sourceOf = source(specifier);
        const lines = namesOf(specifier, vendor).map((name) => {
          const { alias, from } = sourceOf(name) || {};
          return from ? `export { ${alias} as ${name} } from ${JSON.stringify(from)};` : `export { nobody as ${name} };`;
        });
        return { code: ["const nobody = undefined;", ...lines].join("\n"), moduleType: "js" };
      },
    },
  };
}

/** @returns {Taken[]} what the chunks take of packages, always in the same order */
function takenBy(chunks) {
  const first = firstPage(chunks);
  const groups = new Map(); // "specifier name" -> group
  chunks.forEach((chunk, place) => {
    const group = first.has(chunk.fileName) ? FIRST : `later-${place}`;
    for (const { moduleRequest, entries } of parseSync("chunk.js", chunk.code).module.staticImports) {
      if (!moduleRequest.value.startsWith(OUTSIDE)) continue;
      for (const { importName } of entries) {
        const name = importName.kind === "Default" ? "default" : importName.name;
        const one = `${moduleRequest.value.slice(OUTSIDE.length)} ${name}`;
        groups.set(one, together(groups.get(one) ?? group, group));
      }
    }
  });
  return [...groups.keys()].sort().map((one, place) => {
    const [specifier, name] = one.split(" ");
    return { specifier, name, group: groups.get(one), alias: `v${place}` };
  });
}

function together(one, other) {
  if (one === other) return one;
  return one === FIRST || other === FIRST ? FIRST : SHARED;
}

function firstPage(chunks) {
  const reached = new Set();
  const pending = chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName);
  while (pending.length > 0) {
    const name = pending.pop();
    if (reached.has(name)) continue;
    reached.add(name);
    pending.push(...(chunks.find(({ fileName }) => fileName === name)?.imports ?? []));
  }
  return reached;
}

async function bundlePackages(taken, options) {
  const groups = [...new Set(taken.map(({ group }) => group))].sort();
  const entry = {
    name: "entry",
    resolveId(specifier, importer) {
      if (specifier.startsWith(ENTRY)) return specifier;
      if (!importer?.startsWith(ENTRY)) return null;
      return this.resolve(specifier, path.join(options.cwd, "app.js"), { skipSelf: true });
    },
    load: {
      filter: { id: /^packages:/ },
      handler(id) {
        const lines = taken
          .filter(({ group }) => ENTRY + group === id)
          .map(({ specifier, name, alias }) => `export { ${name} as ${alias} } from ${JSON.stringify(specifier)};`);
        return { code: lines.join("\n"), moduleType: "js" };
      },
    },
  };
  const chunks = await generated(
    { ...options, input: groups.map((group) => ENTRY + group), plugins: [entry] },
    { entryFileNames: `${FOLDER}/packages-[hash].js`, codeSplitting: SPLITTING },
  );
  const entries = groups.map((group) => {
    const { fileName } = chunks.find(({ facadeModuleId }) => facadeModuleId === ENTRY + group);
    return [group, path.posix.basename(fileName)];
  });
  const files = chunks.map(({ fileName, code, imports }) => ({ fileName, code, imports }));
  return { entries: Object.fromEntries(entries), files };
}
