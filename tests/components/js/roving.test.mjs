import assert from "node:assert/strict";
import { test } from "node:test";
import { placeAfter } from "../../../overskill/components/roving.js";

const tabs = (key, at) => placeAfter(key, { role: "tablist", at, count: 4 });

test("arrows lead to the neighbours, and round the ends", () => {
  assert.deepEqual([tabs("ArrowRight", 0), tabs("ArrowLeft", 1)], [1, 0]);
  assert.deepEqual([tabs("ArrowRight", 3), tabs("ArrowLeft", 0)], [0, 3]);
});

test("Home and End lead to the ends", () => {
  assert.deepEqual([tabs("Home", 2), tabs("End", 1)], [0, 3]);
});

test("up and down scroll the page beside tabs, and choose among choices", () => {
  assert.equal(tabs("ArrowDown", 0), -1);
  assert.equal(placeAfter("ArrowDown", { role: "radiogroup", at: 0, count: 3 }), 1);
});

test("up and down choose among tabs that stand below each other, as left and right do", () => {
  const steps = (key, at) => placeAfter(key, { role: "tablist", at, count: 5, isColumn: true });
  assert.deepEqual([steps("ArrowDown", 0), steps("ArrowUp", 0), steps("ArrowRight", 4)], [1, 4, 0]);
});

test("other keys, and keys elsewhere in the row, lead nowhere", () => {
  assert.equal(tabs("Enter", 0), -1);
  assert.equal(tabs("Home", -1), -1);
});
