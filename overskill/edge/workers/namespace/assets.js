// Static assets with Cloudflare's semantics: html_handling "auto-trailing-slash", not_found_handling, ETags.
// tests/edge/test_parity.py holds it against workerd's own assets service.

import { blobBody } from "./store.js";

const DEFAULT_CACHE = "public, max-age=0, must-revalidate";

/** @typedef {import("./store.js").StoredAsset} StoredAsset */
/** @typedef {{asset: StoredAsset, status: number} | {redirect: string}} Hit */

function found(asset, status = 200) {
  return { asset, status };
}

function withoutSuffix(assets, path) {
  if (path.endsWith("/index.html")) return assets[path] && path.slice(0, -"index.html".length);
  if (path.endsWith("/index")) return assets[`${path}.html`] && path.slice(0, -"index".length);
  if (path.endsWith(".html")) return assets[path] && path.slice(0, -".html".length);
  return undefined;
}

/** As an address shows it. */
function encodePath(path) {
  return path.split("/").map(encodeURIComponent).join("/");
}

/**
 * The file that an address's path means, or where it should be asked for instead.
 * @returns {Hit | null}
 */
export function match(manifest, pathname) {
  const path = decodeURIComponent(pathname).replace(/\/{2,}/g, "/");
  const hit = find(manifest.assets, path);
  return hit && "asset" in hit && encodePath(path) !== pathname ? { redirect: path } : hit;
}

/** @returns {Hit | null} */
function find(assets, path) {
  const canonical = withoutSuffix(assets, path);
  if (canonical !== undefined) return { redirect: canonical };
  if (assets[path]) return found(assets[path]);
  if (path.endsWith("/")) {
    const index = assets[`${path}index.html`];
    if (index) return found(index);
    return path !== "/" && assets[`${path.slice(0, -1)}.html`] ? { redirect: path.slice(0, -1) } : null;
  }
  if (assets[`${path}.html`]) return found(assets[`${path}.html`]);
  return assets[`${path}/index.html`] ? { redirect: `${path}/` } : null;
}

function nearestErrorPage(assets, path) {
  for (let folder = path; folder; ) {
    folder = folder.slice(0, folder.lastIndexOf("/"));
    const page = assets[`${folder}/404.html`];
    if (page) return page;
  }
  return undefined;
}

/**
 * What answers when no file matched.
 * @returns {Hit | null}
 */
export function fallback(manifest, pathname) {
  const { assets, assets_config: config } = manifest;
  if (config.not_found_handling === "single-page-application") {
    return assets["/index.html"] ? found(assets["/index.html"]) : null;
  }
  if (config.not_found_handling === "404-page") {
    const page = nearestErrorPage(assets, decodeURIComponent(pathname));
    return page ? found(page, 404) : null;
  }
  return null;
}

function isUnchanged(request, etag) {
  const known = request.headers.get("if-none-match") ?? "";
  return known.split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag || tag.trim() === "*");
}

const BROTLI = /^\s*br\s*(?:;\s*q=(?!0(?:\.0*)?\s*$).*)?$/i; // but not "br;q=0"

/** A page that dispatch will rewrite has to arrive as it is. */
function wantsBrotli(request, asset) {
  if (!asset.br) return false;
  if (asset.type.startsWith("text/html") && request.headers.has("x-forwarded-prefix")) return false;
  const accepted = request.headers.get("accept-encoding") ?? "";
  return accepted.split(",").some((coding) => BROTLI.test(coding));
}

/** Answers with a hit of `match` or `fallback`. */
export async function serve(request, hit) {
  if (request.method !== "GET" && request.method !== "HEAD") return new Response(null, { status: 405 });
  if ("redirect" in hit) {
    const location = encodePath(hit.redirect) + new URL(request.url).search;
    return new Response(null, { status: 307, headers: { location } });
  }
  const { asset, status } = hit;
  const brotli = wantsBrotli(request, asset);
  const etag = `"${asset.hash}"`;
  const headers = new Headers({
    etag: brotli ? `W/${etag}` : etag,
    "content-type": asset.type,
    "cache-control": asset.cache ?? DEFAULT_CACHE,
  });
  if (asset.br) headers.set("vary", "accept-encoding");
  if (asset.scripts) headers.set("x-edge-scripts", asset.scripts);
  if (status === 200 && isUnchanged(request, etag)) return new Response(null, { status: 304, headers });

  const size = brotli ? asset.br : asset.size;
  if (brotli) headers.set("content-encoding", "br");
  headers.set("content-length", String(size));
  if (request.method === "HEAD") return new Response(null, { status, headers });
  const body = await blobBody(brotli ? `${asset.hash}.br` : asset.hash, size);
  return new Response(body, { status, headers, encodeBody: brotli ? "manual" : "automatic" });
}
