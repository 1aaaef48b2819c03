// Tokens that overskill/clients/edge_routes.py signs for one app, and the cookie that a link with one turns into.

import { ownCookie } from "./cookies.js";

const LONGEST_TOKEN = 2000;

function fromBase64url(text) {
  return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (character) => character.charCodeAt(0));
}

/** What the token says, if this key signed it for this app; else null. Anything unreadable says nothing. */
export async function readSigned(token, { environment, script }, signingKey) {
  const [payload, signature, ...more] = token.split(".");
  if (!signingKey || !payload || !signature || more.length > 0 || token.length > LONGEST_TOKEN) return null;
  try {
    const algorithm = { name: "HMAC", hash: "SHA-256" };
    const key = await crypto.subtle.importKey("raw", fromBase64url(signingKey), algorithm, false, ["verify"]);
    const signed = new TextEncoder().encode(`${environment}/${script}.${payload}`);
    if (!(await crypto.subtle.verify("HMAC", key, fromBase64url(signature), signed))) return null;
    return JSON.parse(new TextDecoder().decode(fromBase64url(payload)));
  } catch {
    return null;
  }
}

/** The token in the address of a page that was opened by a link; null where there is none. */
export function linked(request, url, parameter) {
  return request.method === "GET" || request.method === "HEAD" ? url.searchParams.get(parameter) : null;
}

/**
 * To the same address without the link's parameter: it stays neither in the history nor in a referrer.
 *
 * @param {{parameter: string, cookie: string, token: string, expires: number}} link  `expires` in seconds since 1970
 */
export function welcome(url, { parameter, cookie, token, expires }, place) {
  const clean = new URL(url);
  clean.searchParams.delete(parameter);
  const path = clean.pathname.replace(/^\/{2,}/, "/"); // "//host" would lead away
  const headers = {
    location: path + clean.search,
    "set-cookie": ownCookie(cookie, token, Math.floor(expires - Date.now() / 1000), place),
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
  };
  return new Response(null, { status: 303, headers });
}
