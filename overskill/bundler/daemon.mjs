/**
 * The bundler daemon: holds open apps in memory, compiles what changes, and shows it in browsers.
 * Started by launcher.py; see README.md for the protocol.
 */
import { parseArgs } from "node:util";

import { Vendor } from "./core/vendor.mjs";
import { compilerIn } from "./inspection/types.mjs";
import { Language } from "./language/language.mjs";
import { AddedPackages } from "./server/added-packages.mjs";
import { Canvas } from "./server/canvas.mjs";
import { Codebase } from "./server/codebase.mjs";
import { CrashGuard } from "./server/crash-guard.mjs";
import { describeElementOf, patchElementOf } from "./server/elements.mjs";
import { Formatting } from "./server/formatting.mjs";
import { Hosts } from "./server/hosts.mjs";
import { serveBrowsers } from "./server/http.mjs";
import { Journal } from "./server/journal.mjs";
import { OpenApps } from "./server/open-apps.mjs";
import { PackageSizes } from "./server/package-sizes.mjs";
import { repair } from "./server/repairs.mjs";
import { serveMethods } from "./server/rpc.mjs";
import { bundleRuntime } from "./server/runtime.mjs";
import { Scans } from "./server/scans.mjs";
import { Shares } from "./server/shares.mjs";
import { warmUp } from "./server/warm-up.mjs";

const WARM_UP_AFTER = 500; // ms; after a crash, previews that come back are quicker to do it

const { values: options } = parseArgs({
  options: {
    socket: { type: "string" },
    host: { type: "string", default: "127.0.0.1" },
    port: { type: "string" },
    vendor: { type: "string" },
    journal: { type: "string" },
    packages: { type: "string" }, // that apps may import, as npm installed them, with their types
    added: { type: "string" }, // the folder of packages that were added to apps
    language: { type: "string" }, // a folder for the language server
    confine: { type: "string", default: "[]" }, // what to put before a command that reads apps' code, as JSON
    origin: { type: "string" }, // http://{key}.preview.localhost:3001
    parent: { type: "string", multiple: true, default: [] }, // origins whose pages may frame a preview
  },
});

const vendor = new Vendor(options.vendor);
const hosts = new Hosts(options.origin);
const journal = new Journal(options.journal);
const guard = new CrashGuard(options.journal);
const added = new AddedPackages({ folder: options.added, vendor, packages: options.packages });
const apps = new OpenApps({ vendor, journal, guard, added });
const shares = new Shares(options.journal);
const scans = new Scans();
const packages = new PackageSizes(vendor);
const codebase = new Codebase();
const formatting = new Formatting();
const language = new Language({
  apps,
  command: [...JSON.parse(options.confine), compilerIn(options.packages), "--lsp", "--stdio"],
  folder: options.language,
  packages: options.packages,
});
const canvas = new Canvas(guard, formatting);
const built = await bundleRuntime();
const runtime = { ...built, url: `${hosts.shared}/@runtime/${built.name}` };
const site = { apps, hosts, shares, vendor, added, runtime, parents: options.parent };

await serveBrowsers(site, { host: options.host, port: Number(options.port) }).catch(({ code, message }) => {
  const taken = `Port ${options.port} is taken. Stop what uses it, or set OVERSKILL_PREVIEW_PORT to a free one.`;
  console.error(code === "EADDRINUSE" ? taken : `The bundler can't listen on ${options.host}: ${message}`);
  process.exit(1);
});
await serveMethods(options.socket, {
  open: (params) => apps.open(params),
  shell: (params) => apps.shell(params),
  update: (params) => apps.update(params),
  close: (params) => apps.close(params),
  css: (params) => apps.css(params),
  repair: (params) => repair(params, { added, guard }),
  scan: (params) => scans.scan(params),
  package_sizes: () => packages.sizes(),
  bundle_packages: (params) => added.bundle(params),
  search_files: (params) => codebase.search(params),
  replace_in_files: (params) => codebase.replace(params),
  move_files: (params) => codebase.move(params),
  describe_element: (params) => describeElementOf(params, { apps, guard, formatting }),
  patch_element: (params) => patchElementOf(params, { apps, guard, formatting }),
  complete: (params) => language.complete(params),
  resolve: (params) => language.resolve(params),
  hover: (params) => language.hover(params),
  signature: (params) => language.signature(params),
  definition: (params) => language.definition(params),
  diagnostics: (params) => language.diagnostics(params),
  format: (params) => formatting.format(params),
  canvas_pages: (params) => canvas.pages(params),
  canvas_read: (params) => canvas.read(params),
  canvas_blocks: (params) => canvas.blocks(params),
  canvas_write: (params) => canvas.write(params),
  stats: () => ({ ...apps.stats(), language: language.megabytes }),
  share: (params) => shares.share(params),
  unshare: (params) => shares.unshare(params),
  ping: () => ({}),
});

for (const signal of ["SIGTERM", "SIGINT"]) {
  process.on(signal, () => {
    journal.flush();
    process.exit(0);
  });
}
setTimeout(() => apps.stats().apps === 0 && void warmUp(vendor), WARM_UP_AFTER).unref();
console.log(`bundler ready on port ${options.port}`);
