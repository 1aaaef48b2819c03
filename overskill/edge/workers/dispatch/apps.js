// One request of one app: who may see it, how much of it, which variant, and what it answered.

import { admit } from "./access.js";
import { chooseVariant, isHashed, otherThan, scriptOf, wasInTrial } from "./canary.js";
import { entitle, isLicensed } from "./entitlements.js";
import { dropPlatformCookies, keepPrivate, visibleHeaders, withOwnHeaders } from "./headers.js";
import { imageAsked, madeToFit } from "./images.js";
import { BodyTooLarge, takeToken, withinLimit } from "./limits.js";
import { problem } from "./pages.js";
import { underPrefix } from "./prefix.js";

const BURST_SECONDS = 5;
const DEFAULTS = {
  private: false,
  access_key: "",
  maintenance: "",
  taken_down: false,
  canary: 0,
  rate: null,
  max_body: null,
  egress: [],
  entitlement_key: "",
  listing: "",
  not_before: 0,
  revoked: [],
  until: null,
};

/**
 * @typedef {object} AppRoute  overskill/clients/edge_routes.py
 * @property {boolean} private
 * @property {string} access_key
 * @property {string} maintenance
 * @property {boolean} taken_down     by the staff
 * @property {number} canary           percent
 * @property {number | null} rate      requests a second
 * @property {number | null} max_body  bytes
 * @property {string[]} egress         hosts that its server code may call
 * @property {string} entitlement_key  of an app that is sold
 * @property {string} listing          the slug of where it is sold
 * @property {number} not_before       seconds since 1970: what was signed before lets nobody in
 * @property {string[]} revoked        licences that let nobody in
 * @property {number | null} until     seconds since 1970: from then on it is not served
 */

/** @returns {Promise<AppRoute>} */
export async function appRoute({ environment, script }, env, settings) {
  const key = `app/${environment}/${script}`;
  return { ...DEFAULTS, ...(await env.ROUTES?.get(key, { type: "json", cacheTtl: settings.routesTtl })) };
}

/** Cloudflare tells what went wrong by an exception's text; the embedded host uses the same words. */
function problemOf(error) {
  if (error instanceof BodyTooLarge) return "tooLarge";
  const message = String(error?.message);
  if (message.startsWith("Worker not found")) return "absent";
  if (message.startsWith("Worker paused")) return "paused";
  if (/timed out|stopped answering|exceeded/i.test(message)) return "slow";
  return "failed";
}

/** The request as the app may see it. */
async function visibleRequest(request, appUrl, route, maxBody) {
  let asked = await withinLimit(request, maxBody);
  const headers = visibleHeaders(asked.headers);
  if (headers) asked = new Request(asked, { headers });
  if (route.prefix) {
    asked = new Request(appUrl, asked);
    asked.headers.set("x-forwarded-prefix", route.prefix);
  }
  return asked;
}

/** Asks the visitor's variant; the other one where that has no such script, or not the hashed file. */
async function askVariant(asked, appUrl, variant, ask) {
  const again = asked.body ? asked.clone() : asked;
  try {
    const response = await ask(variant, asked);
    if (response.status !== 404 || !isHashed(appUrl.pathname)) return { response, variant };
    const other = await ask(otherThan(variant), again).catch(() => null);
    return other?.ok ? { response: other, variant: otherThan(variant) } : { response, variant };
  } catch (error) {
    if (variant === "stable" || problemOf(error) !== "absent") throw error;
    return { response: await ask("stable", again), variant: "stable" };
  }
}

/** An app's answer, which we may add to. A WebSocket's is passed on as it is. */
function received(response) {
  if (response.status === 101) return response;
  const own = withOwnHeaders(response);
  dropPlatformCookies(own.headers);
  return own;
}

