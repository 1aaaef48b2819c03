import assert from "node:assert/strict";
import test from "node:test";

import { groups, summary } from "../../../overskill/components/editor/settings/report.js";

const line = (path, verdict) => ({ path, verdict, words: "" });
const lines = [line("a.ts", "taken"), line("b.ts", "left_out"), line("c.ts", "taken")];

test("what is to be read comes first, and no group is empty", () => {
  assert.deepEqual(
    groups(lines).map(([verdict, found]) => [verdict, found.length]),
    [
      ["left_out", 1],
      ["taken", 2],
    ],
  );
});

test("a report says in a sentence how many files go where", () => {
  assert.equal(summary({ name: "Shop", lines, count: 2 }), "Shop: 2 taken, 1 left out.");
});

test("what every app has is counted, so that the numbers add up to the files that are imported", () => {
  assert.equal(summary({ name: "Shop", lines, count: 5 }), "Shop: 2 taken, 3 added for every app, 1 left out.");
});
