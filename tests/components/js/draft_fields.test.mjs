import assert from "node:assert/strict";
import { test } from "node:test";
import { Drafts } from "../../../overskill/components/draft_fields.js";

function makeStore() {
  const kept = new Map();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key),
    kept,
  };
}

const field = (name, defaultValue, value = defaultValue) => ({ name, defaultValue, value });

test("what was typed is there again", () => {
  const store = makeStore();
  new Drafts("review:habits", store).keep([field("title", "", "Good"), field("text", "", "It works.\nWell.")]);
  const again = [field("title", ""), field("text", "")];
  new Drafts("review:habits", store).restore(again);
  assert.deepEqual(again.map(({ value }) => value), ["Good", "It works.\nWell."]);
});

test("it is of one form alone", () => {
  const store = makeStore();
  new Drafts("review:habits", store).keep([field("text", "", "It works.")]);
  const other = [field("text", "")];
  new Drafts("review:plants", store).restore(other);
  assert.equal(other[0].value, "");
});

test("what was sent is not put over what the server has now", () => {
  const store = makeStore();
  const drafts = new Drafts("review:habits", store);
  drafts.keep([field("text", "Old", "New"), field("title", "Same", "Mine")]);
  const now = [field("text", "New, and corrected elsewhere"), field("title", "Same")];
  drafts.restore(now);
  assert.deepEqual(now.map(({ value }) => value), ["New, and corrected elsewhere", "Mine"]);
});

test("what is as the server has it is not kept", () => {
  const store = makeStore();
  const drafts = new Drafts("review:habits", store);
  drafts.keep([field("text", "", "a")]);
  drafts.keep([field("text", "", "")]);
  assert.equal(store.kept.size, 0);
});

test("a browser that keeps nothing is no reason to fail", () => {
  const drafts = new Drafts("review:habits", null);
  const fields = [field("text", "", "a")];
  drafts.keep(fields);
  drafts.restore(fields);
  assert.equal(fields[0].value, "a");
});
