/** An app's files -> what is published. */
import path from "node:path";
import { transform as transformCss } from "lightningcss";

import { App } from "../core/app.mjs";
import { contentType, Refused } from "../core/files.mjs";
import { digest } from "../core/compile.mjs";
import { installedPackages } from "./added-packages.mjs";
import { bundleScripts } from "./scripts.mjs";
import { indexHtml } from "./index-html.mjs";
import { picturesApart } from "./pictures.mjs";
import { bundleServer } from "./server.mjs";

/**
 * @typedef {Record<string, {content: string, type: string, encoding?: "base64"}>} Assets
 * @typedef {Record<string, string>} Modules  of the app's own server code; none where it has none
 * @typedef {import("./apart.mjs").Packages} Packages
 * @param {Packages | null} kept  what the last build of this app made of its packages
 * @returns {Promise<{assets: Assets, modules: Modules, packages: Packages | null} | {diagnostics: object[]}>}
 */
export async function buildApp(files, vendor, vendorDirectory, addedDirectory = "", kept = null) {
  const { files: code, assets } = picturesApart(files);
  const emit = (name, content) => assets.set(`/${name}`, { content, type: contentType(name) });
  const toUrl = (file, text) => emitFile(file, text, emit);

  const viewOf = installedPackages(vendor, vendorDirectory, addedDirectory);
  const app = new App("build", vendor, { toUrl, viewOf });
  await app.apply(code);
  if (!app.isSound) return { diagnostics: app.diagnostics };

  const scripts = await bundleScripts(app, vendor, vendorDirectory, toUrl, kept);
  if (scripts.diagnostics) return scripts;
  const server = await bundleServer(app, vendorDirectory);
  if (server.diagnostics) return server;
  for (const [name, content] of scripts.files) emit(name, content);
  for (const [file, text] of app.files) if (file.startsWith("public/")) emit(file.slice("public/".length), text);

  const css = minified(app.good.sheet.text);
  const stylesheet = css ? `assets/index-${digest(css).slice(0, 8)}.css` : null;
  if (stylesheet) emit(stylesheet, css);
  emit("index.html", indexHtml(app.files.get("index.html") ?? "", { ...scripts, stylesheet }));
  return { assets: Object.fromEntries(assets), modules: server.modules, packages: scripts.packages };
}

/** Where a file that code or CSS refers to is published; relative to /assets/, from where all of those are served. */
function emitFile(file, text, emit) {
  if (file.startsWith("public/")) return `../${file.slice("public/".length)}`;
  const { name, ext } = path.posix.parse(file);
  const hashed = `${name}-${digest(text).slice(0, 8)}${ext}`;
  emit(`assets/${hashed}`, text);
  return `./${hashed}`;
}

function minified(css) {
  try {
    return Buffer.from(
      transformCss({ filename: "index.css", code: Buffer.from(css), minify: true, errorRecovery: true }).code,
    ).toString();
  } catch (error) {
    throw new Refused("invalid_input", `The stylesheet can't be minified: ${error.message}`);
  }
}
