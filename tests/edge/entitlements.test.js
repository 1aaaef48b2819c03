// Apps that are sold, and copies that are paid for by the month, as the dispatch worker serves them. Run by
// test_dispatch.py.

import assert from "node:assert/strict";
import { test } from "node:test";

import dispatch from "../../overskill/edge/workers/dispatch/dispatch.js";
import { GRACE_SECONDS, LINK_SECONDS } from "../../overskill/edge/workers/dispatch/entitlements.js";

const KEY = "a2V5LW9mLXRoaXJ0eS10d28tYnl0ZXMtZXhhY3RseSE"; // base64url
const NOW = Math.floor(Date.now() / 1000);
const ADDRESS = "https://shop.apps.example/";

async function entitlement({ place = "production/shop", exp = NOW + 3600, iat = NOW, lic = "ann", key = KEY } = {}) {
  const encode = (bytes) => Buffer.from(bytes).toString("base64url");
  const payload = encode(JSON.stringify({ exp, iat, lic }));
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", Buffer.from(key, "base64url"), hmac, false, ["sign"]);
  const signature = await crypto.subtle.sign("HMAC", imported, new TextEncoder().encode(`${place}.${payload}`));
  return `${payload}.${encode(signature)}`;
}

function visit(address, terms, headers = {}) {
  const app = { fetch: async () => new Response("the app", { headers: { "cache-control": "public, s-maxage=60" } }) };
  const env = {
    BASE_DOMAINS: "apps.example",
    SITE_URL: "https://overskill.example",
    NAMESPACE_PRODUCTION: { get: () => app },
    ROUTES: { get: async (key) => (key === "app/production/shop" ? terms : null) },
  };
  return dispatch.fetch(new Request(address, { headers }), env);
}

const SOLD = { entitlement_key: KEY, listing: "shop" };

async function holding(terms, facts) {
  return visit(ADDRESS, terms, { cookie: `__Host-overskill_license=${await entitlement(facts)}` });
}

test("a sold app says where it is sold, and how its buyers get in", async () => {
  const response = await visit(ADDRESS, SOLD, { accept: "text/html" });
  assert.equal(response.status, 402);
  assert.equal(response.headers.get("cache-control"), "no-store");
  const page = await response.text();
  assert.match(page, /This app is sold on OverSkill/);
  assert.match(page, /href="https:\/\/overskill.example\/apps\/shop"/);
  assert.match(page, /href="https:\/\/overskill.example\/library\/open\/shop"/);
});

test("each of its files is sold with it", async () => {
  for (const path of ["assets/app-1.js", "_image/64/logo.png", "api/orders", "__health"]) {
    assert.equal((await visit(ADDRESS + path, SOLD)).status, 402);
  }
});

test("a buyer's link becomes a cookie of this host, and leaves the address", async () => {
  const welcome = await visit(`${ADDRESS}plan?tab=1&overskill_license=${await entitlement()}`, SOLD);
  assert.equal(welcome.status, 303);
  assert.equal(welcome.headers.get("location"), "/plan?tab=1");
  const cookie = welcome.headers.get("set-cookie");
  assert.match(cookie, /^__Host-overskill_license=\S+; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax; Secure$/);

  const response = await visit(ADDRESS, SOLD, { cookie: cookie.split(";")[0] });
  assert.equal(await response.text(), "the app");
  assert.match(response.headers.get("cache-control"), /^private/);
  assert.equal(response.headers.get("vary"), "cookie");
});

test("staging of a sold app is its team's alone, who come there by its own way", async () => {
  const env = {
    BASE_DOMAINS: "apps.example",
    SITE_URL: "https://overskill.example",
    NAMESPACE_STAGING: { get: () => ({ fetch: async () => new Response("the app") }) },
    ROUTES: { get: async (key) => (key === "app/staging/shop" ? SOLD : null) },
  };
  const asked = (address) => dispatch.fetch(new Request(address, { headers: { accept: "text/html" } }), env);
  const refused = await asked("https://staging--shop.apps.example/");
  assert.equal(refused.status, 402);
  assert.match(await refused.text(), /library\/open\/shop\?place=staging/);
  const link = `https://staging--shop.apps.example/?overskill_license=${await entitlement({ place: "staging/shop" })}`;
  assert.equal((await asked(link)).status, 303);
});

