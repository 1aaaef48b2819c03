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

/** Workers KV, with these values. */
function routes(values) {
  return { get: async (key, options) => (assert.equal(options.type, "json"), values[key] ?? null) };
}

const KEY = "a2V5LW9mLXRoaXJ0eS10d28tYnl0ZXMtZXhhY3RseSE"; // base64url

async function token(place, exp, key = KEY) {
  const encode = (bytes) => Buffer.from(bytes).toString("base64url");
  const payload = encode(JSON.stringify({ exp, sub: "ann" }));
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", Buffer.from(key, "base64url"), hmac, false, ["sign"]);
  const signature = await crypto.subtle.sign("HMAC", imported, new TextEncoder().encode(`${place}.${payload}`));
  return `${payload}.${encode(signature)}`;
}

const IN_AN_HOUR = Math.floor(Date.now() / 1000) + 3600;

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

test("the hosts that an app's code may call are handed on with each request", async () => {
  const production = namespace(() => new Response("hello"));
  const env = { NAMESPACE_PRODUCTION: production, ROUTES: routes({ "app/production/shop": { egress: ["a.com", "*.b.com"] } }) };
  await visit("https://shop.apps.example/api/x", env);
  await visit("https://other.apps.example/api/x", env);
  assert.deepEqual(production.asked.map(({ options }) => options.outbound), [{ EGRESS: "a.com,*.b.com" }, { EGRESS: "" }]);
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
  assert.deepEqual(preview.asked[0].options.limits, { cpuMs: 20, subRequests: 5 });
});

for (const [words, status] of [
  ["Worker not found.", 404],
  ["Worker paused.", 503],
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
  assert.deepEqual(points[0].blobs, ["staging", "POST", "201", "stable"]);
  assert.equal(points[0].doubles[0], 1);
  assert.equal(points[0].doubles.length, 3);
});

test("addresses of no app are not counted", async () => {
  const points = [];
  await visit("https://apps.example/", { USAGE: { writeDataPoint: (point) => points.push(point) } });
  assert.deepEqual(points, []);
});

test("made-up names of apps are not counted: they would fill the counts", async () => {
  const points = [];
  const production = namespace(() => {
    throw new Error("Worker not found.");
  });
  const env = { NAMESPACE_PRODUCTION: production, USAGE: { writeDataPoint: (point) => points.push(point) } };
  assert.equal((await visit("https://made-up.apps.example/", env)).status, 404);
  assert.deepEqual(points, []);
});

test("an app may have its burst at once, and its rate from then on", () => {
  const rate = { perSecond: 10, burst: 2 };
  const granted = [0, 0, 0, 100, 100, 200].map((milliseconds) => takeToken("bursting", rate, milliseconds));
  assert.deepEqual(granted, [true, true, false, true, false, true]);
});

const SHOP = "app/production/shop";

function privateShop(more = {}) {
  const page = { headers: { "content-type": "text/html", "cache-control": "public, max-age=0, s-maxage=60" } };
  return {
    NAMESPACE_PRODUCTION: namespace(() => new Response("secret", page)),
    ROUTES: routes({ [SHOP]: { private: true, access_key: KEY, ...more } }),
  };
}

test("a private app shows itself to nobody without a link", async () => {
  const env = privateShop();
  const response = await visit("https://shop.apps.example/", env, { headers: { accept: "text/html" } });
  assert.equal(response.status, 401);
  assert.match(await response.text(), /This app is private/);
  assert.equal(response.headers.get("cache-control"), "no-store");
  assert.equal(env.NAMESPACE_PRODUCTION.asked.length, 0);
});

test("a link lets its visitor in by a cookie of this host alone, and leaves the address", async () => {
  const link = await token("production/shop", IN_AN_HOUR);
  const welcome = await visit(`https://shop.apps.example//x/?tab=1&access=${link}`, privateShop());
  assert.equal(welcome.status, 303);
  assert.equal(welcome.headers.get("location"), "/x/?tab=1");
  const cookie = welcome.headers.get("set-cookie");
  assert.match(cookie, /^__Host-overskill_access=\S+; Path=\/; Max-Age=3\d{3}; HttpOnly; SameSite=Lax; Secure$/);

  const headers = { cookie: cookie.split(";")[0] };
  const env = privateShop();
  const response = await visit("https://shop.apps.example/", env, { headers });
  assert.equal(await response.text(), "secret");
  assert.equal(response.headers.get("cache-control"), "private, max-age=0");
  assert.equal(response.headers.get("vary"), "cookie");
  assert.equal(env.NAMESPACE_PRODUCTION.asked[0].request.headers.get("cookie"), null);
});

