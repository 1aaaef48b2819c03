// The one dispatch worker: every request of every published app comes in here. The same bytes run on Cloudflare
// (bindings NAMESPACE_* are dispatch namespaces) and on one machine (namespace/host.js hands it the same interface).

import { secure, visibleHeaders, withOwnHeaders } from "./headers.js";
import { BodyTooLarge, takeToken, withinLimit } from "./limits.js";
import { landing, problem } from "./pages.js";
import { underPrefix } from "./prefix.js";
import { isWellFormed, routeOf } from "./routing.js";

/** The worker's settings, with a default for each: bindings are text on Cloudflare. */
function readSettings(env) {
  return {
    baseDomains: (env.BASE_DOMAINS ?? "localhost").split(",").filter(Boolean),
    siteUrl: env.SITE_URL ?? "",
    siteHost: env.SITE_HOST ?? "",
    frameAncestors: env.FRAME_ANCESTORS ?? "'self'",
    trustsProxy: env.TRUSTS_PROXY === "true",
    rate: { perSecond: Number(env.REQUESTS_PER_SECOND ?? 200), burst: Number(env.REQUEST_BURST ?? 1000) },
    maxBodyBytes: Number(env.MAX_BODY_BYTES ?? 10 * 1024 * 1024),
    cpuMs: Number(env.CPU_MS ?? 50),
    subRequests: Number(env.SUBREQUESTS ?? 20),
  };
}

/** Cloudflare tells what went wrong by an exception's text; the embedded host uses the same words. */
function problemOf(error) {
  const message = String(error?.message);
  if (message.startsWith("Worker not found")) return 404;
  if (/timed out|stopped answering|exceeded/i.test(message)) return 504;
  return 500;
}

async function askApp(request, url, route, env, settings) {
  const namespace = env[`NAMESPACE_${route.environment.toUpperCase()}`];
  const limits = { cpuMs: settings.cpuMs, subRequests: settings.subRequests };
  let asked = await withinLimit(request, settings.maxBodyBytes);
  const headers = visibleHeaders(asked.headers);
  if (headers) asked = new Request(asked, { headers });
  if (route.prefix) {
    asked = new Request(url, asked);
    asked.headers.set("x-forwarded-prefix", route.prefix);
  }
  return namespace.get(route.script, {}, { limits }).fetch(asked);
}

function count(env, route, request, status, milliseconds) {
  env.USAGE?.writeDataPoint({
    indexes: [route.script],
    blobs: [route.environment, request.method, String(status)],
    doubles: [1, milliseconds],
  });
}

/** The app's answer, or the page that says why there is none. */
async function answer(request, url, route, env, settings) {
  if (!takeToken(`${route.environment}/${route.script}`, settings.rate)) return problem(429, request, settings);
  let response;
  try {
    response = await askApp(request, url, route, env, settings);
  } catch (error) {
    if (error instanceof BodyTooLarge) return problem(413, request, settings);
    const status = problemOf(error);
    if (status !== 404) console.error(`${route.environment}/${route.script} failed: ${error?.stack ?? error}`);
    return problem(status, request, settings);
  }
  if (response.status === 101) return response;
  const own = withOwnHeaders(response);
  return route.prefix ? underPrefix(own, route.prefix, url) : own;
}

/** At addresses that are no app's. */
function ownAnswer(request, url, settings) {
  switch (url.pathname) {
    case "/":
      return landing(settings);
    case "/__health":
      return Response.json({ ok: true }, { headers: { "cache-control": "no-store" } });
    case "/favicon.ico": // browsers ask for it on behalf of apps under a path
      return new Response(null, { status: 204, headers: { "cache-control": "public, max-age=86400" } });
    default:
      return problem(404, request, settings);
  }
}

export default {
  async fetch(request, env) {
    const settings = readSettings(env);
    const url = new URL(request.url);
    if (!isWellFormed(url.pathname)) return problem(400, request, settings);
    const route = routeOf(url, settings);
    if (!route) return ownAnswer(request, url, settings);
    if (route.bare) {
      return new Response(null, { status: 308, headers: { location: `${route.prefix}/${url.search}` } });
    }
    const appUrl = new URL(url);
    if (route.prefix) appUrl.pathname = url.pathname.slice(route.prefix.length);

    const started = Date.now();
    const response = await answer(request, appUrl, route, env, settings);
    count(env, route, request, response.status, Date.now() - started);
    if (response.status === 101) return response;

    const forwardedHttps = settings.trustsProxy && request.headers.get("x-forwarded-proto") === "https";
    secure(response.headers, { ...settings, isHttps: url.protocol === "https:" || forwardedHttps });
    if (!response.headers.has("x-app-id")) response.headers.set("x-app-id", route.script);
    response.headers.set("x-app-env", route.environment);
    return response;
  },
};
