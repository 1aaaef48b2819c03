// Private apps: who has a signed link (overskill/clients/edge_routes.py: sign_access) gets in, and a cookie with the
// link's signature until the link expires.

import { ownCookie, readCookie } from "./cookies.js";
import { problem } from "./pages.js";

const PARAMETER = "access";
const COOKIE = "access";
const LONGEST_TOKEN = 2000;

function fromBase64url(text) {
  return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (character) => character.charCodeAt(0));
}

/** When the token stops to open the app, in seconds since 1970; 0 if it does not. Anything unreadable does not. */
async function expiry(token, route, accessKey) {
  const [payload, signature, ...more] = token.split(".");
  if (!accessKey || !payload || !signature || more.length > 0 || token.length > LONGEST_TOKEN) return 0;
  try {
    const algorithm = { name: "HMAC", hash: "SHA-256" };
    const key = await crypto.subtle.importKey("raw", fromBase64url(accessKey), algorithm, false, ["verify"]);
    const signed = new TextEncoder().encode(`${route.environment}/${route.script}.${payload}`);
    if (!(await crypto.subtle.verify("HMAC", key, fromBase64url(signature), signed))) return 0;
    const { exp } = JSON.parse(new TextDecoder().decode(fromBase64url(payload)));
    return exp > Date.now() / 1000 ? exp : 0;
  } catch {
    return 0;
  }
}

/** To the same address without the link's parameter: it stays neither in the history nor in a referrer. */
function welcome(url, token, expires, place) {
  const clean = new URL(url);
  clean.searchParams.delete(PARAMETER);
  const path = clean.pathname.replace(/^\/{2,}/, "/"); // "//host" would lead away
  const maxAge = Math.floor(expires - Date.now() / 1000);
  const headers = {
    location: path + clean.search,
    "set-cookie": ownCookie(COOKIE, token, maxAge, place),
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
  };
  return new Response(null, { status: 303, headers });
}

/**
 * Null when the visitor may see the private app; else the answer that says why not, or that lets them in.
 *
 * @param {URL} url  the address as it was asked for
 * @param {{environment: string, script: string, prefix: string, isHttps: boolean}} route
 * @param {{access_key: string}} app
 */
export async function admit(request, url, route, app, settings) {
  const link = url.searchParams.get(PARAMETER);
  if (link !== null && (request.method === "GET" || request.method === "HEAD")) {
    const expires = await expiry(link, route, app.access_key);
    if (expires) return welcome(url, link, expires, route);
  }
  const token = readCookie(request.headers, COOKIE, route);
  if (token && (await expiry(token, route, app.access_key))) return null;
  return problem(link === null ? "private" : "expired", request, settings);
}
