/** The app's own server code, from server/index.ts on, as one module for workerd. Browsers get nothing of it. */
import { rolldown } from "rolldown";

import { importPosition } from "../core/compile.mjs";
import { diagnostic } from "../core/diagnostics.mjs";
import { missingPackage } from "../core/link.mjs";
import { extension, isCode, isTooDeep, language, serverEntry } from "../core/files.mjs";
import { isPackage, splitQuery } from "../core/resolve.mjs";
import { withinReach } from "./added-packages.mjs";
import { PREFIX, resolvingIn } from "./own-files.mjs";
import { packagesFrom } from "./packages.mjs";
import { ENV, explained } from "./scripts.mjs";

export const MODULE = "server.js"; // as clients/edge_manifest.py knows it
const CONDITIONS = ["workerd", "worker", "browser", "import", "module", "default"];
const OF_NODE = /^node:|^(assert|buffer|child_process|crypto|dns|events|fs|http|https|net|os|path|process|stream|tls|url|util|zlib)(\/|$)/;

/** @returns {Promise<{modules: Record<string, string>} | {diagnostics: object[]}>} */
export async function bundleServer({ files, vendor }, vendorDirectory) {
  const entry = serverEntry(files);
  if (!entry) return { modules: {} };
  const problems = [];
  const bundle = await rolldown({
    input: PREFIX + entry,
    cwd: vendorDirectory,
    platform: "browser",
    logLevel: "silent",
    resolve: { conditionNames: CONDITIONS },
    plugins: [
      serverFiles(files, problems),
      whatIsMissing(files, vendor, problems),
      packagesFrom(vendorDirectory, vendor),
      ...withinReach(vendor, vendorDirectory),
    ],
    transform: {
      define: {
        "process.env.NODE_ENV": '"production"',
        "import.meta.env": JSON.stringify({ ...ENV, SSR: true }),
      },
      jsx: { runtime: "automatic", development: false },
      target: "es2022",
    },
  });
  try {
    const { output } = await bundle.generate({
      format: "esm",
      minify: true,
      entryFileNames: MODULE,
      codeSplitting: false,
    });
    problems.push(...problemsOf(output[0], entry));
    return problems.length > 0 ? { diagnostics: problems } : { modules: { [MODULE]: output[0].code } };
  } catch (error) {
    const found = (error.errors ?? [error]).map((problem) => explained(problem, files, entry));
    return { diagnostics: problems.length > 0 ? problems : found };
  } finally {
    await bundle.close();
  }
}

function problemsOf({ exports, imports }, entry) {
  const problems = imports.map((name) => diagnostic(entry, "package", `A package it uses needs ${name}. ${ONLY_WEB}`));
  if (!exports.includes("default")) {
    const example = "export default { async fetch(request, env) { … } }";
    problems.push(diagnostic(entry, "unresolved", `${entry} must export its handler: ${example}.`));
  }
  return problems;
}

const ONLY_WEB = "Server code runs without Node: use what browsers have (fetch, crypto, URL, streams).";

/** The app's files, held in memory: code, JSON, and any text by ?raw. */
function serverFiles(files, problems) {
  return {
    name: "server-files",
    resolveId: resolvingIn(files),
    load: {
      filter: { id: /^app:/ },
      handler(id) {
        const [file, query] = splitQuery(id.slice(PREFIX.length));
        const text = files.get(file);
        if (query === "?raw") return { code: `export default ${JSON.stringify(text)};`, moduleType: "js" };
        if (extension(file) === ".json") return { code: text, moduleType: "json" };
        if (isCode(file) && !isTooDeep(text)) return { code: text, moduleType: language(file) };
        const why = isCode(file) ? "is nested too deeply. Split it." : "can't be imported by server code. Try ?raw.";
        problems.push(diagnostic(file, "unresolved", `${file} ${why}`));
        return { code: "export default null;", moduleType: "js" };
      },
    },
  };
}

/** What neither the app nor the packages have. Nobody looks for it on this machine. */
function whatIsMissing(files, vendor, problems) {
  return {
    name: "what-is-missing",
    resolveId(specifier, importer) {
      if (!importer?.startsWith(PREFIX) || (isPackage(specifier) && vendor.has(specifier))) return null;
      const [file] = splitQuery(importer.slice(PREFIX.length));
      const place = importPosition(file, files.get(file), specifier);
      const code = isPackage(specifier) ? "package" : "unresolved";
      problems.push(diagnostic(file, code, missing(specifier, vendor), place));
      return { id: specifier, external: true };
    },
  };
}

function missing(specifier, vendor) {
  if (!isPackage(specifier)) return `Cannot find ${JSON.stringify(specifier)}. Create that file or correct the import.`;
  if (OF_NODE.test(specifier)) return `${JSON.stringify(specifier)} is a part of Node. ${ONLY_WEB}`;
  if (specifier.startsWith("cloudflare:"))
    return `${JSON.stringify(specifier)} is not available. What code may use comes with each request: fetch(request, env, context).`;
  return missingPackage(specifier, vendor);
}
