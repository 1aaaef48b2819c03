// The dispatcher's own cookies. Their names begin with overskill_, so that apps neither see nor set them (headers.js).

/** On https the prefix binds a cookie to exactly this host: no app on a sibling's can plant it. */
function fullName(name, { isHttps, prefix }) {
  if (!isHttps) return `overskill_${name}`;
  return `${prefix ? "__Secure-" : "__Host-"}overskill_${name}`;
}

/** @param {{isHttps: boolean, prefix: string}} place */
export function readCookie(headers, name, place) {
  const wanted = `${fullName(name, place)}=`;
  const cookies = (headers.get("cookie") ?? "").split(";").map((cookie) => cookie.trim());
  return cookies.find((cookie) => cookie.startsWith(wanted))?.slice(wanted.length) ?? "";
}

/** A Set-Cookie for this host alone; of an app under a path, for that path. */
export function ownCookie(name, value, maxAge, place) {
  const parts = [`${fullName(name, place)}=${value}`, `Path=${place.prefix || "/"}`, `Max-Age=${maxAge}`];
  parts.push("HttpOnly", "SameSite=Lax");
  if (place.isHttps) parts.push("Secure");
  return parts.join("; ");
}
