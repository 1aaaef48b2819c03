// Private apps: who has a signed link (overskill/clients/edge_routes.py: sign_access) gets in, and a cookie with the
// link's signature until the link expires.

import { readCookie } from "./cookies.js";
import { problem } from "./pages.js";
import { linked, readSigned, welcome } from "./signed.js";

const PARAMETER = "access";
const COOKIE = "access";

/** When the token stops to open the app, in seconds since 1970; 0 if it does not. */
async function expiry(token, route, accessKey) {
  const exp = (await readSigned(token, route, accessKey))?.exp;
  return exp > Date.now() / 1000 ? exp : 0;
}

/**
 * Null when the visitor may see the private app; else the answer that says why not, or that lets them in.
 *
 * @param {URL} url  the address as it was asked for
 * @param {{environment: string, script: string, prefix: string, isHttps: boolean}} route
 * @param {{access_key: string}} app
 */
export async function admit(request, url, route, app, settings) {
  const token = linked(request, url, PARAMETER);
  if (token !== null) {
    const expires = await expiry(token, route, app.access_key);
    if (expires) return welcome(url, { parameter: PARAMETER, cookie: COOKIE, token, expires }, route);
  }
  const kept = readCookie(request.headers, COOKIE, route);
  if (kept && (await expiry(kept, route, app.access_key))) return null;
  return problem(url.searchParams.has(PARAMETER) ? "expired" : "private", request, settings);
}
