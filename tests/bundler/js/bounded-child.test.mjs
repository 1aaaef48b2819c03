/** The limit of an answer is the answer's own: on a busy machine a child may load for longer than that. */
import assert from "node:assert/strict";
import test from "node:test";

import { BoundedChild } from "../../../overskill/bundler/server/bounded-child.mjs";

const SCRIPT = new URL("slow-child.mjs", import.meta.url);
const BOUNDS = { memory: 64, longest: 400, failed: "It failed." };

test("what a child takes to load does not count against its answer", async () => {
  const child = new BoundedChild(SCRIPT, BOUNDS);
  try {
    assert.equal(await child.ask({ milliseconds: 0 }), "done");
    assert.equal(await child.ask({ milliseconds: 0 }), "done");
  } finally {
    child.close();
  }
});

test("an answer that takes too long ends the child, loaded before or not, and the next one is answered", async () => {
  const child = new BoundedChild(SCRIPT, BOUNDS);
  try {
    await assert.rejects(child.ask({ milliseconds: 60_000 }), { kind: "unavailable", message: "It failed." });
    assert.equal(await child.ask({ milliseconds: 0 }), "done");
    await assert.rejects(child.ask({ milliseconds: 60_000 }), { kind: "unavailable" });
  } finally {
    child.close();
  }
});
