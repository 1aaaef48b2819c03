import assert from "node:assert/strict";
import { test } from "node:test";
import * as rules from "../../../overskill/components/attachment_list.js";

const view = { id: "7", kind: "image", name: "logo.png", note: "A picture.", details: [], thumbnail: "/t", size_words: "3 KB" };

test("what is answered replaces what was waiting, and keeps its place", () => {
  const list = [rules.waiting(1, "a.png", "image"), rules.waiting(2, "b.png", "image")];
  const after = rules.changed(list, 1, rules.answered(view));
  assert.deepEqual(
    after.map(({ state, name }) => [state, name]),
    [["ready", "logo.png"], ["uploading", "b.png"]],
  );
});

test("an answer for what was removed meanwhile changes nothing", () => {
  const list = [rules.waiting(1, "a.png")];
  assert.equal(rules.changed(list, 9, rules.failed("too late")), list);
});

test("a file that can't be taken is refused before it is sent", () => {
  assert.match(rules.problemOf({ size: 21 * 1024 * 1024 }, 0), /20 MB/);
  assert.match(rules.problemOf({ size: 0 }, 0), /empty/);
  assert.match(rules.problemOf({ size: 5 }, 10), /At most 10/);
  assert.equal(rules.problemOf({ size: 5 }, 9), "");
});

test("only a text that is nothing but an address is offered as a link", () => {
  const cases = [
    ["https://example.com/a?b=c", "https://example.com/a?b=c"],
    ["  http://example.com ", "http://example.com"],
    ["see https://example.com", ""],
    ["javascript:alert(1)", ""],
    ["https://localhost", ""],
    ["https://", ""],
    [`https://example.com/${"x".repeat(3000)}`, ""],
  ];
  for (const [text, link] of cases) assert.equal(rules.linkIn(text), link);
});

test("an address is told in few words", () => {
  assert.equal(rules.linkWords("https://www.example.com/"), "example.com");
  assert.equal(rules.linkWords(`https://example.com/${"a".repeat(80)}`).length, 48);
});

test("what is ready outlives a reload, and what was on its way does not", () => {
  const values = new Map();
  const storage = {
    getItem: (name) => values.get(name) ?? null,
    setItem: (name, value) => values.set(name, value),
    removeItem: (name) => values.delete(name),
  };
  const ready = { ...rules.waiting(1, "a"), ...rules.answered(view) };
  rules.keep(storage, "here", [ready, rules.waiting(2, "b")]);
  assert.deepEqual(rules.kept(storage, "here"), [ready]);
  rules.keep(storage, "here", []);
  assert.deepEqual(rules.kept(storage, "here"), []);
});

test("what somebody else wrote into the storage does no harm", () => {
  for (const text of ["{", "3", "[null]", '[{"state":"ready"}]']) {
    assert.deepEqual(rules.kept({ getItem: () => text }, "here"), []);
  }
});
