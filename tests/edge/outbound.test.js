// outbound.js as Cloudflare runs it. Run by test_dispatch.py.

import assert from "node:assert/strict";
import { test } from "node:test";

import { isAllowed } from "../../overskill/edge/workers/outbound/egress.js";
import outbound from "../../overskill/edge/workers/outbound/outbound.js";

const allows = (address, ...hosts) => isAllowed(new URL(address), hosts);

test("a host is allowed by its name and, where it has one, its port", () => {
  assert.ok(allows("https://api.example.com/x?y", "api.example.com"));
  assert.ok(allows("https://api.example.com:443/", "api.example.com"));
  assert.ok(allows("https://api.example.com:8443/", "api.example.com:8443"));
  assert.ok(!allows("https://api.example.com:8443/", "api.example.com"));
  assert.ok(!allows("https://example.com/", "api.example.com"));
});

test("a star allows what is below a domain and nothing that only ends like it", () => {
  assert.ok(allows("https://a.b.example.com/", "*.example.com"));
  assert.ok(!allows("https://example.com/", "*.example.com"));
  assert.ok(!allows("https://evilexample.com/", "*.example.com"));
});

test("names and passwords in an address, and other spellings, lead nowhere else", () => {
  assert.ok(!allows("https://api.example.com@evil.com/", "api.example.com"));
  assert.ok(!allows("https://evil.com/?api.example.com", "api.example.com"));
  assert.ok(allows("https://API.EXAMPLE.COM/", "api.example.com"));
  assert.ok(!allows("ftp://api.example.com/", "api.example.com"));
});

test("without a list nothing may be called", async () => {
  for (const env of [{}, { EGRESS: "" }]) {
    const response = await outbound.fetch(new Request("https://api.example.com/"), env);
    assert.equal(response.status, 403);
    assert.equal(await response.text(), "This app may not call api.example.com.");
  }
});

test("what is allowed is called as it was asked, and a redirect is left to the code", async (t) => {
  const asked = [];
  t.mock.method(globalThis, "fetch", async (request) => (asked.push(request), new Response("hello")));
  const request = new Request("https://api.example.com/x", { method: "POST", body: "text", headers: { "x-key": "1" } });
  const response = await outbound.fetch(request, { EGRESS: "other.com,api.example.com" });
  assert.equal(await response.text(), "hello");
  const [{ method, url, redirect, headers }] = asked;
  assert.deepEqual([method, url, redirect, headers.get("x-key")], ["POST", "https://api.example.com/x", "manual", "1"]);
});
