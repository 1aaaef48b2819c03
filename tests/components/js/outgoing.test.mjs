import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { AGAIN_MS, Outgoing } from "../../../overskill/components/editor/outgoing.js";
import { FakeStorage } from "./fake_files.mjs";

const KEY = "overskill:sending:habits";
const MESSAGE = { draft: "a dark theme", text: "a dark theme", mode: "build", attachments: [] };

let storage;
let sent;

/** The box of one visit to the page. */
function open() {
  return new Outgoing({ storage, key: KEY, send: (message) => sent.push(message), onChange: () => {} });
}

beforeEach(() => {
  storage = new FakeStorage();
  sent = [];
  mock.timers.enable({ apis: ["setTimeout"] });
});
afterEach(() => mock.timers.reset());

test("a message that was taken leaves the box, and is not sent again", () => {
  const box = open();
  box.send(MESSAGE);
  assert.equal(box.isUnderWay, true);
  assert.equal(box.taken(sent[0].id).draft, MESSAGE.draft);
  assert.equal(box.isUnderWay, false);
  mock.timers.tick(AGAIN_MS[0]);
  assert.equal(sent.length, 1);
});

test("without an answer it is sent again under the same id, then the box is free", () => {
  const box = open();
  box.send(MESSAGE);
  for (const pause of AGAIN_MS) mock.timers.tick(pause);
  assert.equal(sent.length, AGAIN_MS.length);
  assert.equal(new Set(sent.map(({ id }) => id)).size, 1);
  assert.equal(box.isUnderWay, false);
});

test("the same words after all tries are the same message, others are another", () => {
  const box = open();
  box.send(MESSAGE);
  for (const pause of AGAIN_MS) mock.timers.tick(pause);
  box.send(MESSAGE);
  assert.equal(sent.at(-1).id, sent[0].id);
  box.send({ ...MESSAGE, text: "a light theme" });
  assert.notEqual(sent.at(-1).id, sent[0].id);
});

test("what a server says of an earlier message changes nothing", () => {
  const box = open();
  box.send(MESSAGE);
  assert.equal(box.taken("another"), null);
  assert.equal(box.taken(""), null);
  assert.equal(box.isUnderWay, true);
});

test("what was refused stays in the box, and is another message when it is sent again", () => {
  const box = open();
  box.send(MESSAGE);
  box.refused(sent[0].id);
  assert.equal(box.isUnderWay, false);
  box.send(MESSAGE);
  assert.notEqual(sent[1].id, sent[0].id);
});

test("a reload goes on with it", () => {
  open().send(MESSAGE);
  const after = open();
  after.resume(MESSAGE.draft);
  assert.equal(after.isUnderWay, true);
  assert.equal(sent[1].id, sent[0].id);
});

test("a reload sends nothing that was written over", () => {
  open().send(MESSAGE);
  open().resume("something else");
  assert.equal(sent.length, 1);
});
