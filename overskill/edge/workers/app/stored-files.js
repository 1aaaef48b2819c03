// Files that are no static assets: small ones in the script itself, large ones in the object store (env.FILES, an R2
// bucket). They are matched before the app's worker is asked, as static assets are.

const REVALIDATED = "public, max-age=0, must-revalidate";
const PAGE = "/index.html";

/**
 * @typedef {object} StoredFile
 * @property {string} hash
 * @property {number} size
 * @property {string} type
 * @property {string} [cache]
 * @property {string} [scripts]  the inline scripts that its Content-Security-Policy allows
 * @property {string} [body]     base64: it is in the script
 * @property {string} [key]      it is in the object store
 */

/** @returns {StoredFile | undefined} */
export function fileAt(pathname, files) {
  let path;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  const names = path.endsWith("/") ? [`${path}index.html`] : [path, `${path}.html`, `${path}/index.html`];
  return names.map((name) => (Object.hasOwn(files, name) ? files[name] : undefined)).find(Boolean);
}

function headersOf(file) {
  const headers = new Headers({
    "content-type": file.type,
    "cache-control": file.cache ?? REVALIDATED,
    etag: `"${file.hash}"`,
  });
  if (file.scripts) headers.set("x-edge-scripts", file.scripts);
  if (file.key) headers.set("accept-ranges", "bytes");
  return headers;
}

/** The first and last byte that are asked for; null for the whole file, or where the range makes no sense. */
export function rangeOf(request, size) {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(request.headers.get("range") ?? "") ?? [];
  if (first === undefined || (first === "" && last === "")) return null;
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1);
  return start <= end ? { start, end } : null;
}

async function fromStore(request, file, env, headers) {
  const condition = request.headers.get("if-range");
  const isUnchanged = condition === null || condition === headers.get("etag");
  const range = isUnchanged ? rangeOf(request, file.size) : null;
  const part = range && { offset: range.start, length: range.end - range.start + 1 };
  const object = await env.FILES.get(file.key, part ? { range: part } : {});
  if (!object) return new Response("This file is gone.", { status: 404, headers: { "cache-control": "no-store" } });
  headers.set("content-length", String(part ? part.length : file.size));
  if (range) headers.set("content-range", `bytes ${range.start}-${range.end}/${file.size}`);
  return new Response(object.body, { status: range ? 206 : 200, headers });
}

function decoded(base64) {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

async function answer(request, file, env) {
  if (request.method !== "GET" && request.method !== "HEAD") {
    return new Response(null, { status: 405, headers: { allow: "GET, HEAD" } });
  }
  const headers = headersOf(file);
  const known = (request.headers.get("if-none-match") ?? "").split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  if (known.includes(headers.get("etag"))) return new Response(null, { status: 304, headers });
  if (request.method === "HEAD") {
    headers.set("content-length", String(file.size));
    return new Response(null, { headers });
  }
  return file.key ? fromStore(request, file, env, headers) : new Response(decoded(file.body), { headers });
}

/** What an app without static assets finds behind `env.ASSETS`: its page, for every address that is no file's. */
function pages(files, env) {
  return {
    fetch(request) {
      const file = fileAt(new URL(request.url).pathname, files) ?? files[PAGE];
      return file ? answer(request, file, env) : new Response("Not found", { status: 404 });
    },
  };
}

/** @param {{app: {fetch: Function}, files: Record<string, StoredFile>}} parts */
export function serve(request, env, context, { app, files }) {
  const file = fileAt(new URL(request.url).pathname, files);
  if (file) return answer(request, file, env);
  const { FILES: _, ...visible } = env; // the bucket is not the app's alone
  return app.fetch(request, { ...visible, ASSETS: env.ASSETS ?? pages(files, env) }, context);
}
