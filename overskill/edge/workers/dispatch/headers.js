// What an app must not see of a request, and what its answers need although generated code forgets it.

// Path-routed apps share the site's host, and so its cookies. On https their names begin with __Host-, and a cookie
// without a name (`=overskill_session=x`) is sent back as if its value began with one.
const PLATFORM_COOKIE = /^[\s=]*(?:__host-|__secure-)?overskill_/i;
const INTERNAL = /^x-(?:edge-|forwarded-prefix$)/;
const DOCUMENT = /^(?:text\/html|application\/xhtml\+xml|image\/svg\+xml|(?:text|application)\/xml)/;
const SHARED_CACHES = ["cdn-cache-control", "cloudflare-cdn-cache-control", "surrogate-control"];
const YEAR = 31_536_000;

const ALWAYS = {
  "x-content-type-options": "nosniff",
};
const UNLESS_SET = {
  "referrer-policy": "strict-origin-when-cross-origin",
  "permissions-policy":
    "accelerometer=(), camera=(self), geolocation=(self), gyroscope=(), " +
    "magnetometer=(), microphone=(self), payment=(self), usb=()",
};

/** The headers an app may see, or null when the request's own will do. */
export function visibleHeaders(requestHeaders) {
  const cookies = requestHeaders.get("cookie");
  const platformCookies = cookies !== null && cookies.split(";").some((cookie) => PLATFORM_COOKIE.test(cookie));
  const internal = [...requestHeaders.keys()].filter((name) => INTERNAL.test(name));
  if (!platformCookies && internal.length === 0) return null;

  const headers = new Headers(requestHeaders);
  for (const name of internal) headers.delete(name);
  if (platformCookies) {
    const kept = cookies.split(";").filter((cookie) => !PLATFORM_COOKIE.test(cookie));
    if (kept.length > 0) headers.set("cookie", kept.map((cookie) => cookie.trim()).join("; "));
    else headers.delete("cookie");
  }
  return headers;
}

/** No cache but the visitor's own may keep this answer: another visitor would get another one. */
export function keepPrivate(headers) {
  for (const name of SHARED_CACHES) headers.delete(name);
  const directives = (headers.get("cache-control") ?? "max-age=0, must-revalidate").split(",");
  const kept = directives.map((part) => part.trim()).filter((part) => !/^(?:public|private$|s-maxage)/i.test(part));
  headers.set("cache-control", ["private", ...kept].join(", "));
  if (!/\bcookie\b/i.test(headers.get("vary") ?? "")) headers.append("vary", "cookie");
}

/** The response, with headers that can be changed. A copy only where it must be: copying drops a stored encoding. */
export function withOwnHeaders(response) {
  try {
    response.headers.delete("x-edge-none");
    return response;
  } catch {
    return new Response(response.body, response);
  }
}

/** An app's answer may set any cookie but ours. */
export function dropPlatformCookies(headers) {
  const cookies = headers.getSetCookie();
  if (!cookies.some((cookie) => PLATFORM_COOKIE.test(cookie))) return;
  headers.delete("set-cookie");
  for (const cookie of cookies) if (!PLATFORM_COOKIE.test(cookie)) headers.append("set-cookie", cookie);
}

/** Inline styles are allowed; scripts are the app's own files and the inline ones it was published with. */
function contentSecurityPolicy(scriptHashes, { siteUrl, frameAncestors }) {
  return [
    "default-src 'self'",
    `script-src 'self' 'wasm-unsafe-eval' ${scriptHashes}`.trimEnd(),
    "style-src 'self' 'unsafe-inline' https:",
    "img-src 'self' data: blob: https:",
    "font-src 'self' data: https:",
    "media-src 'self' data: blob: https:",
    `connect-src 'self' https: wss: ${siteUrl}`.trimEnd(),
    "frame-src 'self' https:",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self' https:",
    `frame-ancestors ${frameAncestors}`,
  ].join("; ");
}

/**
 * @param {Headers} headers    of the answer; changed in place
 * @param {{siteUrl: string, frameAncestors: string, isHttps: boolean}} facts
 */
export function secure(headers, facts) {
  const scriptHashes = headers.get("x-edge-scripts") ?? "";
  headers.delete("x-edge-scripts");
  for (const [name, value] of Object.entries(ALWAYS)) headers.set(name, value);
  for (const [name, value] of Object.entries(UNLESS_SET)) if (!headers.has(name)) headers.set(name, value);
  if (DOCUMENT.test(headers.get("content-type") ?? "") && !headers.has("content-security-policy")) {
    headers.set("content-security-policy", contentSecurityPolicy(scriptHashes, facts));
  }
  if (facts.isHttps) headers.set("strict-transport-security", `max-age=${YEAR}`);
}
