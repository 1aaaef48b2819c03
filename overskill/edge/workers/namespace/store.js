// The store on disk, read through workerd's disk service: pointers change, everything else never does.

import { env as processEnv } from "cloudflare:workers";

const ADDRESS = "http://store/";
const MAX_MANIFESTS = 2000;
const MAX_CACHED_BLOB = 512 * 1024;
const MAX_CACHED_BYTES = 64 * 1024 * 1024;

const MANIFESTS = new Map(); // version id -> manifest; least recently used first
const BLOBS = new Map(); // blob name -> ArrayBuffer; least recently used first
let cachedBytes = 0;

function recall(cache, key) {
  const value = cache.get(key);
  if (value !== undefined) {
    cache.delete(key);
    cache.set(key, value);
  }
  return value;
}

async function fetchFile(path) {
  const response = await processEnv.STORE.fetch(ADDRESS + path);
  if (response.ok) return response;
  await response.body?.cancel();
  if (response.status === 404) return null;
  throw new Error(`The store answered ${response.status} for ${path}.`);
}

async function readJson(path) {
  const response = await fetchFile(path);
  return response && response.json();
}

/** Of a file that is replaced. A read may be torn by that (the disk service looks at the size and opens the file in
 * two steps), so a second try is worth it. */
async function readReplaced(path) {
  try {
    return await readJson(path);
  } catch {
    return readJson(path);
  }
}

/**
 * Which version of the app is live, and which ones were before, the latest first.
 * @returns {Promise<{version: string, before?: string[]} | null>}
 */
export function readPointer(namespace, script) {
  return readReplaced(`ns/${namespace}/${script}.json`);
}

/** What edge_routes.py put under `key`, or null. */
export function readRoute(key) {
  return readReplaced(`routes/${key}`);
}

/**
 * @typedef {object} StoredAsset
 * @property {string} hash
 * @property {number} size
 * @property {string} type       as served in Content-Type
 * @property {string} [cache]    Cache-Control, when it is not the default
 * @property {number} [br]       size of the brotli sibling, when there is one
 * @property {string} [scripts]  the CSP hashes of a page's inline scripts
 *
 * @typedef {object} AssetsConfig
 * @property {string} html_handling
 * @property {string} not_found_handling
 * @property {boolean | string[]} [run_worker_first]  paths, "/api/*" with all below
 * @property {[from: string, to: string, status: number][]} [redirects]
 * @property {[path: string, set: Record<string, string>, unset: string[]][]} [headers]
 *
 * @typedef {object} Manifest
 * @property {string} app_id
 * @property {string} label      the version's number, for people
 * @property {Record<string, StoredAsset>} assets
 * @property {AssetsConfig} assets_config
 * @property {Record<string, {hash: string, type: string}>} modules
 * @property {string | null} main_module
 * @property {string} compatibility_date
 * @property {string[]} compatibility_flags
 * @property {{type: string, name: string, text?: string, json?: unknown, sealed?: string}[]} bindings
 */

/** @returns {Promise<Manifest>} */
export async function readManifest(version) {
  const manifest = await findManifest(version);
  if (!manifest) throw new Error(`Version ${version} is not in the store.`);
  return manifest;
}

/** @returns {Promise<Manifest | null>}  null when it was deleted */
export async function findManifest(version) {
  const known = recall(MANIFESTS, version);
  if (known) return known;
  const manifest = await readJson(`versions/${version}.json`);
  if (!manifest) return null;
  MANIFESTS.set(version, manifest);
  if (MANIFESTS.size > MAX_MANIFESTS) MANIFESTS.delete(MANIFESTS.keys().next().value);
  return manifest;
}

/** A blob by name: its hash, or its hash and ".br". */
export async function openBlob(name) {
  const response = await fetchFile(`blobs/${name.slice(0, 2)}/${name}`);
  if (!response) throw new Error(`Blob ${name} is not in the store.`);
  return response;
}

/** A blob's bytes, from memory when it is small; a stream otherwise. */
export async function blobBody(name, size) {
  if (size > MAX_CACHED_BLOB) return (await openBlob(name)).body;
  const known = recall(BLOBS, name);
  if (known) return known;
  const bytes = await (await openBlob(name)).arrayBuffer();
  cachedBytes += bytes.byteLength - (BLOBS.get(name)?.byteLength ?? 0); // somebody may have asked for it meanwhile
  BLOBS.set(name, bytes);
  while (cachedBytes > MAX_CACHED_BYTES) {
    const [oldest, dropped] = BLOBS.entries().next().value;
    BLOBS.delete(oldest);
    cachedBytes -= dropped.byteLength;
  }
  return bytes;
}
