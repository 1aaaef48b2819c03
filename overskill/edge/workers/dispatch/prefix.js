// Path routing: an app that believes it lives at "/" is shown under "/app/<name>/".

const ADDRESSES = ["href", "src", "action", "poster"];
const FOR_THE_WHOLE_ORIGIN = ["clear-site-data", "service-worker-allowed"]; // which is not this app's alone

class RootedAddresses {
  constructor(prefix) {
    this.prefix = prefix;
  }

  element(element) {
    for (const attribute of ADDRESSES) {
      const value = element.getAttribute(attribute);
      if (value?.startsWith("/") && !value.startsWith("//")) element.setAttribute(attribute, this.prefix + value);
    }
  }
}

function moveLocation(headers, prefix, url) {
  const location = headers.get("location");
  if (!location || !URL.canParse(location, url)) return;
  const target = new URL(location, url);
  if (target.origin === url.origin) headers.set("location", prefix + target.pathname + target.search + target.hash);
}

/** Keeps redirects and the page's addresses under `prefix`. `url` is the address as the app saw it. */
export function underPrefix(response, prefix, url) {
  moveLocation(response.headers, prefix, url);
  for (const name of FOR_THE_WHOLE_ORIGIN) response.headers.delete(name);
  const isHtml = (response.headers.get("content-type") ?? "").startsWith("text/html");
  if (!isHtml) return response;
  response.headers.delete("content-length");
  const etag = response.headers.get("etag");
  if (etag && !etag.startsWith("W/")) response.headers.set("etag", `W/${etag}`);
  if (!response.body) return response;

  const base = { element: (head) => head.prepend(`<base href="${prefix}/">`, { html: true }) };
  const selector = ADDRESSES.map((attribute) => `[${attribute}^="/"]`).join(", ");
  return new HTMLRewriter().on("head", base).on(selector, new RootedAddresses(prefix)).transform(response);
}