test("a pull request of a sold app is its team's alone, who come there by its own way", async () => {
  const env = {
    BASE_DOMAINS: "apps.example",
    SITE_URL: "https://overskill.example",
    NAMESPACE_PREVIEW: { get: () => ({ fetch: async () => new Response("the app") }) },
    ROUTES: { get: async (key) => (key === "app/preview/shop--pr-3" ? SOLD : null) },
  };
  const address = "https://preview--shop--pr-3.apps.example/";
  const asked = (where) => dispatch.fetch(new Request(where, { headers: { accept: "text/html" } }), env);
  const refused = await asked(address);
  assert.equal(refused.status, 402);
  assert.match(await refused.text(), /library\/open\/shop\?place=preview&(amp;|#38;)?beside=pr-3"/);
  const [of, another] = ["preview/shop--pr-3", "preview/shop"].map((place) => entitlement({ place }));
  assert.equal((await asked(`${address}?overskill_license=${await of}`)).status, 303);
  assert.equal((await asked(`${address}?overskill_license=${await another}`)).status, 402);
});

test("a link that is passed on opens nothing after a while, and the cookie made of it goes on", async () => {
  const iat = NOW - LINK_SECONDS - 5;
  const late = `${ADDRESS}?overskill_license=${await entitlement({ iat })}`;
  assert.equal((await visit(late, SOLD)).status, 402);
  assert.equal((await holding(SOLD, { iat })).status, 200);
});

test("an entitlement that has run out goes on through the grace period", async () => {
  assert.equal((await holding(SOLD, { exp: NOW - GRACE_SECONDS + 60 })).status, 200);
  assert.equal((await holding(SOLD, { exp: NOW - GRACE_SECONDS - 60 })).status, 402);
});

test("a licence that was taken back lets nobody in", async () => {
  const terms = { ...SOLD, revoked: ["ann"] };
  assert.equal((await holding(terms)).status, 402);
  assert.equal((await holding(terms, { lic: "bob" })).status, 200);
});

test("what was signed before a moment asks to be signed again", async () => {
  const terms = { ...SOLD, not_before: NOW - 60 };
  assert.equal((await holding(terms, { iat: NOW - 61 })).status, 402);
  assert.equal((await holding(terms, { iat: NOW })).status, 200);
});

for (const [what, forged] of [
  ["is another app's", () => entitlement({ place: "production/other" })],
  ["is another environment's", () => entitlement({ place: "staging/shop" })],
  ["was signed with another key", () => entitlement({ key: "YW5vdGhlcg" })],
  ["says nothing of when it ends", () => entitlement({ exp: null })],
  ["says nothing of when it was made", () => entitlement({ iat: null })],
  ["was made up", async () => "e30.e30"],
  ["is as long as a book", async () => `${"A".repeat(100_000)}.AA`],
  ["is empty", async () => ""],
]) {
  test(`an entitlement that ${what} opens nothing`, async () => {
    const token = await forged();
    assert.equal((await visit(`${ADDRESS}?overskill_license=${token}`, SOLD)).status, 402);
    assert.equal((await visit(ADDRESS, SOLD, { cookie: `__Host-overskill_license=${token}` })).status, 402);
  });
}

test("a link to a private app does not pay for one that is sold", async () => {
  const terms = { ...SOLD, private: true, access_key: KEY };
  const cookie = `__Host-overskill_access=${await entitlement()}`;
  assert.equal((await visit(ADDRESS, terms, { cookie })).status, 402);
});

test("a copy is served until what was paid for it has ended", async () => {
  assert.equal((await visit(ADDRESS, { until: NOW + 60 })).status, 200);
  const over = await visit(ADDRESS, { until: NOW - 1 }, { accept: "text/html" });
  assert.equal(over.status, 402);
  assert.match(await over.text(), /licence has ended[^]*overskill.example\/library"/);
});

test("a copy that was refunded is not served at all", async () => {
  assert.equal((await visit(ADDRESS, { until: 0 })).status, 402);
});

test("any other app is served as ever", async () => {
  const response = await visit(ADDRESS, {});
  assert.equal(await response.text(), "the app");
  assert.equal(response.headers.get("cache-control"), "public, s-maxage=60");
});
