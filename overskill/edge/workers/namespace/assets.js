// Static assets with Cloudflare's semantics: which file, with which headers, whole or in part.

import { find, findInstead } from "./html.js";
import { part, rangeOf } from "./ranges.js";
import { redirected, withRules } from "./rules.js";
import { blobBody } from "./store.js";

const DEFAULT_CACHE = "public, max-age=0, must-revalidate";

/** @typedef {import("./html.js").Hit} Hit */

function decoded(pathname) {
  return decodeURIComponent(pathname).replace(/\/{2,}/g, "/");
}

/** As an address shows it. */
function encodePath(path) {
  return path.split("/").map(encodeURIComponent).join("/");
}

/** A file has one address: characters that may be encoded or not are sent to where they are. */
function atItsAddress(hit, path, pathname) {
  return hit && "asset" in hit && encodePath(path) !== pathname ? { redirect: path } : hit;
}

function isUnchanged(request, etag) {
  const known = request.headers.get("if-none-match") ?? "";
  return known.split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag || tag.trim() === "*");
}

const BROTLI = /^\s*br\s*(?:;\s*q=(?!0(?:\.0*)?\s*$).*)?$/i; // but not "br;q=0"

/** A page that dispatch will rewrite has to arrive as it is, and a part is one of the file itself. */
function wantsBrotli(request, asset) {
  if (!asset.br || request.headers.has("range")) return false;
  if (asset.type.startsWith("text/html") && request.headers.has("x-forwarded-prefix")) return false;
  const accepted = request.headers.get("accept-encoding") ?? "";
  return accepted.split(",").some((coding) => BROTLI.test(coding));
}

function headersOf(asset, etag) {
  const headers = new Headers({
    etag,
    "content-type": asset.type,
    "cache-control": asset.cache ?? DEFAULT_CACHE,
    "accept-ranges": "bytes",
  });
  if (asset.br) headers.set("vary", "accept-encoding");
  if (asset.scripts) headers.set("x-edge-scripts", asset.scripts);
  return headers;
}

async function servePart(asset, range, headers) {
  if (range === null) {
    headers.set("content-range", `bytes */${asset.size}`);
    return new Response(null, { status: 416, headers });
  }
  headers.set("content-range", `bytes ${range.first}-${range.last}/${asset.size}`);
  headers.set("content-length", String(range.last - range.first + 1));
  return new Response(part(await blobBody(asset.hash, asset.size), range), { status: 206, headers });
}

async function serveFile(request, { asset, status }) {
  const brotli = wantsBrotli(request, asset);
  const etag = `"${asset.hash}"`;
  const headers = headersOf(asset, brotli ? `W/${etag}` : etag);
  if (status === 200) {
    if (isUnchanged(request, etag)) return new Response(null, { status: 304, headers });
    const range = rangeOf(request, asset.size, etag);
    if (range !== "whole") return servePart(asset, range, headers);
  }
  const size = brotli ? asset.br : asset.size;
  if (brotli) headers.set("content-encoding", "br");
  headers.set("content-length", String(size));
  if (request.method === "HEAD") return new Response(null, { status, headers });
  const body = await blobBody(brotli ? `${asset.hash}.br` : asset.hash, size);
  return new Response(body, { status, headers, encodeBody: brotli ? "manual" : "automatic" });
}

function serve(request, hit, search) {
  if (request.method !== "GET" && request.method !== "HEAD") return new Response(null, { status: 405 });
  if ("asset" in hit) return serveFile(request, hit);
  return new Response(null, { status: 307, headers: { location: encodePath(hit.redirect) + search } });
}

/** A file of a version that was live before; null when it has none at this path. */
export async function answerWithExactFile(request, { assets }) {
  const asset = assets[decoded(new URL(request.url).pathname)];
  return asset ? serve(request, { asset, status: 200 }, "") : null;
}

/**
 * What the files of a version answer, or null when they leave it to somebody else.
 *
 * @param {import("./store.js").Manifest} manifest
 * @param {{withFallback: boolean}} options  whether not_found_handling answers what no file does
 */
export async function answerWithFiles(request, { assets, assets_config: config }, { withFallback }) {
  const url = new URL(request.url);
  const rule = redirected(config, url);
  if (rule && "location" in rule) {
    const { status, location } = rule;
    return withRules(new Response(null, { status, headers: { location } }), config, url);
  }
  const pathname = rule ? rule.rewritten : url.pathname;
  const path = decoded(pathname);
  const hit = find(assets, path, config.html_handling) ??
    (withFallback ? findInstead(assets, path, config.not_found_handling) : null);
  if (hit) return withRules(await serve(request, atItsAddress(hit, path, pathname), url.search), config, url);
  return rule ? new Response(null, { status: 404 }) : null;
}
