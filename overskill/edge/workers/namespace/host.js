// What Cloudflare's dispatch namespaces and static assets are on one machine. The front pool runs dispatch.js, byte
// for byte the production worker, and hands it NAMESPACE_* objects with Cloudflare's interface; the sandbox pool runs
// what the front hands over.

import { WorkerEntrypoint, env as processEnv } from "cloudflare:workers";

import { isHashed } from "../dispatch/canary.js";
import dispatch from "../dispatch/dispatch.js";
import { withOwnHeaders } from "../dispatch/headers.js";
import { callOut, readHosts } from "../outbound/egress.js";
import { answerWithExactFile, answerWithFiles } from "./assets.js";
import { images } from "./images.js";
import { routes } from "./routes.js";
import { runScript } from "./scripts.js";
import { findManifest, readManifest, readPointer } from "./store.js";
import { flush, usage } from "./usage.js";

/** `env.ASSETS` of one version of an app. */
export class Assets extends WorkerEntrypoint {
  async fetch(request) {
    const manifest = await readManifest(this.ctx.props.version);
    const answered = await answerWithFiles(request, manifest, { withFallback: true });
    return answered ?? new Response(null, { status: 404 });
  }
}

/** What an app's own code reaches with fetch(): the hosts that its route allows. */
export class Outbound extends WorkerEntrypoint {
  fetch(request) {
    return callOut(request, readHosts(this.ctx.props.egress));
  }
}

/** Whether the script is asked before any file is: always, never, or at these paths ("/api/*"). */
function comesFirst(setting, { pathname }) {
  if (!Array.isArray(setting)) return setting === true;
  return setting.some((path) => (path.endsWith("*") ? pathname.startsWith(path.slice(0, -1)) : pathname === path));
}

/** Cloudflare's order: a matching file, then the script, then what not_found_handling says. */
async function answer(request, manifest, place, ctx) {
  const hasScript = manifest.main_module !== null;
  if (!comesFirst(manifest.assets_config.run_worker_first, new URL(request.url))) {
    const isNavigation = request.headers.get("sec-fetch-mode") === "navigate";
    const answered = await answerWithFiles(request, manifest, { withFallback: isNavigation || !hasScript });
    if (answered) return answered;
  }
  return hasScript ? runScript(request, manifest, place, ctx) : new Response(null, { status: 404 });
}

/**
 * A hashed file that the live version has not: whoever loaded a page just before a rollback asks for the files of the
 * version that was taken back.
 */
async function earlierFile(request, versions) {
  if (!isHashed(new URL(request.url).pathname)) return null;
  for (const version of versions) {
    const manifest = await findManifest(version);
    const answered = manifest && (await answerWithExactFile(request, manifest));
    if (answered) return answered;
  }
  return null;
}

/** Says whose answer this is; an app's own code can't say otherwise. */
function signed(response, manifest) {
  if (response.status === 101) return response;
  const own = withOwnHeaders(response);
  own.headers.set("x-app-id", manifest.app_id);
  own.headers.set("x-app-version", manifest.label);
  return own;
}

/** A dispatch namespace binding: `get(script).fetch(request)`. */
class Namespace {
  constructor(name, ctx) {
    this.name = name;
    this.ctx = ctx;
  }

  get(script, _, { outbound } = {}) {
    const egress = outbound?.EGRESS ?? "";
    return { fetch: (input, init) => this.#fetch(script, init ? new Request(input, init) : input, egress) };
  }

  async #fetch(script, request, egress) {
    const pointer = await readPointer(this.name, script);
    if (!pointer) throw new Error("Worker not found.");
    const place = { namespace: this.name, script, version: pointer.version, egress };
    const manifest = await readManifest(place.version);
    let response = await answer(request, manifest, place, this.ctx);
    if (response.status === 404) response = (await earlierFile(request, pointer.before ?? [])) ?? response;
    return signed(response, manifest);
  }
}

/** In the sandbox pool: one request, handed over by the front on a socket that only it can reach. */
async function handedOver(request, ctx) {
  const dispatched = request.headers.get("x-edge-dispatch");
  if (dispatched === null) return Response.json({ ok: true });
  const place = JSON.parse(dispatched);
  const headers = new Headers(request.headers);
  headers.delete("x-edge-dispatch");
  const manifest = await readManifest(place.version);
  return runScript(new Request(request, { headers, redirect: "manual" }), manifest, place, ctx);
}

export default {
  fetch(request, env, ctx) {
    if (processEnv.SANDBOX === undefined) return handedOver(request, ctx);
    flush(env.JOURNAL);
    const bindings = { ...env.DISPATCH_VARIABLES, ROUTES: routes, USAGE: usage, IMAGES: images };
    for (const [binding, name] of Object.entries(env.NAMESPACES)) bindings[binding] = new Namespace(name, ctx);
    return dispatch.fetch(request, bindings, ctx);
  },
};
