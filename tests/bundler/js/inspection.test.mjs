/** What the type checker and the linter print, as diagnostics. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { parsed as parsedLint } from "../../../overskill/bundler/inspection/lint.mjs";
import { parsed as parsedTypes } from "../../../overskill/bundler/inspection/types.mjs";

test("an error of types is a line, and what is indented below says more", () => {
  const [wrong, untyped] = parsedTypes(`src/App.tsx(3,7): error TS2322: Type 'A' is not assignable to type 'B'.
  Property 'x' is missing in type 'A'.
    Deeper still.
src/App.tsx(9,1): error TS7006: Parameter 'one' implicitly has an 'any' type.
`);
  assert.deepEqual(wrong, {
    file: "src/App.tsx",
    message: "Type 'A' is not assignable to type 'B'. Property 'x' is missing in type 'A'.",
    line: 3,
    column: 7,
    code: "type",
    severity: "error",
  });
  assert.equal(untyped.severity, "warning");
});

test("no more errors are told than anybody reads", () => {
  assert.equal(parsedTypes("src/a.ts(1,1): error TS1: x\n".repeat(500)).length, 60);
});

test("findings of the linter keep their place and advice", () => {
  const span = { offset: 0, length: 1, line: 4, column: 2 };
  const found = { filename: "src/a.tsx", message: "Missing key.", help: "Add one.", severity: "warning", labels: [{ span }] };
  assert.deepEqual(parsedLint(JSON.stringify({ diagnostics: [found] })), [
    { file: "src/a.tsx", message: "Missing key. Add one.", line: 4, column: 2, code: "lint", severity: "warning" },
  ]);
});
