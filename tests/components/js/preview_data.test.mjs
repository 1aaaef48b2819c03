/** What the preview says that its app keeps, and what it is asked to change. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { PreviewData } from "../../../overskill/components/editor/preview_data.js";

const HABITS = { key: ":habits", text: '["walk"]', size: 8, isStored: true };
const THEME = { key: ":theme", text: '"dark"', size: 6, isStored: false };
let data, said;

beforeEach(() => {
  said = [];
  data = new PreviewData();
  data.connect((message) => said.push(message));
  data.watch(true);
  data.hear({ type: "ready" });
  data.hear({ type: "kept", entries: [HABITS, THEME], more: 0 });
  said.length = 0;
});

test("what is kept is known, and that it is there", () => {
  assert.deepEqual(data.now(), { isThere: true, entries: [HABITS, THEME], more: 0, problem: "", canUndo: false });
});

test("a preview that begins anew is asked again, while somebody looks", () => {
  data.hear({ type: "begin" });
  assert.equal(data.now().isThere, false);
  data.watch(true);
  assert.deepEqual(said, []); // nobody listens there yet
  data.hear({ type: "ready" });
  assert.deepEqual(said, [{ type: "kept-watch", on: true }]);
  data.watch(false);
  assert.deepEqual(said.at(-1), { type: "kept-watch", on: false });
});

test("a change is shown and said at once, and undone step by step", () => {
  data.change(":habits", '["swim"]');
  data.change(":theme", '"light"');
  assert.deepEqual(data.now().entries.map(({ text, isStored }) => [text, isStored]), [
    ['["swim"]', true],
    ['"light"', true],
  ]);
  data.undo();
  data.undo();
  assert.equal(data.now().canUndo, false);
  data.undo();
  assert.deepEqual(said.map(({ key, text }) => [key, text]), [
    [":habits", '["swim"]'],
    [":theme", '"light"'],
    [":theme", null], // it was not stored before
    [":habits", '["walk"]'],
  ]);
});

test("to begin anew is undone, too", () => {
  data.change(":habits", null);
  data.undo();
  assert.deepEqual(said.map(({ text }) => text), [null, '["walk"]']);
});

test("what the browser refuses is said, is no step to undo, and what is there is asked for again", () => {
  data.change(":habits", '["swim"]');
  data.hear({ type: "kept-refused", key: ":habits", message: "full" });
  assert.deepEqual([data.now().problem, data.now().canUndo], ["full", false]);
  assert.deepEqual(said.at(-1), { type: "kept-watch", on: true });
  data.change(":habits", '["run"]');
  assert.equal(data.now().problem, "");
});

test("nothing is changed that is not known", () => {
  data.change(":other", "1");
  assert.deepEqual(said, []);
});

test("while the preview is away nothing is changed, and that is said", () => {
  data.hear({ type: "begin" });
  data.change(":habits", '["swim"]');
  assert.deepEqual(said, []);
  assert.match(data.now().problem, /not running/);
  assert.equal(data.now().entries[0].text, HABITS.text);
});

test("another app's steps are not undone", () => {
  data.change(":habits", '["swim"]');
  data.forget();
  assert.deepEqual([data.now().entries, data.now().canUndo], [[], false]);
  data.undo();
  assert.equal(said.length, 1);
});

const ODD = {
  "no list": { entries: "many" },
  "no entry": { entries: [null, 3, {}] },
  "a key that is no text": { entries: [{ key: {}, text: "1" }] },
  "a key without an end": { entries: [{ key: "x".repeat(201), text: "1" }] },
};
for (const [what, message] of Object.entries(ODD)) {
  test(`of ${what} nothing is taken`, () => {
    data.hear({ type: "kept", ...message });
    assert.deepEqual(data.now().entries, []);
  });
}

test("of too much only so much is taken, and no text that is too long", () => {
  const entries = Array.from({ length: 150 }, (_, place) => ({ key: `k${place}`, text: "x".repeat(place ? 1 : 500_001), size: "big", isStored: 1 }));
  data.hear({ type: "kept", entries, more: -1 });
  assert.equal(data.now().entries.length, 100);
  assert.deepEqual(data.now().entries[0], { key: "k0", text: null, size: 0, isStored: false });
  assert.equal(data.now().more, 0);
});
