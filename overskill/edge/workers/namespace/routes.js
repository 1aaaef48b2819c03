// `env.ROUTES` on one machine: Workers KV's interface over the routes in the store (overskill/clients/edge_routes.py).

import { env as processEnv } from "cloudflare:workers";

import { readRoute } from "./store.js";

const MAX_ROUTES = 10_000;
const KEY = /^(?:app\/[a-z]+|host|paused\/[a-z0-9-]+)\/[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;
const ROUTES = new Map(); // key -> {value, generation}; the oldest first

let generation; // changes whenever any route does
let checkAt = 0;

/** One file tells whether any route changed: thousands of apps cost one read in ROUTES_TTL_MS. */
async function currentGeneration() {
  const now = Date.now();
  if (now >= checkAt) {
    checkAt = now + processEnv.ROUTES_TTL_MS;
    generation = (await readRoute("generation"))?.id ?? "";
  }
  return generation;
}

/** What is stored under `key`, or was ROUTES_TTL_MS ago. */
async function get(key) {
  if (!KEY.test(key) || key.includes("..")) return null;
  const current = await currentGeneration(); // asked first: a route that changes while we read it is read again
  const known = ROUTES.get(key);
  if (known && known.generation === current) return known.value;
  const value = await readRoute(key);
  ROUTES.delete(key);
  ROUTES.set(key, { value, generation: current });
  if (ROUTES.size > MAX_ROUTES) ROUTES.delete(ROUTES.keys().next().value);
  return value;
}

export const routes = { get };
