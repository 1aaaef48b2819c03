// An app's own _headers and _redirects, as the edge on one machine follows them. Run by test_dispatch.py.

import assert from "node:assert/strict";
import { test } from "node:test";

import { redirected, withRules } from "../../overskill/edge/workers/namespace/rules.js";

function sentTo(from, path, to = "/there") {
  return redirected({ redirects: [[from, to, 302]] }, new URL(path, "https://shop.example"))?.location ?? null;
}

test("a rule may have a wildcard in each part of a path", () => {
  assert.equal(sentTo("/:year/post-:slug.html/*", "/2026/post-hello.html/a/b", "/:year/:slug/:splat"), "/2026/hello/a/b");
  assert.equal(sentTo("/*/:last", "/a/b/c", "/:last"), "/c");
});

// Matching those takes longer with every letter of the address, and the process that does it serves all apps.
for (const rule of ["/:a:b", "/:a-:b", "/*-:a", "/:a-*", "/x/:a:b/y"]) {
  test(`a rule with two wildcards in one part, ${rule}, never fits`, () => {
    assert.equal(sentTo(rule, "/x-y"), null);
    assert.equal(sentTo(rule, "/x/a-b/y"), null);
  });
}

test("a rule of _headers can't hold up the edge either", () => {
  const config = { headers: [["/:a:b:c:d:e:f:g:h:i:j/x", { "x-robots-tag": "none" }, []]] };
  const url = new URL(`https://shop.example/${"a".repeat(120)}`);
  assert.equal(withRules(new Response(), config, url).headers.get("x-robots-tag"), null);
});