for (const [what, forged] of [
  ["has expired", () => token("production/shop", IN_AN_HOUR - 7200)],
  ["is another app's", () => token("production/other", IN_AN_HOUR)],
  ["is another environment's", () => token("preview/shop", IN_AN_HOUR)],
  ["was signed with another key", () => token("production/shop", IN_AN_HOUR, "YW5vdGhlcg")],
  ["was signed with no key", () => token("production/shop", IN_AN_HOUR, "AA")],
  ["was made up", async () => "e30.e30"],
  ["is no link", async () => "."],
]) {
  test(`a link that ${what} opens nothing`, async () => {
    const address = `https://shop.apps.example/?access=${await forged()}`;
    assert.equal((await visit(address, privateShop())).status, 401);
  });
}

test("who is in already stays in although an old link is opened again", async () => {
  const headers = { cookie: `__Host-overskill_access=${await token("production/shop", IN_AN_HOUR)}` };
  const old = await token("production/shop", IN_AN_HOUR - 7200);
  assert.equal((await visit(`https://shop.apps.example/?access=${old}`, privateShop(), { headers })).status, 200);
});

test("a private app without a key is shown to nobody", async () => {
  const link = await token("production/shop", IN_AN_HOUR, "AA");
  assert.equal((await visit(`https://shop.apps.example/?access=${link}`, privateShop({ access_key: "" }))).status, 401);
});

test("a redirect that leads nowhere, of an app under a path, is passed on as it is", async () => {
  const answer = () => new Response(null, { status: 302, headers: { location: "http://[" } });
  const response = await visit("https://apps.example/app/shop/", { NAMESPACE_PRODUCTION: namespace(answer) });
  assert.equal(response.headers.get("location"), "http://[");
});

test("while the routes can't be read, nothing is shown that might be private", async (t) => {
  t.mock.method(console, "error", () => {});
  const ROUTES = { get: async () => Promise.reject(new Error("KV is away")) };
  const env = { NAMESPACE_PRODUCTION: namespace(() => new Response("secret")), ROUTES };
  const response = await visit("https://shop.apps.example/", env);
  assert.equal(response.status, 503);
  assert.equal(response.headers.get("retry-after"), "5");
});

