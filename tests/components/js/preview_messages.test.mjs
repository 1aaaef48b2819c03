import assert from "node:assert/strict";
import { test } from "node:test";
import { hear, placeOf, reportOf, reportOfAll, unheardPreview, whereabouts } from "../../../overskill/components/editor/preview_messages.js";

const heard = (...messages) => messages.reduce(hear, unheardPreview);

test("an error stays until the app is drawn anew", () => {
  const broken = heard({ type: "rendered", revision: 1 }, { type: "error", message: "x is not a function", file: "src/App.tsx", line: 4 });
  assert.deepEqual([broken.error.message, placeOf(broken.error)], ["x is not a function", "src/App.tsx:4"]);
  assert.equal(hear(broken, { type: "rendered", revision: 2 }).error, null);
});

test("an error that comes again changes nothing", () => {
  const boom = { type: "error", message: "Boom", file: "src/App.tsx", line: 4 };
  const broken = heard(boom);
  assert.equal(hear(broken, boom), broken);
  assert.notEqual(hear(broken, { ...boom, line: 5 }), broken);
});

const FRAMES = [
  { name: "RecipeCard", file: "src/features/RecipeCard.tsx", line: 18, column: 9 },
  { name: "", file: "src/pages/Week.tsx", line: 40, column: 2 },
];

test("an error is reported with its place, its page, and what led there", () => {
  const { error } = heard({ type: "error", message: "Boom", file: "src/App.tsx", line: 4, frames: FRAMES });
  assert.equal(
    reportOf(error, "/week", ["warn: no rating", "GET /api/x: status 404"]),
    `Please fix this error in the preview: Boom (src/App.tsx:4)

It happened on the page /week

Called by:
- RecipeCard in src/features/RecipeCard.tsx:18
- src/pages/Week.tsx:40

The console said:
- warn: no rating
- GET /api/x: status 404`,
  );
});

test("several errors are one report", () => {
  const errors = ["Boom", "Bang"].map((message) => heard({ type: "error", message, file: "src/App.tsx", line: 4, isHeldBack: true }).error);
  assert.equal(
    reportOfAll(errors, "/", []),
    `Please fix these errors in the preview:
- Boom (src/App.tsx:4)
- Bang (src/App.tsx:4)

The newest version of the code fails; the preview shows the one before it.`,
  );
});

test("a report is one sentence where nothing more is known", () => {
  const { error } = heard({ type: "error", message: "Boom" });
  assert.equal(reportOf(error, "/", []), "Please fix this error in the preview: Boom");
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
  assert.equal(heard({ type: "route", path: "//elsewhere.example/" }).route, "/");
  assert.equal(heard({ type: "route", path: "/days?open=1" }).route, "/days?open=1");
});

test("a preview that was closed is gone until it is ready again", () => {
  assert.equal(heard({ type: "ready" }, { type: "gone" }).isGone, true);
  assert.equal(heard({ type: "ready" }, { type: "gone" }, { type: "ready" }).isGone, false);
});
