// The isolates that apps' scripts run in. Open-source workerd never unloads one that the loader named, so each is
// wrapped in a main module that can end it, and the longest idle ones are ended when there are too many.

const MAX_ISOLATES = 200;
const IDLE_MS = 10_000;
const ISOLATES = new Map(); // loader id -> {usedAt, active}; least recently used first

export const MAIN_MODULE = "__edge_main.js";

/** The wrapper also takes the app's env from ctx.props, so that apps with the same script can share an isolate. */
export function wrapper(mainModule) {
  return `
import { WorkerEntrypoint, abortIsolate } from "cloudflare:workers";
import app from ${JSON.stringify(`./${mainModule}`)};
export default class extends WorkerEntrypoint {
  fetch(request) {
    const env = this.ctx.props?.env ?? this.env;
    if (typeof app === "function") return new app(this.ctx, env).fetch(request);
    return app.fetch(request, env, this.ctx);
  }
}
export class __Edge extends WorkerEntrypoint { evict() { abortIsolate("evicted"); } }
`;
}

async function evict(loader, id) {
  ISOLATES.delete(id);
  const stub = loader.get(id, () => {
    throw new Error("evicted");
  });
  try {
    await stub.getEntrypoint("__Edge").evict();
  } catch {
    // It always throws: the isolate that would answer is gone.
  }
}

async function evictIdle(loader) {
  for (const [id, state] of ISOLATES) {
    if (ISOLATES.size <= MAX_ISOLATES) return;
    if (state.active === 0 && Date.now() - state.usedAt > IDLE_MS) await evict(loader, id);
  }
}

/** Calls `work` while the isolate `id` counts as in use. */
export async function using(id, { loader, ctx }, work) {
  const state = ISOLATES.get(id) ?? { active: 0 };
  ISOLATES.delete(id);
  ISOLATES.set(id, state);
  state.active += 1;
  try {
    return await work();
  } finally {
    state.active -= 1;
    state.usedAt = Date.now();
    if (ISOLATES.size > MAX_ISOLATES) ctx.waitUntil(evictIdle(loader));
  }
}
