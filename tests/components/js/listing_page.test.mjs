import assert from "node:assert/strict";
import { test } from "node:test";
import { nearest, stepped } from "../../../overskill/components/market/gallery.js";
import { doubled } from "../../../overskill/components/market/page_head.js";
import { minutesLeft } from "../../../overskill/components/market/try_out.js";

test("the arrow keys move in a gallery as far as it goes", () => {
  assert.equal(stepped(0, "ArrowRight", 3), 1);
  assert.equal(stepped(2, "ArrowRight", 3), 2);
  assert.equal(stepped(0, "ArrowLeft", 3), 0);
  assert.equal(stepped(1, "End", 3), 2);
  assert.equal(stepped(1, "Home", 3), 0);
  assert.equal(stepped(1, "x", 3), 1);
  assert.equal(stepped(0, "End", 0), 0);
});

test("a track that is swiped shows the picture that is nearest", () => {
  assert.equal(nearest(0, 400, 3), 0);
  assert.equal(nearest(230, 400, 3), 1);
  assert.equal(nearest(9999, 400, 3), 2);
  assert.equal(nearest(100, 0, 3), 0);
});

test("a try-out says how many minutes are left, the one that has begun included", () => {
  const now = Date.parse("2026-11-22T12:00:00Z");
  assert.equal(minutesLeft("2026-11-22T12:29:10Z", now), 30);
  assert.equal(minutesLeft("2026-11-22T12:00:01Z", now), 1);
  assert.equal(minutesLeft("2026-11-22T11:59:59Z", now), 0);
  assert.equal(minutesLeft("", now), 0);
});

const element = (tagName, attributes) => ({
  tagName,
  getAttribute: (name) => attributes[name] ?? null,
  hasAttribute: (name) => name in attributes,
});

test("of what the server wrote for crawlers, only what the page has its own of goes", () => {
  const ours = element("TITLE", { "data-prerendered": "" });
  const description = element("META", { name: "description", "data-prerendered": "" });
  const image = element("META", { property: "og:image", "data-prerendered": "" });
  const url = element("META", { property: "og:url", "data-prerendered": "" });
  const all = [
    ours,
    description,
    image,
    url,
    element("TITLE", {}),
    element("META", { name: "description" }),
    element("META", { property: "og:image" }),
    element("META", { charset: "utf-8" }),
  ];
  assert.deepEqual(doubled(all), [ours, description, image]);
  assert.deepEqual(doubled([ours, url]), []);
});
