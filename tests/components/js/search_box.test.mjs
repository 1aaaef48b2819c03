import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, fits, nextPlace, settled } from "../../../overskill/components/market/search_box.js";

test("a search keeps what else the address asks for", () => {
  assert.equal(addressOf("category=food&price=free", " sour  dough "), "/explore?category=food&price=free&q=sour+dough");
  assert.equal(addressOf("category=food", "  "), "/explore?category=food");
  assert.equal(addressOf("", ""), "/explore");
});

test("whatever is typed stands in the address as it is", () => {
  const address = new URL(addressOf("", "50% & more #1?"), "http://localhost");
  assert.equal(address.searchParams.get("q"), "50% & more #1?");
});

test("the arrow keys go round, through the box", () => {
  const walk = (key, count) => Array.from({ length: count + 1 }).reduce((path) => [...path, nextPlace(key, path.at(-1), count)], [-1]);
  assert.deepEqual(walk("ArrowDown", 3), [-1, 0, 1, 2, -1]);
  assert.deepEqual(walk("ArrowUp", 3), [-1, 2, 1, 0, -1]);
});

test("suggestions stay while their words are being typed on, and go with them", () => {
  assert.ok(fits("hab", "habit"));
  assert.ok(fits("habits", "habit"));
  assert.ok(!fits("hab", "invoice"));
  assert.ok(!fits("", ""));
  assert.ok(!fits("hab", "h"));
});

test("letters that are typed while the page looks for the words before them stay", () => {
  assert.equal(settled("habit", "habit tracker", "habit"), "habit tracker");
  assert.equal(settled("sour dough", "sour  dough", "sour  dough"), "sour dough");
  assert.equal(settled("habit", "", null), "habit");
  assert.equal(settled("", "habit", "plants"), "");
});
