// Which hosts an app's own server code may call: the same rules at Cloudflare (outbound.js) and on one machine
// (namespace/host.js).

const WEB = new Set(["http:", "https:"]);

/**
 * @param {URL} url
 * @param {string[]} allowed  "api.example.com", with its port if that is not the protocol's own; "*.example.com" is
 *   every host below
 */
export function isAllowed({ protocol, host }, allowed) {
  if (!WEB.has(protocol)) return false;
  return allowed.some((entry) => (entry.startsWith("*.") ? host.endsWith(entry.slice(1)) : host === entry));
}

/** Makes the call, or says why not. The code's own fetch follows redirects, and each comes here again. */
export function callOut(request, allowed) {
  const url = new URL(request.url);
  if (isAllowed(url, allowed)) return fetch(new Request(request, { redirect: "manual" }));
  return new Response(`This app may not call ${url.host}.`, { status: 403 });
}

/** The list as the dispatch worker hands it on: parameters of outbound workers are text. */
export function readHosts(text) {
  return (text ?? "").split(",").filter(Boolean);
}
