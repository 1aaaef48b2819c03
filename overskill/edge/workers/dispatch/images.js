// Pictures made to fit: `/_image/<width>/<path>` is the app's own picture at `<path>`, no wider than asked for, in the
// smallest format that the browser understands. docs/pictures.md tells creators; docs/decisions/0035 says why.

import { BodyTooLarge, readWithin } from "./limits.js";

const ADDRESS = /^(\/_image\/(\d{1,5}))(\/.+)$/;
const WIDTHS = [64, 128, 256, 384, 512, 640, 828, 1080, 1280, 1600, 1920, 2560]; // a picture has no more sizes than these
const FITTED = new Set(["image/jpeg", "image/png", "image/webp", "image/avif"]);
const QUALITY = { "image/avif": 50, "image/webp": 75, "image/jpeg": 78, "image/png": 100 };
const LARGEST = 10 * 1024 * 1024;
const MOST_HELD = 64 * 1024 * 1024;
const A_LITTLE_LATER = "public, max-age=60"; // when it could not be done now
const KEPT = "public, max-age=31536000, immutable";
const OF_A_PART = ["range", "if-range", "if-none-match", "if-modified-since"];

let held = 0; // bytes of originals that this isolate works on

/**
 * What is asked of the app when a picture of it is asked for in a width; null for everything else.
 *
 * @param {URL} appUrl  the address as the app would see it
 * @returns {{asked: string, width: number, url: URL, request: Request} | null}
 */
export function imageAsked(request, appUrl) {
  const [, asked, pixels, path] = ADDRESS.exec(appUrl.pathname) ?? [];
  if (!path || (request.method !== "GET" && request.method !== "HEAD")) return null;
  const url = new URL(appUrl.origin + path);
  const headers = new Headers(request.headers);
  for (const name of OF_A_PART) headers.delete(name);
  const width = WIDTHS.find((listed) => listed >= Number(pixels)) ?? WIDTHS.at(-1);
  return { asked, width, url, request: new Request(url, { headers, redirect: "manual" }) };
}

function typeOf(response) {
  return (response.headers.get("content-type") ?? "").split(";")[0].trim().toLowerCase();
}

/** The best of what the browser says it takes; without a word of it, what every browser takes. */
function formatFor(request, type) {
  const accepted = request.headers.get("accept") ?? "";
  for (const format of ["image/avif", "image/webp"]) if (accepted.includes(format)) return format;
  return type === "image/png" ? type : "image/jpeg";
}

function tagOf(headers) {
  return (headers.get("etag") ?? "").replace(/^W\//, "").replaceAll('"', "");
}

function isKnown(request, etag) {
  const known = (request.headers.get("if-none-match") ?? "").split(",");
  return known.some((tag) => tag.trim().replace(/^W\//, "") === etag.replace(/^W\//, ""));
}

/** `body` with these headers, unless the visitor has it or asked for the headers alone. */
function answered(request, body, headers) {
  const etag = headers.get("etag");
  if (!etag || !isKnown(request, etag)) {
    return new Response(request.method === "HEAD" ? null : body, { headers });
  }
  headers.delete("content-length");
  return new Response(null, { status: 304, headers });
}

async function asItIs(request, original) {
  const response = answered(request, original.body, original.headers);
  if (response.body === null) await original.body?.cancel();
  return response;
}

function notAPicture(original) {
  const headers = new Headers({ "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
  for (const name of ["x-app-id", "x-app-version"]) if (original.headers.has(name)) headers.set(name, original.headers.get(name));
  return new Response("There is no picture at this address.", { status: 404, headers });
}

/** The headers of the original, for another picture. Another build of an encoder makes other bytes: the tag is weak. */
function headersOf(original, width, format) {
  const headers = new Headers(original.headers);
  for (const name of ["content-length", "accept-ranges"]) headers.delete(name);
  headers.set("content-type", format);
  headers.set("etag", `W/"${tagOf(original.headers)}-${width}.${format.slice("image/".length)}"`);
  return headers;
}

async function fitted(content, width, format, images) {
  const drawn = images.input(new Response(content).body).transform({ width, fit: "scale-down" });
  const output = await drawn.output({ format, quality: QUALITY[format] });
  return output.response().arrayBuffer();
}

/** What the cache of Cloudflare has, or what `make` gives. On one machine the service keeps its own (edge/images.py). */
async function remembered(key, isKept, make) {
  if (!isKept) return make();
  const known = await caches.default.match(key);
  if (known) return known.arrayBuffer();
  const made = await make();
  await caches.default.put(key, new Response(made, { headers: { "cache-control": KEPT } }));
  return made;
}

/** Its bytes; null when it says nothing of its size and turns out too large. Then its body can be read still. */
async function contentOf(original) {
  if (original.headers.has("content-length")) return original.arrayBuffer();
  try {
    return await readWithin(original.clone().body, LARGEST);
  } catch (error) {
    if (error instanceof BodyTooLarge) return null;
    throw error;
  }
}

async function fit(request, original, { width, place }, env) {
  const format = formatFor(request, typeOf(original));
  const headers = headersOf(original, width, format);
  if (isKnown(request, headers.get("etag"))) {
    await original.body?.cancel();
    return answered(request, null, headers);
  }
  const content = await contentOf(original);
  if (content === null) return asItIs(request, original);
  const key = `https://images.invalid/${place}/${encodeURIComponent(headers.get("etag"))}`;
  let made;
  try {
    made = await remembered(key, env.KEEPS_IMAGES === "true", () => fitted(content, width, format, env.IMAGES));
  } catch (error) {
    console.warn(`${place}: a picture was not made to fit: ${error?.message ?? error}`);
    const later = new Headers(original.headers);
    later.set("cache-control", A_LITTLE_LATER);
    return answered(request, content, later);
  }
  if (made.byteLength >= content.byteLength) return answered(request, content, original.headers);
  headers.set("content-length", String(made.byteLength));
  return answered(request, made, headers);
}

/** A file that has another address is asked for there in the same width. */
function sentOn(original, { asked }) {
  const location = original.headers.get("location");
  if (location?.startsWith("/")) original.headers.set("location", asked + location);
  return original;
}

/**
 * The app's picture in the asked width; as it is where that can't be done or would not be smaller.
 *
 * @param {Response} original  what the app answered; its headers can be changed
 * @param {{asked: string, width: number, place: string}} wanted  `place` is the app's: no other's picture is found
 */
export async function madeToFit(request, original, wanted, env) {
  if (!original.ok) return sentOn(original, wanted);
  const type = typeOf(original);
  if (!type.startsWith("image/")) {
    await original.body?.cancel();
    return notAPicture(original);
  }
  if (!FITTED.has(type) || !env.IMAGES) return asItIs(request, original);
  original.headers.append("vary", "accept");
  const size = Number(original.headers.get("content-length") ?? LARGEST);
  if (!tagOf(original.headers) || size > LARGEST) return asItIs(request, original);
  if (held + size > MOST_HELD) {
    original.headers.set("cache-control", A_LITTLE_LATER);
    return asItIs(request, original);
  }
  held += size;
  try {
    return await fit(request, original, wanted, env);
  } finally {
    held -= size;
  }
}
