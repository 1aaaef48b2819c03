/**
 * Bundles the vendor set once into shared, content-hashed ES modules for the preview.
 *
 *   node --import resolve-packages.mjs prebundle.mjs <vendor directory with node_modules> <output directory>
 *
 * Writes the chunks (and their .br), vendor.json (specifier -> file, preloads, exports), icons.json, stylesheets.json.
 */
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import zlib from "node:zlib";
import * as esbuild from "esbuild";
import { parseSync } from "oxc-parser";

const STYLESHEETS = {
  "react-day-picker/style.css": "react-day-picker/src/style.css",
  "tw-animate-css": "tw-animate-css/dist/tw-animate.css",
};
const ONLY_PARTS = new Set(["react-refresh", "tw-animate-css"]); // nothing to import by their own name
const PARTS = [
  "@hookform/resolvers/zod",
  "chart.js/auto",
  "date-fns/locale",
  "dayjs/plugin/relativeTime",
  "jotai/utils",
  "lucide-react/dist/esm/createLucideIcon.js",
  "motion/react",
  "react-dom/client",
  "react-refresh/runtime",
  "react/jsx-dev-runtime",
  "react/jsx-runtime",
  "zod/v4",
  "zustand/middleware",
  "zustand/middleware/immer",
  "zustand/react/shallow",
];
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;
const brotli = promisify(zlib.brotliCompress);

const [vendorDirectory, outputDirectory] = process.argv.slice(2).map((directory) => path.resolve(directory));
process.env.NODE_ENV = "development";
const require = createRequire(path.join(vendorDirectory, "package.json"));
const packages = Object.keys(
  JSON.parse(fs.readFileSync(path.join(vendorDirectory, "package.json"), "utf8")).dependencies,
);
const specifiers = [...packages.filter((name) => !ONLY_PARTS.has(name)), ...PARTS].sort();

const OPTIONS = {
  absWorkingDir: vendorDirectory,
  bundle: true,
  define: { "process.env.NODE_ENV": '"development"', "process.env": "{}", global: "globalThis" },
  format: "esm",
  legalComments: "none",
  loader: { ".css": "empty" },
  logLevel: "error",
  mainFields: ["module", "browser", "main"],
  metafile: true,
  outdir: outputDirectory,
  platform: "browser",
  splitting: true, // one run with shared chunks: there must be one React
  target: "es2022",
};

/** esbuild gives a CommonJS package only a default export: its names are taken from the package itself. */
function commonJsWrapper(specifier) {
  const loaded = require(specifier);
  const names = Object.keys(loaded).filter(
    (name) => IDENTIFIER.test(name) && name !== "default" && name !== "__esModule",
  );
  const from = JSON.stringify(specifier);
  const locals = names.map((name, index) => `${name}: _${index}`).join(", ");
  const exported = names.map((name, index) => `_${index} as ${name}`).join(", ");
  const hasDefault = !loaded.__esModule || loaded.default !== undefined;
  const main = loaded.__esModule ? `import * as all from ${from};` : `import all from ${from};`;
  const fallback = hasDefault ? (loaded.__esModule ? `export { default } from ${from};` : "export default all;") : "";
  return `${main}\n${fallback}\nconst { ${locals} } = all;\nexport { ${exported} };`;
}

function wrapper(specifier, file) {
  const { module } = parseSync(file, fs.readFileSync(file, "utf8"), { lang: "js" });
  if (!module.hasModuleSyntax) return commonJsWrapper(specifier);
  const names = module.staticExports.flatMap(({ entries }) => entries.map(({ exportName }) => exportName));
  const hasDefault = names.some(({ kind, name }) => kind === "Default" || name === "default");
  const from = JSON.stringify(specifier);
  return `export * from ${from};\n${hasDefault ? `export { default } from ${from};` : ""}`;
}

/** Gives esbuild a small module for each package, which exports all the package does. */
function wrappers(entries) {
  return {
    name: "wrappers",
    setup(build) {
      build.onResolve({ filter: /^vendor:/ }, ({ path: id }) => ({
        path: id.slice("vendor:".length),
        namespace: "vendor",
      }));
      build.onLoad({ filter: /.*/, namespace: "vendor" }, async ({ path: entry }) => {
        const specifier = entries.get(entry);
        const resolved = await build.resolve(specifier, { kind: "import-statement", resolveDir: vendorDirectory });
        if (resolved.errors.length > 0) return { errors: resolved.errors };
        return { contents: wrapper(specifier, resolved.path), resolveDir: vendorDirectory };
      });
    },
  };
}

async function bundle() {
  const name = (specifier) => specifier.replaceAll(/[^\w]+/g, "_").replace(/^_/, "");
  const entries = new Map(specifiers.map((specifier) => [name(specifier), specifier]));
  const result = await esbuild.build({
    ...OPTIONS,
    entryPoints: Object.fromEntries([...entries.keys()].map((entry) => [entry, `vendor:${entry}`])),
    entryNames: "[name]-[hash]",
    chunkNames: "shared-[hash]",
    minify: true,
    plugins: [wrappers(entries)],
  });
  const { outputs } = result.metafile;
  return Object.fromEntries(
    Object.entries(outputs)
      .filter(([, output]) => output.entryPoint?.startsWith("vendor:"))
      .map(([file, output]) => [entries.get(output.entryPoint.slice("vendor:".length)), entryOf(file, outputs)]),
  );
}

function entryOf(file, outputs) {
  const preload = new Set();
  const pending = [file];
  while (pending.length > 0) {
    for (const { path: imported, kind } of outputs[pending.pop()].imports) {
      if (kind !== "import-statement" || preload.has(imported)) continue;
      preload.add(imported);
      pending.push(imported);
    }
  }
  return {
    file: path.basename(file),
    preload: [...preload].map((chunk) => path.basename(chunk)),
    exports: outputs[file].exports,
  };
}

/** Export name -> [module, drawing]: the preview inlines the icons an app uses instead of all 5,000. */
async function icons() {
  const directory = path.join(vendorDirectory, "node_modules/lucide-react/dist/esm");
  const barrel = fs.readFileSync(path.join(directory, "lucide-react.js"), "utf8");
  const found = {};
  for (const [, names, module] of barrel.matchAll(/export \{([^}]+)\} from '\.\/icons\/([\w-]+)\.js'/g)) {
    const { __iconNode: node } = await import(pathToFileURL(path.join(directory, "icons", `${module}.js`)).href);
    for (const [, name] of names.matchAll(/default as (\w+)/g)) found[name] = [module, node];
  }
  return found;
}

async function compress() {
  const quality = { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 8 } };
  const files = fs.readdirSync(outputDirectory).filter((file) => file.endsWith(".js"));
  await Promise.all(
    files.map(async (file) => {
      const content = await fs.promises.readFile(path.join(outputDirectory, file));
      await fs.promises.writeFile(path.join(outputDirectory, `${file}.br`), await brotli(content, quality));
    }),
  );
}

const write = (name, value) => fs.writeFileSync(path.join(outputDirectory, name), JSON.stringify(value));

fs.mkdirSync(outputDirectory, { recursive: true });
const entries = await bundle();
write("icons.json", await icons());
write(
  "stylesheets.json",
  Object.fromEntries(
    Object.entries(STYLESHEETS).map(([name, file]) => [
      name,
      fs.readFileSync(path.join(vendorDirectory, "node_modules", file), "utf8"),
    ]),
  ),
);
await compress();
write("vendor.json", { packages, entries });
