import assert from "node:assert/strict";
import test from "node:test";
import { KeptText } from "../../../overskill/components/market/kept_text.js";

class Store extends Map {
  getItem = (key) => this.get(key) ?? null;
  setItem = (key, text) => this.set(key, text);
  removeItem = (key) => this.delete(key);
}

function open({ store = new Store() } = {}) {
  const sent = [];
  const waiting = [];
  const field = new KeptText("kept:a:title", {
    send: (text, stamp) => sent.push({ text, stamp }),
    changed: () => {},
    store,
    later: (action) => {
      const entry = { action };
      waiting.push(entry);
      return () => waiting.splice(waiting.indexOf(entry), 1);
    },
  });
  return { field, sent, waiting, store };
}

test("it says saved only once the server has answered what was sent", () => {
  const { field, sent } = open();
  field.type("Plants");
  assert.equal(field.note, "typing");
  field.leave();
  assert.equal(field.note, "saving");
  field.answer("of another field", false);
  assert.equal(field.note, "saving");
  field.answer(sent[0].stamp, false);
  assert.deepEqual([field.note, field.text], ["saved", null]);
});

test("what is typed while it is saved is kept and sent when it is left", () => {
  const { field, sent } = open();
  field.type("Plants");
  field.leave();
  field.type("Plants and pots");
  field.answer(sent[0].stamp, false);
  assert.deepEqual([field.note, field.text], ["typing", "Plants and pots"]);
  field.leave();
  assert.equal(sent.at(-1).text, "Plants and pots");
});

test("what was refused stays in the field, and is not called saved", () => {
  const { field, sent } = open();
  field.type("x".repeat(99));
  field.leave();
  field.answer(sent[0].stamp, true);
  assert.deepEqual([field.note, field.text.length], ["typing", 99]);
});

test("without an answer it says so, and sends it again until there is one", () => {
  const { field, sent, waiting } = open();
  field.type("Plants");
  field.leave();
  waiting[0].action();
  assert.deepEqual([field.note, sent.length], ["late", 2]);
  field.again();
  assert.equal(sent.length, 3);
  field.answer(sent[0].stamp, false);
  assert.equal(field.note, "late"); // of that sending nothing more is heard
  field.answer(sent[2].stamp, false);
  assert.deepEqual([field.note, waiting.length], ["saved", 0]);
});

test("what a page left open is there on the next one", () => {
  const { field, store, sent } = open();
  field.type("Plants");
  field.close();
  assert.equal(sent.at(-1).text, "Plants");
  const next = open({ store });
  assert.equal(next.field.text, "Plants");
  next.field.leave();
  next.field.answer(next.sent[0].stamp, false);
  assert.equal(open({ store }).field.text, null);
});

test("a field that is left as it was sends nothing", () => {
  const { field, sent } = open();
  field.leave();
  field.close();
  assert.equal(sent.length, 0);
});

test("a browser that keeps nothing still saves", () => {
  const { field, sent } = open({ store: null });
  field.type("Plants");
  field.leave();
  field.answer(sent[0].stamp, false);
  assert.equal(field.note, "saved");
});
