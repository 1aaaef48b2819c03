import assert from "node:assert/strict";
import { test } from "node:test";
import { hear, placeOf, reportOf, unheardPreview, whereabouts } from "../../../overskill/components/editor/preview_messages.js";

const heard = (...messages) => messages.reduce(hear, unheardPreview);

test("an error stays until the app is drawn anew", () => {
  const broken = heard({ type: "rendered", revision: 1 }, { type: "error", message: "x is not a function", file: "src/App.tsx", line: 4 });
  assert.deepEqual(broken.error, { message: "x is not a function", file: "src/App.tsx", line: 4, others: 0 });
  assert.equal(hear(broken, { type: "rendered", revision: 2 }).error, null);
});

test("an error is reported with its place", () => {
  const error = { message: "Boom", file: "src/App.tsx", line: 4 };
  assert.equal(placeOf(error), "src/App.tsx:4");
  assert.equal(reportOf(error), "Please fix this error in the preview: Boom (src/App.tsx:4)");
  assert.equal(reportOf({ message: "Boom", file: "", line: 0 }), "Please fix this error in the preview: Boom");
});

test("the first of several errors says how many others there are", () => {
  const { error } = heard({ type: "error", message: "Boom", file: "src/App.tsx", line: 4, others: 2 });
  assert.equal(whereabouts(error), "src/App.tsx:4, and 2 more errors");
  assert.equal(whereabouts({ ...error, file: "", others: 1 }), "and 1 more error");
  assert.equal(whereabouts({ ...error, others: 0 }), "src/App.tsx:4");
});

test("what an app says is cut and never trusted to be text", () => {
  const preview = heard({ type: "error", message: "x".repeat(5000), file: { toString: "evil" }, line: "nine" }, { type: "route", path: 7 });
  assert.equal(preview.error.message.length, 600);
  assert.deepEqual([preview.error.file, preview.error.line, preview.route], ["", 0, "/"]);
});

test("a route leads nowhere but into the preview", () => {
  assert.equal(heard({ type: "route", path: "@elsewhere.example/" }).route, "/");
  assert.equal(heard({ type: "route", path: "/days?open=1" }).route, "/days?open=1");
});

test("a preview that was closed is gone until it is ready again", () => {
  assert.equal(heard({ type: "ready" }, { type: "gone" }).isGone, true);
  assert.equal(heard({ type: "ready" }, { type: "gone" }, { type: "ready" }).isGone, false);
});
