// dispatch.js with the bindings that Cloudflare gives it. Run by test_dispatch.py.

import assert from "node:assert/strict";
import { test } from "node:test";

import dispatch from "../../overskill/edge/workers/dispatch/dispatch.js";
import { takeToken } from "../../overskill/edge/workers/dispatch/limits.js";

/** As a dispatch namespace: answers have headers that can't be changed, and failures are told by words. */
function namespace(answer) {
  const asked = [];
  return {
    asked,
    get(script, args, options) {
      return {
        async fetch(request) {
          asked.push({ script, args, options, request });
          const response = await answer(request);
          response.headers.set = response.headers.delete = response.headers.append = () => {
            throw new TypeError("Can't modify immutable headers.");
          };
          return response;
        },
      };
    },
  };
}

function visit(address, env, init) {
  return dispatch.fetch(new Request(address, init), { BASE_DOMAINS: "apps.example", ...env });
}

test("an app's answer gets its headers although it cannot be changed", async () => {
  const production = namespace(() => new Response("hello", { headers: { "content-type": "text/html" } }));
  const response = await visit("https://shop.apps.example/x", { NAMESPACE_PRODUCTION: production });
  assert.equal(await response.text(), "hello");
  assert.equal(response.headers.get("x-app-id"), "shop");
  assert.equal(response.headers.get("strict-transport-security"), "max-age=31536000");
  assert.match(response.headers.get("content-security-policy"), /frame-ancestors 'self'$/);
});

test("no app is served by path on the site's own host", async () => {
  const env = { SITE_HOST: "site.example", NAMESPACE_PRODUCTION: namespace(() => new Response("hello")) };
  assert.equal((await visit("https://Site.example/app/shop/", env)).status, 404);
  assert.equal((await visit("https://site.example/app/shop", env)).status, 404);
  assert.equal((await visit("https://shop.apps.example/", env)).status, 200);
});

test("an app is asked with its limits", async () => {
  const preview = namespace(() => new Response());
  await visit("https://preview--shop.apps.example/", { NAMESPACE_PREVIEW: preview, CPU_MS: "20", SUBREQUESTS: "5" });
  assert.equal(preview.asked[0].script, "shop");
  assert.deepEqual(preview.asked[0].options, { limits: { cpuMs: 20, subRequests: 5 } });
});

for (const [words, status] of [
  ["Worker not found.", 404],
  ["Worker exceeded CPU time limit.", 504],
  ["Worker exceeded memory limit.", 504],
  ["Worker timed out.", 504],
  ["Cannot read properties of undefined", 500],
]) {
  test(`“${words}” is told to visitors as ${status}`, async (t) => {
    t.mock.method(console, "error", () => {});
    const production = namespace(() => {
      throw new Error(words);
    });
    const response = await visit("https://shop.apps.example/", { NAMESPACE_PRODUCTION: production });
    assert.equal(response.status, status);
  });
}

test("each request is counted once, with how it ended", async () => {
  const points = [];
  const env = {
    NAMESPACE_STAGING: namespace(() => new Response("", { status: 201 })),
    USAGE: { writeDataPoint: (point) => points.push(point) },
  };
  await visit("https://staging--shop.apps.example/", env, { method: "POST" });
  assert.deepEqual(points[0].indexes, ["shop"]);
  assert.deepEqual(points[0].blobs, ["staging", "POST", "201"]);
  assert.equal(points[0].doubles[0], 1);
});

test("addresses of no app are not counted", async () => {
  const points = [];
  await visit("https://apps.example/", { USAGE: { writeDataPoint: (point) => points.push(point) } });
  assert.deepEqual(points, []);
});

test("an app may have its burst at once, and its rate from then on", () => {
  const rate = { perSecond: 10, burst: 2 };
  const granted = [0, 0, 0, 100, 100, 200].map((milliseconds) => takeToken("bursting", rate, milliseconds));
  assert.deepEqual(granted, [true, true, false, true, false, true]);
});
