// Which app, in which environment, does this address name?

/**
 * @typedef {object} Route
 * @property {string} script       the app's slug
 * @property {"preview"|"staging"|"production"} environment
 * @property {string} prefix       "" by subdomain, "/app/<label>" by path
 * @property {boolean} bare        the path is the prefix without the slash that must follow it
 */

const SCRIPT = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const LABEL = /^(?:(preview|staging)--)?(.+)$/;
const APP_PATH = /^\/app\/([^/]+)(\/.*)?$/;

/** @returns {{script: string, environment: Route["environment"]} | null} */
function readLabel(label) {
  const [, environment = "production", script] = LABEL.exec(label) ?? [];
  return SCRIPT.test(script) ? { script, environment } : null;
}

/** `name.<base>`, `preview--name.<base>`, `staging--name.<base>` */
function bySubdomain(hostname, baseDomains) {
  for (const base of baseDomains) {
    if (!hostname.endsWith(`.${base}`)) continue;
    const label = hostname.slice(0, -base.length - 1);
    const app = label === "www" ? null : readLabel(label);
    if (app) return { ...app, prefix: "", bare: false };
  }
  return null;
}

/** `/app/name/…`, `/app/preview--name/…`, `/app/staging--name/…`, on every other host */
function byPath(pathname) {
  const [match, label, rest] = APP_PATH.exec(pathname) ?? [];
  const app = match && readLabel(label);
  return app ? { ...app, prefix: `/app/${label}`, bare: rest === undefined } : null;
}

/**
 * @param {URL} url
 * @param {string[]} baseDomains
 * @returns {Route | null}
 */
export function routeOf(url, baseDomains) {
  return bySubdomain(url.hostname.toLowerCase(), baseDomains) ?? byPath(url.pathname);
}

export function isWellFormed(pathname) {
  try {
    decodeURIComponent(pathname);
    return true;
  } catch {
    return false;
  }
}
