/**
 * One build elsewhere: a zip of an app's files -> what is published, or what is wrong with it.
 *
 * The very code that builds on the studio's own machine (../production), so the bytes are the same. Its packages are
 * beside it (package.py puts them there), or where the environment says.
 */
import fs from "node:fs";
import path from "node:path";

import { unzipped } from "./zip.mjs";

const ROOT = path.resolve(import.meta.dirname, "../..");
const MOST_BYTES = 16 * 1024 * 1024; // the files of an app have 8 MB at most, and are refused with a sentence beyond
const FOLDER = "files/";
const MODULES = "modules/";

const given = process.env.OVERSKILL_BUNDLER_RELEASE;
const release = given ?? JSON.parse(fs.readFileSync(path.join(ROOT, "release.json"), "utf8")).release;
process.env.OVERSKILL_BUNDLER_TOOLS ??= path.join(ROOT, "tools");
const vendorDirectory = process.env.OVERSKILL_BUNDLER_VENDOR ?? path.join(ROOT, "vendor");

await import("../resolve-packages.mjs"); // first: it says where the packages of the next ones are
const { Refused } = await import("../core/files.mjs");
const { Vendor } = await import("../core/vendor.mjs");
const { buildApp } = await import("../production/build-app.mjs");
const vendor = new Vendor(path.join(vendorDirectory, "dist"));

/**
 * @param {Buffer} archive  with the app's files
 * @returns {Promise<Map<string, Buffer>>}  the files of the answer: overskill/clients/builders/archive.py says which
 */
export async function answer(archive) {
  const packed = [...unzipped(archive, MOST_BYTES)].filter(([name]) => name.startsWith(FOLDER));
  const files = Object.fromEntries(packed.map(([name, content]) => [name.slice(FOLDER.length), content.toString()]));
  return asFiles(await built(files));
}

async function built(files) {
  try {
    return await buildApp(files, vendor, vendorDirectory);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { refused: error.message };
  }
}

function asFiles(result) {
  if (!result.assets) return new Map([["result.json", Buffer.from(JSON.stringify({ ...result, release }))]]);
  const assets = Object.entries(result.assets);
  const types = Object.fromEntries(assets.map(([name, { type }]) => [name, type]));
  return new Map([
    ["result.json", Buffer.from(JSON.stringify({ types, modules: Object.keys(result.modules), release }))],
    ...assets.map(([name, { content, encoding }]) => [FOLDER + name.slice(1), Buffer.from(content, encoding)]),
    ...Object.entries(result.modules).map(([name, text]) => [MODULES + name, Buffer.from(text)]),
  ]);
}