test("an app in maintenance says what its creator wrote, and when to come back", async () => {
  const env = {
    NAMESPACE_PRODUCTION: namespace(() => new Response("app")),
    ROUTES: routes({ [SHOP]: { maintenance: "Moving <b>house</b>" } }),
  };
  const response = await visit("https://shop.apps.example/", env, { headers: { accept: "text/html" } });
  assert.equal(response.status, 503);
  assert.equal(response.headers.get("retry-after"), "300");
  assert.match(await response.text(), /Moving &#60;b&#62;house/);
});

test("an app that was taken down says so, and where others are", async () => {
  const env = {
    NAMESPACE_PRODUCTION: namespace(() => new Response("app")),
    ROUTES: routes({ [SHOP]: { taken_down: true, entitlement_key: KEY, listing: "shop" } }),
    SITE_URL: "https://overskill.example",
  };
  const response = await visit("https://shop.apps.example/", env, { headers: { accept: "text/html" } });
  assert.equal(response.status, 410);
  const page = await response.text();
  assert.match(page, /This app was taken down/);
  assert.match(page, /href="https:\/\/overskill\.example\/explore"/);
  assert.equal(env.NAMESPACE_PRODUCTION.asked.length, 0);
});

test("whether a private app was taken down is told to nobody without a link", async () => {
  const ROUTES = routes({ [SHOP]: { taken_down: true, private: true, access_key: KEY } });
  assert.equal((await visit("https://shop.apps.example/", { ROUTES })).status, 401);
});

test("an app has its own rate and largest body", async () => {
  const env = {
    NAMESPACE_PRODUCTION: namespace(() => new Response("app")),
    ROUTES: routes({ "app/production/small": { rate: 1, max_body: 3 } }),
  };
  const post = (body) => visit("https://small.apps.example/", env, { method: "POST", body });
  assert.equal((await post("1234")).status, 413);
  const statuses = [];
  for (let number = 0; number < 5; number += 1) statuses.push((await post("123")).status);
  assert.deepEqual(statuses, [200, 200, 200, 200, 429]);
});

test("a creator's domain shows their app, and its other spelling leads there", async () => {
  const env = {
    NAMESPACE_PRODUCTION: namespace(() => new Response("app")),
    ROUTES: routes({
      "host/www.shop.example": { script: "shop", environment: "production", redirect: "" },
      "host/shop.example": { script: "shop", environment: "production", redirect: "www.shop.example" },
    }),
  };
  assert.equal(await (await visit("https://WWW.shop.example./x", env)).text(), "app");
  const sent = await visit("https://shop.example:8443//x?a=1", env);
  assert.deepEqual([sent.status, sent.headers.get("location")], [308, "//www.shop.example:8443//x?a=1"]);
  assert.equal((await visit("https://other.example/x", env)).status, 404);
});

/** Two variants, each with a page and a hashed file of its own, and one that both have. */
function canaryShop(percent) {
  const files = (variant) => (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/") return new Response(variant, { headers: { "cache-control": "public, max-age=0" } });
    if (pathname === `/assets/${variant}.js`) return new Response(variant, { headers: { "cache-control": "public" } });
    return new Response("", { status: 404 });
  };
  const scripts = { shop: namespace(files("stable")), "shop--canary": namespace(files("canary")) };
  const missing = { fetch: async () => Promise.reject(new Error("Worker not found.")) };
  return {
    scripts,
    NAMESPACE_PRODUCTION: { get: (script, ...more) => scripts[script]?.get(script, ...more) ?? missing },
    ROUTES: routes({ [SHOP]: { canary: percent } }),
  };
}

async function variantOf(percent, headers = {}) {
  const response = await visit("https://shop.apps.example/", canaryShop(percent), { headers });
  assert.equal(response.headers.get("x-app-variant"), await response.text());
  return response;
}

test("about as many visitors as its creator wants get the canary, and each keeps what they got", async () => {
  let canaries = 0;
  for (let visitor = 0; visitor < 400; visitor += 1) {
    const first = await variantOf(30);
    const variant = first.headers.get("x-app-variant");
    const cookie = first.headers.get("set-cookie").split(";")[0];
    assert.equal((await variantOf(30, { cookie })).headers.get("x-app-variant"), variant);
    if (variant === "canary") {
      canaries += 1;
      assert.equal((await variantOf(60, { cookie })).headers.get("x-app-variant"), "canary");
    }
  }
  assert.ok(canaries > 60 && canaries < 180, `${canaries} of 400`);
});

test("no shared cache keeps what depends on the visitor's variant", async () => {
  const page = await variantOf(50);
  assert.equal(page.headers.get("cache-control"), "private, max-age=0");
  assert.equal(page.headers.get("vary"), "cookie");
  const file = await visit("https://shop.apps.example/assets/stable.js", canaryShop(50));
  assert.equal(file.headers.get("cache-control"), "public");
  assert.equal(file.headers.get("set-cookie"), null);
});

test("a page's files are found although its visitor keeps no cookie", async () => {
  for (const variant of ["stable", "canary"]) {
    for (let number = 0; number < 10; number += 1) {
      const response = await visit(`https://shop.apps.example/assets/${variant}.js`, canaryShop(50));
      assert.equal(await response.text(), variant);
    }
  }
  assert.equal((await visit("https://shop.apps.example/assets/gone.js", canaryShop(50))).status, 404);
});

test("a canary that is gone is not missed", async () => {
  const env = canaryShop(100);
  delete env.scripts["shop--canary"];
  const response = await visit("https://shop.apps.example/", env, { method: "POST", body: "x" });
  assert.equal(await response.text(), "stable");
});

test("who was in a canary that has ended still finds the files of the page they have open", async () => {
  const headers = { cookie: "__Host-overskill_bucket=7" };
  const ask = (path, more) => visit(`https://shop.apps.example${path}`, canaryShop(0), more);
  assert.equal(await (await ask("/assets/canary.js", { headers })).text(), "canary");
  assert.equal(await (await ask("/", { headers })).text(), "stable");
  assert.equal((await ask("/assets/canary.js")).status, 404);
});

test("a canary has no address of its own", async () => {
  for (const host of ["shop--canary", "preview--shop--canary"]) {
    assert.equal((await visit(`https://${host}.apps.example/x`, canaryShop(50))).status, 404);
  }
  assert.equal((await visit("https://apps.example/app/shop--canary/", canaryShop(50))).status, 404);
});

test("a canary that fails is to blame for it, not the app's own script", async (t) => {
  t.mock.method(console, "error", () => {});
  const points = [];
  const env = { ...canaryShop(100), USAGE: { writeDataPoint: (point) => points.push(point) } };
  env.scripts["shop--canary"] = namespace(() => Promise.reject(new Error("boom")));
  const response = await visit("https://shop.apps.example/", env);
  assert.equal(response.headers.get("x-app-variant"), "canary");
  assert.match(response.headers.get("set-cookie"), /overskill_bucket/);
  assert.match(response.headers.get("cache-control"), /no-store/);
  assert.deepEqual(points[0].blobs.slice(2), ["500", "canary"]);
});

test("a canary's visits are counted apart", async () => {
  const points = [];
  const env = { ...canaryShop(100), USAGE: { writeDataPoint: (point) => points.push(point) } };
  await visit("https://shop.apps.example/", env);
  assert.deepEqual(points[0].indexes, ["shop"]);
  assert.equal(points[0].blobs[3], "canary");
});

const PHOTO = new Uint8Array(1000).fill(7);

/** Cloudflare's Images binding, which makes everything as long as it is wide. */
function images() {
  const made = [];
  const input = (picture) => ({
    transform: (how) => ({
      async output(what) {
        made.push({ ...how, ...what, bytes: (await new Response(picture).arrayBuffer()).byteLength });
        return { response: () => new Response(new Uint8Array(how.width)) };
      },
    }),
  });
  return { made, input };
}

/** The Cache API. */
function cache() {
  const kept = new Map();
  return {
    kept,
    default: {
      match: async (key) => kept.get(key)?.clone(),
      put: async (key, response) => void kept.set(key, response),
    },
  };
}

function gallery(headers = {}) {
  const own = { "content-type": "image/jpeg", etag: '"abc"', "cache-control": "public, max-age=9", ...headers };
  return namespace(() => new Response(PHOTO, { headers: own }));
}

test("a picture is asked of its app once and of the binding once for each width and format", async (context) => {
  globalThis.caches = cache();
  context.after(() => delete globalThis.caches);
  const env = { NAMESPACE_PRODUCTION: gallery(), IMAGES: images(), KEEPS_IMAGES: "true" };
  const headers = { accept: "image/avif,*/*", range: "bytes=0-9", "if-none-match": '"abc"' };
  for (let visitor = 0; visitor < 3; visitor += 1) {
    const response = await visit("https://shop.apps.example/_image/200/a%20b.jpg?x=1", env, { headers });
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("content-type"), "image/avif");
    assert.equal(response.headers.get("etag"), 'W/"abc-256.avif"');
    assert.equal(response.headers.get("cache-control"), "public, max-age=9");
    assert.equal((await response.arrayBuffer()).byteLength, 256);
  }
  assert.deepEqual(env.IMAGES.made, [{ width: 256, fit: "scale-down", format: "image/avif", quality: 50, bytes: 1000 }]);
  const [{ request }] = env.NAMESPACE_PRODUCTION.asked;
  assert.equal(request.url, "https://shop.apps.example/a%20b.jpg");
  for (const name of ["range", "if-none-match"]) assert.equal(request.headers.get(name), null);
});

