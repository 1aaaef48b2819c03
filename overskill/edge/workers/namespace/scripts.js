// Runs an app's script for one request: the stock script in an isolate that all apps share, anything else in an
// isolate of its own in the sandbox pool.

import { env as processEnv } from "cloudflare:workers";

import { MAIN_MODULE, using, wrapper } from "./isolates.js";
import { routes } from "./routes.js";
import { unseal } from "./secrets.js";
import { openBlob } from "./store.js";

/** @typedef {import("./store.js").Manifest} Manifest */
/** @typedef {{namespace: string, script: string, version: string, egress: string}} Place */

const PAUSED = "x-edge-paused";
const FAILED = "x-edge-failed";
const LONGEST_TOLD = 300;
const FINGERPRINTS = new WeakMap(); // manifest -> text
let sequence = 0;

/** Everything that decides what a script does. Rendered the same way by overskill/clients/edge_manifest.py. */
function fingerprint(manifest) {
  const known = FINGERPRINTS.get(manifest);
  if (known !== undefined) return known;
  const modules = Object.entries(manifest.modules)
    .map(([name, module]) => `${name}:${module.type}:${module.hash}`)
    .sort();
  const { main_module: main, compatibility_date: date, compatibility_flags: flags } = manifest;
  const text = [main, date, flags.join(","), ...modules].join("|");
  FINGERPRINTS.set(manifest, text);
  return text;
}

function isTrusted(manifest) {
  return processEnv.TRUSTED.includes(fingerprint(manifest));
}

async function readModule({ hash, type }) {
  const blob = await openBlob(hash);
  switch (type) {
    case "esm":
      return { js: await blob.text() };
    case "text":
      return { text: await blob.text() };
    case "json":
      return { json: await blob.json() };
    case "wasm":
      return { wasm: await blob.arrayBuffer() };
    default:
      return { data: await blob.arrayBuffer() };
  }
}

function bindings(manifest, place, ctx) {
  const env = {};
  for (const { type, name, text, json } of manifest.bindings) {
    if (type === "assets") env[name] = ctx.exports.Assets({ props: { version: place.version } });
    else if (type !== "secret_text") env[name] = type === "json" ? json : text;
  }
  return env;
}

/** The stock script, which has no use for secrets, never gets any. */
async function secrets(manifest, place) {
  const sealed = manifest.bindings.filter(({ type }) => type === "secret_text");
  const unsealed = sealed.map(async (binding) => [binding.name, await unseal(binding, place)]);
  return Object.fromEntries(await Promise.all(unsealed));
}

/** What the Worker Loader needs to start an isolate. A shared one gets its env with each request instead. */
async function code(manifest, { env, outbound }) {
  const entries = Object.entries(manifest.modules);
  const modules = await Promise.all(entries.map(async ([name, module]) => [name, await readModule(module)]));
  return {
    compatibilityDate: manifest.compatibility_date,
    compatibilityFlags: manifest.compatibility_flags,
    mainModule: MAIN_MODULE,
    modules: { ...Object.fromEntries(modules), [MAIN_MODULE]: { js: wrapper(manifest.main_module) } },
    env,
    globalOutbound: outbound,
  };
}

function runStock(request, manifest, place, ctx) {
  const id = `stock@${fingerprint(manifest)}`;
  const loader = processEnv.LOADER;
  return using(id, { loader, ctx }, () => {
    const stub = loader.get(id, () => code(manifest, { env: {}, outbound: null }));
    return stub.getEntrypoint(null, { props: { env: bindings(manifest, place, ctx) } }).fetch(request);
  });
}

/** The journal tells the launcher what was running when this process stopped answering. */
async function journaled(place, work) {
  const id = (++sequence).toString(36);
  console.log(`@${processEnv.JOURNAL} > ${id} ${place.namespace}/${place.script}`);
  try {
    return await work();
  } finally {
    console.log(`@${processEnv.JOURNAL} < ${id}`);
  }
}

/** In the sandbox pool: the app's own code, in its own isolate. */
async function runOwn(request, manifest, place, ctx) {
  // Here too: workerd repeats a GET by itself when the sandbox died under it.
  if (await isPaused(place)) return new Response(null, { status: 503, headers: { [PAUSED]: "yes" } });
  const id = `${place.namespace}/${place.script}@${place.version}>${place.egress}`;
  const loader = processEnv.LOADER;
  const run = () =>
    using(id, { loader, ctx }, () => {
      const stub = loader.get(id, async () => {
        const env = { ...bindings(manifest, place, ctx), ...(await secrets(manifest, place)) };
        return code(manifest, { env, outbound: ctx.exports.Outbound({ props: { egress: place.egress } }) });
      });
      return stub.getEntrypoint().fetch(request);
    });
  try {
    return await journaled(place, run);
  } catch (error) {
    console.error(`${place.namespace}/${place.script} failed: ${error?.stack ?? error}`);
    const told = JSON.stringify(String(error).slice(0, LONGEST_TOLD)); // to the app's owner, by edge/journal.py
    console.log(`@${processEnv.JOURNAL} ! ${place.namespace}/${place.script} ${told}`);
    return new Response(null, { status: 500, headers: { [FAILED]: "yes" } });
  }
}

/** The launcher pauses an app that took the sandbox down again and again (overskill/edge/strikes.py). */
async function isPaused(place) {
  const paused = await routes.get(`paused/${place.namespace}/${place.script}`);
  return paused !== null && Date.now() < paused.until * 1000;
}

/** In the front pool: hand the request to the sandbox, which may be killed at any time. */
async function runInSandbox(request, place) {
  if (await isPaused(place)) throw new Error("Worker paused.");
  const headers = new Headers(request.headers);
  headers.set("x-edge-dispatch", JSON.stringify(place));
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), processEnv.SANDBOX_TIMEOUT_MS);
  let response;
  try {
    const asked = new Request(request, { headers, redirect: "manual", signal: patience.signal });
    response = await processEnv.SANDBOX.fetch(asked);
  } catch (error) {
    const reason = patience.signal.aborted ? "timed out" : "stopped answering";
    throw new Error(`Worker ${reason}.`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
  if (response.headers.has(PAUSED)) throw new Error("Worker paused.");
  if (response.headers.has(FAILED)) throw new Error("Worker failed.");
  return response;
}

/**
 * @param {Request} request
 * @param {Manifest} manifest
 * @param {Place} place
 */
export function runScript(request, manifest, place, ctx) {
  if (processEnv.SANDBOX === undefined) return runOwn(request, manifest, place, ctx);
  if (isTrusted(manifest)) return runStock(request, manifest, place, ctx);
  return runInSandbox(request, place);
}