async function askApp(request, appUrl, route, { app, variant }, env, settings) {
  const namespace = env[`NAMESPACE_${route.environment.toUpperCase()}`];
  const limits = { cpuMs: settings.cpuMs, subRequests: settings.subRequests };
  const asked = await visibleRequest(request, appUrl, route, app.max_body ?? settings.maxBodyBytes);
  const outbound = { EGRESS: app.egress.join(",") }; // for outbound/outbound.js
  const ask = (which, what) => namespace.get(scriptOf(route.script, which), {}, { limits, outbound }).fetch(what);
  // Who was in a canary that has ended may have its page open still.
  const hasTwo = app.canary > 0 || wasInTrial(request, route);
  if (!hasTwo) return { response: received(await ask(variant, asked)), variant };
  const answered = await askVariant(asked, appUrl, variant, ask);
  return { response: received(answered.response), variant: answered.variant };
}

/** Tells the visitor which variant they got, and no shared cache. */
function mark(headers, variant, cookie, appUrl) {
  headers.set("x-app-variant", variant);
  if (isHashed(appUrl.pathname)) return;
  keepPrivate(headers);
  if (cookie) headers.append("set-cookie", cookie);
}

function rateOf(app, settings) {
  if (app.rate === null) return settings.rate;
  return { perSecond: app.rate, burst: app.rate * BURST_SECONDS };
}

/** What is wanted of a picture, and whose it is. */
function placed({ asked, width }, { environment, script }, variant) {
  return { asked, width, place: `${environment}/${scriptOf(script, variant)}` };
}

function count(usage, request, { environment, script }, { response, variant, started }) {
  usage?.writeDataPoint({
    indexes: [script],
    blobs: [environment, request.method, String(response.status), variant],
    doubles: [1, Date.now() - started, Number(response.headers.get("content-length") ?? 0)],
  });
}

/** What an app answers, or the page that says why it does not, counted. */
async function visit(request, appUrl, route, app, env, settings) {
  const started = Date.now();
  const chosen = app.canary > 0 ? chooseVariant(request, app.canary, route) : { variant: "stable", cookie: "" };
  let { variant } = chosen; // what fails is counted for it
  const image = imageAsked(request, appUrl);
  const file = image ?? { request, url: appUrl };
  let response;
  let isThere = true;
  try {
    ({ response, variant } = await askApp(file.request, file.url, route, { app, variant }, env, settings));
    if (image) response = await madeToFit(request, response, placed(image, route, variant), env);
  } catch (error) {
    const kind = problemOf(error);
    if (kind === "failed" || kind === "slow") {
      console.error(`${route.environment}/${scriptOf(route.script, variant)} failed: ${error?.stack ?? error}`);
    }
    isThere = kind !== "absent"; // anybody can make up names, more than can be counted
    response = problem(kind, request, settings);
  }
  if (isThere) count(env.USAGE, request, route, { response, variant, started });
  if (app.canary > 0 && response.status !== 101) mark(response.headers, variant, chosen.cookie, file.url);
  return response;
}

function marketplace({ siteUrl }) {
  return siteUrl ? [[`${siteUrl}/explore`, "Explore the marketplace"]] : [];
}

/**
 * @param {URL} url     the address as it was asked for
 * @param {URL} appUrl  the same as the app sees it
 * @param {AppRoute} app
 */
export async function answer(request, { url, appUrl, route, app }, env, settings) {
  if (!takeToken(`${route.environment}/${route.script}`, rateOf(app, settings))) {
    return problem("busy", request, settings);
  }
  const refused = app.private ? await admit(request, url, route, app, settings) : null;
  if (refused) return refused;
  if (app.taken_down) return problem("takenDown", request, settings, { links: marketplace(settings) });
  const unpaid = isLicensed(app) ? await entitle(request, url, route, app, settings) : null;
  if (unpaid) return unpaid;
  if (app.maintenance) return problem("maintenance", request, settings, { words: app.maintenance });
  const response = await visit(request, appUrl, route, app, env, settings);
  if (response.status === 101) return response;
  if (app.private || app.entitlement_key) {
    keepPrivate(response.headers);
    response.headers.set("x-robots-tag", "noindex");
  }
  return route.prefix ? underPrefix(response, route.prefix, appUrl) : response;
}