test("no app finds another's picture in the cache, whatever its code says of itself", async (context) => {
  globalThis.caches = cache();
  context.after(() => delete globalThis.caches);
  const env = { NAMESPACE_PRODUCTION: gallery(), NAMESPACE_PREVIEW: gallery(), IMAGES: images(), KEEPS_IMAGES: "true" };
  for (const host of ["shop", "other", "preview--shop"]) await visit(`https://${host}.apps.example/_image/64/a.jpg`, env);
  assert.equal(caches.kept.size, 3);
});

test("a picture is sent as it is, and asked for again soon, when it can't be made to fit now", async () => {
  const failing = { input: () => { throw new Error("9422: too many transformations") } };
  const env = { NAMESPACE_PRODUCTION: gallery({ "cache-control": "public, max-age=31536000, immutable" }), IMAGES: failing };
  const response = await visit("https://shop.apps.example/_image/64/a.jpg", env, { headers: { accept: "image/webp" } });
  assert.equal((await response.arrayBuffer()).byteLength, PHOTO.length);
  assert.equal(response.headers.get("content-type"), "image/jpeg");
  assert.equal(response.headers.get("cache-control"), "public, max-age=60");
});

test("a picture that is too large, or has no name for its content, is passed on unread", async () => {
  for (const headers of [{ "content-length": String(11 * 1024 * 1024) }, { etag: "" }]) {
    const env = { NAMESPACE_PRODUCTION: gallery(headers), IMAGES: images() };
    const response = await visit("https://shop.apps.example/_image/64/a.jpg", env);
    assert.equal(response.status, 200);
    assert.deepEqual(env.IMAGES.made, []);
  }
});

test("a form that is sent to a picture's address goes to the app", async () => {
  const env = { NAMESPACE_PRODUCTION: gallery(), IMAGES: images() };
  await visit("https://shop.apps.example/_image/64/a.jpg", env, { method: "POST", body: "x" });
  assert.equal(new URL(env.NAMESPACE_PRODUCTION.asked[0].request.url).pathname, "/_image/64/a.jpg");
});
