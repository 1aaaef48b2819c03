// Which app, in which environment, does this address name?

import { SUFFIX } from "./canary.js";

/**
 * @typedef {object} Route
 * @property {string} script       the app's slug
 * @property {"preview"|"staging"|"production"} environment
 * @property {string} prefix       "" by subdomain, "/app/<label>" by path
 * @property {boolean} bare        the path is the prefix without the slash that must follow it
 * @property {string} [redirect]   the host that should be asked instead
 */

const SCRIPT = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const LABEL = /^(?:(preview|staging)--)?(.+)$/;
const DOMAIN = /^(?=.*[a-z])[a-z0-9-]+(?:\.[a-z0-9-]+)+$/; // no address by number
const APP_PATH = /^\/app\/([^/]+)(\/.*)?$/;

/** @returns {{script: string, environment: Route["environment"]} | null} */
function readLabel(label) {
  const [, environment = "production", script] = LABEL.exec(label) ?? [];
  return SCRIPT.test(script) && !script.endsWith(SUFFIX) ? { script, environment } : null;
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

/** `/app/name/…`, `/app/preview--name/…`, `/app/staging--name/…` */
function byPath(pathname) {
  const [match, label, rest] = APP_PATH.exec(pathname) ?? [];
  const app = match && readLabel(label);
  return app ? { ...app, prefix: `/app/${label}`, bare: rest === undefined } : null;
}

/** `www.example.com`: what a creator's own domain shows (overskill/clients/edge_routes.py). */
async function byDomain(hostname, { baseDomains, routesTtl }, routes) {
  if (!routes || !DOMAIN.test(hostname) || baseDomains.includes(hostname)) return null;
  const domain = await routes.get(`host/${hostname}`, { type: "json", cacheTtl: routesTtl });
  if (!domain) return null;
  const { script, environment, redirect } = domain;
  return { script, environment, redirect, prefix: "", bare: false };
}

/**
 * By path on every host that is no app's, but not on the site's: there an app could do all that its visitor can.
 *
 * @param {URL} url
 * @param {{baseDomains: string[], siteHost: string, routesTtl: number}} settings
 * @param {{get: Function} | undefined} routes  Workers KV's interface
 * @returns {Promise<Route | null>}
 */
export async function routeOf(url, settings, routes) {
  const host = url.hostname.toLowerCase().replace(/\.$/, "");
  const found = bySubdomain(host, settings.baseDomains);
  if (found || host === settings.siteHost) return found;
  return (await byDomain(host, settings, routes)) ?? byPath(url.pathname);
}

export function isWellFormed(pathname) {
  try {
    decodeURIComponent(pathname);
    return true;
  } catch {
    return false;
  }
}
