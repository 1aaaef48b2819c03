// `env.ROUTES` on one machine: Workers KV's interface over the routes in the store (overskill/clients/edge_routes.py).

import { env as processEnv } from "cloudflare:workers";

import { readRoute } from "./store.js";

const MAX_ROUTES = 10_000;
const KEY = /^(?:app\/[a-z]+|host|paused\/[a-z0-9-]+)\/[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;
const ROUTES = new Map(); // key -> {value, until}; the oldest first

/** What is stored under `key`, at most ROUTES_TTL_MS old. Who finds it too old reads it again; the others don't wait. */
async function get(key) {
  if (!KEY.test(key) || key.includes("..")) return null;
  const known = ROUTES.get(key);
  const now = Date.now();
  if (known && now < known.until) return known.value;
  if (known) known.until = now + processEnv.ROUTES_TTL_MS;
  const value = await readRoute(key);
  ROUTES.delete(key);
  ROUTES.set(key, { value, until: now + processEnv.ROUTES_TTL_MS });
  if (ROUTES.size > MAX_ROUTES) ROUTES.delete(ROUTES.keys().next().value);
  return value;
}

export const routes = { get };
