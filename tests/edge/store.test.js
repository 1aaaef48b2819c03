// The store's memory of small files, with workerd's disk service as a function. Run by test_dispatch.py.

import assert from "node:assert/strict";
import { registerHooks } from "node:module";
import { test } from "node:test";

const WORKERD = "cloudflare:workers";
const HALF_A_MEGABYTE = 512 * 1024;

let reads = 0;
async function read() {
  reads += 1;
  return new Response(new Uint8Array(HALF_A_MEGABYTE));
}

globalThis.bindings = { STORE: { fetch: read } };
registerHooks({
  resolve: (name, context, next) => (name === WORKERD ? { url: WORKERD, shortCircuit: true } : next(name, context)),
  load: (url, context, next) =>
    url === WORKERD
      ? { format: "module", source: "export const env = globalThis.bindings;", shortCircuit: true }
      : next(url, context),
});
const { blobBody } = await import("../../overskill/edge/workers/namespace/store.js");

test("files that two visitors ask for at once don't use up the memory for files", async () => {
  for (let number = 0; number < 150; number += 1) {
    const name = `ab${number}`;
    await Promise.all([blobBody(name, HALF_A_MEGABYTE), blobBody(name, HALF_A_MEGABYTE)]);
  }
  await blobBody("another", HALF_A_MEGABYTE);
  const before = reads;
  await blobBody("another", HALF_A_MEGABYTE);
  assert.equal(reads, before);
});
