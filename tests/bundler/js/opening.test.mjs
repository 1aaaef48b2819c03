import assert from "node:assert/strict";
import test from "node:test";

import { App } from "../../../overskill/bundler/core/app.mjs";

const MILLISECOND = 1;

/** A compiler that takes a moment for each file and finds nothing in it. */
async function slow() {
  const until = performance.now() + MILLISECOND;
  while (performance.now() < until);
  return { kind: "code", code: "", imports: [], exports: new Set(), stars: [], diagnostics: [], hash: "" };
}

test("while an app with many files is opened, others get their turn", async () => {
  const files = Array.from({ length: 120 }, (_, number) => [`src/part-${number}.ts`, ""]);
  let turns = 0;
  let isOpen = false;
  const others = () => {
    turns += 1;
    if (!isOpen) setImmediate(others);
  };
  setImmediate(others);
  await new App("an-app", { stylesheets: new Map() }, { compile: slow }).apply(new Map(files));
  isOpen = true;
  assert.ok(turns >= 3, `${turns} turns in ${files.length * MILLISECOND} ms`);
});
