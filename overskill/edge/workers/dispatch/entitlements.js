// Apps that are sold. Who comes from their library with a signed entitlement (overskill/clients/edge_routes.py:
// sign_entitlement) gets in, and a cookie; app code needs no licence logic. And copies that are paid for by the month:
// they are served until what was paid has ended.

import { readCookie } from "./cookies.js";
import { problem } from "./pages.js";
import { linked, readSigned, welcome } from "./signed.js";

export const GRACE_SECONDS = 3 * 24 * 3600; // licenses.GRACE: a payment may be late, or the way to the library blocked
export const LINK_SECONDS = 600; // a link is followed at once: one that is passed on or found in a history opens nothing
const PARAMETER = "overskill_license";
const COOKIE = "license";

/** @typedef {{entitlement_key: string, listing: string, not_before: number, revoked: string[], until: number | null}} Terms */

/** Whether anything has to be looked at: for all other apps, nothing is. */
export function isLicensed(app) {
  return app.entitlement_key !== "" || app.until !== null;
}

/** Until when the token lets its holder in, in seconds since 1970; 0 if it does not. */
async function admittedUntil(token, route, app, now, longestAge = Infinity) {
  const { exp, iat, lic } = (await readSigned(token, route, app.entitlement_key)) ?? {};
  if (now - iat > longestAge) return 0;
  if (!Number.isFinite(exp) || !Number.isFinite(iat) || iat < app.not_before || app.revoked.includes(lic)) return 0;
  const until = exp + GRACE_SECONDS;
  return until > now ? until : 0;
}

/** Where to buy it, and the way in for who did: the library makes a fresh token of whoever is signed in there. */
function offers(app, siteUrl, { environment, script }) {
  const slug = encodeURIComponent(app.listing);
  const place = new URLSearchParams(); // which is its team's alone
  if (environment !== "production") place.set("place", environment);
  const beside = script.split("--")[1]; // "pr-12" of "habits--pr-12": no slug holds two hyphens in a row
  if (beside) place.set("beside", beside);
  const open = `${siteUrl}/library/open/${slug}`;
  return [
    [`${siteUrl}/apps/${slug}`, "See it on OverSkill"],
    [place.size ? `${open}?${place}` : open, "I have it already: open it"],
  ];
}

/**
 * Null when the app may be served to this visitor; else the answer that says why not, or that lets them in.
 *
 * @param {URL} url  the address as it was asked for
 * @param {{environment: string, script: string, prefix: string, isHttps: boolean}} route
 * @param {Terms} app
 */
export async function entitle(request, url, route, app, settings) {
  const now = Date.now() / 1000;
  const { siteUrl } = settings;
  if (app.until !== null && now >= app.until) {
    const links = siteUrl ? [[`${siteUrl}/library`, "Open your library"]] : [];
    return problem("lapsed", request, settings, { links });
  }
  if (!app.entitlement_key) return null;
  const token = linked(request, url, PARAMETER);
  if (token !== null) {
    const expires = await admittedUntil(token, route, app, now, LINK_SECONDS);
    if (expires) return welcome(url, { parameter: PARAMETER, cookie: COOKIE, token, expires }, route);
  }
  const kept = readCookie(request.headers, COOKIE, route);
  if (kept && (await admittedUntil(kept, route, app, now))) return null;
  return problem("sold", request, settings, { links: siteUrl ? offers(app, siteUrl, route) : [] });
}
