import assert from "node:assert/strict";
import { test } from "node:test";
import {
  hear,
  placeOf,
  reportOf,
  unheardPreview,
  whereabouts,
  withLine,
} from "../../../overskill/components/editor/preview_messages.js";

const heard = (...messages) => messages.reduce(hear, unheardPreview);

test("an error stays until the app is drawn anew", () => {
  const broken = heard({ type: "rendered", revision: 1 }, { type: "error", message: "x is not a function", file: "src/App.tsx", line: 4 });
  assert.deepEqual(broken.error, { message: "x is not a function", file: "src/App.tsx", line: 4, stack: [], others: 0 });
  assert.equal(hear(broken, { type: "rendered", revision: 2 }).error, null);
});

test("an error that comes again changes nothing", () => {
  const boom = { type: "error", message: "Boom", file: "src/App.tsx", line: 4 };
  const broken = heard(boom);
  assert.equal(hear(broken, boom), broken);
  assert.notEqual(hear(broken, { ...boom, line: 5 }), broken);
});

const STACK = `TypeError: x is not a function
    at RecipeCard (preview:///src/features/RecipeCard.tsx?3:18:9)
    at renderWithHooks (http://shared.preview.localhost/@vendor/react-dom.js:1:2)
    at preview:///src/pages/Week.tsx?3:40:2`;

test("an error is reported with its place, its page, and what led there", () => {
  const { error } = heard({ type: "error", message: "Boom", file: "src/App.tsx", line: 4, stack: STACK });
  assert.equal(placeOf(error), "src/App.tsx:4");
  assert.equal(
    reportOf(error, "/week", ["warn: no rating", "GET /api/x: status 404"]),
    `Please fix this error in the preview: Boom (src/App.tsx:4)

It happened on the page /week

Called by:
- RecipeCard in src/features/RecipeCard.tsx
- src/pages/Week.tsx

The console said:
- warn: no rating
- GET /api/x: status 404`,
  );
});

test("a report is one sentence where nothing more is known", () => {
  const { error } = heard({ type: "error", message: "Boom" });
  assert.equal(reportOf(error, "/", []), "Please fix this error in the preview: Boom");
});

test("the newest lines of the console are kept, with failed requests", () => {
  const logs = Array.from({ length: 20 }, (_, index) => ({ type: "console", level: "log", text: `line ${index}` }));
  const failed = { type: "request-failed", method: "GET", url: "/x", status: 0 };
  const lines = [...logs, { type: "console", level: "debug", text: "no" }, { type: "ready" }, failed].reduce(withLine, []);
  assert.deepEqual([lines.length, lines[0], lines.at(-1)], [8, "log: line 13", "GET /x: no answer"]);
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
