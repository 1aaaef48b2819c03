import assert from "node:assert/strict";
import test from "node:test";

import { conflictsOf } from "../../../overskill/components/editor/turn_conflicts.js";

/** Conflicts of a turn whose server answers so, and what it was asked. */
function conflicts(status, answer = {}) {
  const asked = [];
  const fetch = async (url, options) => {
    asked.push([url, options?.body ? JSON.parse(options.body) : null]);
    return { ok: status < 400, status, json: async () => answer };
  };
  return { asked, conflicts: conflictsOf("habits", "t-1", fetch) };
}

test("both texts are asked for by turn and path", async () => {
  const { asked, conflicts: known } = conflicts(200, { mine: "a", theirs: null });
  assert.deepEqual(await known.read("src/a b.ts"), { mine: "a", theirs: null });
  assert.deepEqual(asked, [["/api/studio/habits/conflicts?turn=t-1&path=src%2Fa+b.ts", null]]);
});

test("a choice is sent", async () => {
  const { asked, conflicts: known } = conflicts(200);
  await known.choose("src/a.ts", "theirs");
  assert.deepEqual(asked[0][1], { turn: "t-1", path: "src/a.ts", keep: "theirs" });
});

test("where somebody chose before there is nothing left to choose", async () => {
  await conflicts(404, { error: "Somebody has chosen already." }).conflicts.choose("src/a.ts", "mine");
});

test("what the server says against a choice is for the reader", () =>
  assert.rejects(conflicts(403, { error: "You can look." }).conflicts.choose("src/a.ts", "mine"), { message: "You can look." }));

test("a lost connection is said in words, too", () => {
  const known = conflictsOf("habits", "t-1", async () => {
    throw new TypeError("Failed to fetch");
  });
  return assert.rejects(known.choose("src/a.ts", "mine"), /Try again/);
});
