// The one dispatch worker: every request of every published app comes in here. The same bytes run on Cloudflare
// (bindings NAMESPACE_* are dispatch namespaces) and on one machine (namespace/host.js hands it the same interface).

import { answer, appRoute } from "./apps.js";
import { secure } from "./headers.js";
import { landing, problem } from "./pages.js";
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
    routesTtl: Number(env.ROUTES_TTL ?? 60), // seconds; Workers KV takes no less
  };
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
      return problem("absent", request, settings);
  }
}

/** Where the address leads, and how that app is served; null if it is no app's. */
async function lookUp(url, env, settings) {
  const route = await routeOf(url, settings, env.ROUTES);
  if (!route || route.redirect || route.bare) return { route, app: null };
  return { route, app: await appRoute(route, env, settings) };
}

/** To the same page elsewhere: a domain's other spelling, or an app's path with its slash. */
function sentOn(url, route) {
  const target = new URL(url);
  if (route.redirect) target.hostname = route.redirect;
  const path = route.redirect ? `//${target.host}${url.pathname}` : `${route.prefix}/`;
  return new Response(null, { status: 308, headers: { location: path + url.search } });
}

async function serve(request, env, settings) {
  const url = new URL(request.url);
  if (!isWellFormed(url.pathname)) return problem("unreadable", request, settings);
  let found;
  try {
    found = await lookUp(url, env, settings);
  } catch (error) {
    console.error(`The routes can't be read: ${error?.stack ?? error}`);
    return problem("unsure", request, settings); // a private app must not be shown because we can't tell
  }
  const { route, app } = found;
  if (!route) return ownAnswer(request, url, settings);
  if (!app) return sentOn(url, route);

  const forwardedHttps = settings.trustsProxy && request.headers.get("x-forwarded-proto") === "https";
  route.isHttps = url.protocol === "https:" || forwardedHttps;
  const appUrl = new URL(url);
  if (route.prefix) appUrl.pathname = url.pathname.slice(route.prefix.length);
  const response = await answer(request, { url, appUrl, route, app }, env, settings);
  if (response.status === 101) return response;
  secure(response.headers, { ...settings, isHttps: route.isHttps });
  if (!response.headers.has("x-app-id")) response.headers.set("x-app-id", route.script);
  response.headers.set("x-app-env", route.environment);
  return response;
}

export default {
  fetch(request, env) {
    return serve(request, env, readSettings(env));
  },
};
