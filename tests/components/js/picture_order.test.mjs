import assert from "node:assert/strict";
import test from "node:test";
import { moved } from "../../../overskill/components/market/picture_order.js";

const IDS = ["a", "b", "c"];

test("a picture goes where it is dropped, and the others close up", () => {
  assert.deepEqual(moved(IDS, 2, 0), ["c", "a", "b"]);
  assert.deepEqual(moved(IDS, 0, 1), ["b", "a", "c"]);
});

test("what can't be moved stays", () => {
  for (const [from, to] of [[0, 0], [-1, 1], [0, 3], [3, 0]]) assert.deepEqual(moved(IDS, from, to), IDS);
});
