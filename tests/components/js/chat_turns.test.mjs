import assert from "node:assert/strict";
import test from "node:test";
import { earliest, gapIn, lastToEdit, merged, rowsOf, waitingOf } from "../../../overskill/components/editor/chat_turns.js";

const card = (id, facts = {}) => ({
  id: String(id),
  before: id > 1 ? String(id - 1) : "",
  at: `2026-11-21T10:00:0${id}+00:00`,
  follows: "",
  replaces: "",
  stage: "past",
  outcome: "version",
  label: "",
  ...facts,
});
const ids = (cards) => cards.map(({ id }) => id).join(" ");
const shape = (rows) => rows.map((row) => (row.card ? row.card.id : `(${ids(row.replaced)})`)).join(" ");

test("what is told is put in order behind what is known", () => {
  assert.equal(ids(merged([card(3)], [card(1), card(4), card(2)])), "1 2 3 4");
});

test("a card that says the same stays the same object, and so does the list", () => {
  const known = [card(1), card(2)];
  assert.equal(merged(known, [card(2)]), known);
  const next = merged(known, [card(2, { outcome: "words" })]);
  assert.equal(next[0], known[0]);
  assert.equal(next[1].outcome, "words");
});

test("turns that were missed are noticed", () => {
  assert.equal(gapIn([card(1), card(2), card(5)]), "5");
  assert.equal(gapIn([card(3), card(4)]), "");
});

test("there are earlier ones until the first of the app is known", () => {
  assert.equal(earliest([card(3), card(4)]), "3");
  assert.equal(earliest([card(1), card(2)]), "");
  assert.equal(earliest([]), "");
});

test("turns that were replaced are folded before what replaced them", () => {
  const again = card(4, { replaces: "2" });
  assert.equal(shape(rowsOf([card(1), card(2), card(3), again, card(5)])), "1 (2 3) 4 5");
});

test("what was replaced twice is one fold", () => {
  const cards = [card(1), card(2), card(3, { replaces: "2" }), card(4), card(5, { replaces: "3" })];
  assert.equal(shape(rowsOf(cards)), "1 (2 3 4) 5");
});

test("where the first replaced turn is not read yet, all before is folded", () => {
  assert.equal(shape(rowsOf([card(3), card(4, { replaces: "2" })])), "(3) 4");
});

test("a plan that was built is not offered again", () => {
  const [plan] = rowsOf([card(1, { outcome: "plan" }), card(2, { follows: "1" })]);
  assert.equal(plan.card.outcome, "words");
});

test("only the newest is newest", () => {
  assert.deepEqual(rowsOf([card(1), card(2)]).map(({ isNewest }) => isNewest), [false, true]);
});

test("messages that wait keep their order", () => {
  const cards = [card(1, { stage: "live" }), card(2, { stage: "waiting" }), card(3, { stage: "waiting" })];
  assert.equal(ids(waitingOf(cards)), "2 3");
});

test("the message to change is the newest that is not being answered", () => {
  assert.equal(lastToEdit([card(1), card(2, { stage: "live" })]).id, "1");
  assert.equal(lastToEdit([card(1), card(2, { label: "Build this plan" })]).id, "1");
  assert.equal(lastToEdit([]), undefined);
});
