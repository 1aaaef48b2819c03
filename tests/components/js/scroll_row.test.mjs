import assert from "node:assert/strict";
import { test } from "node:test";
import { hiddenEnds, showing } from "../../../overskill/components/scroll_row.js";

test("a row says at which ends more of it is", () => {
  const ends = (left) => hiddenEnds({ left, seen: 300, whole: 500 });
  assert.deepEqual([0, 120, 200].map(ends), ["end", "both", "start"]);
  assert.equal(hiddenEnds({ left: 0, seen: 300, whole: 300 }), "");
});

test("what a browser rounds is no more of it", () => {
  assert.equal(hiddenEnds({ left: 0.6, seen: 300, whole: 301 }), "");
});

test("what is chosen stands in the middle, or as near as the row goes", () => {
  const place = (at) => showing({ at, wide: 100, seen: 300, whole: 500 });
  assert.deepEqual([0, 180, 400].map(place), [0, 80, 200]);
  assert.equal(showing({ at: 40, wide: 100, seen: 300, whole: 300 }), 0);
});
