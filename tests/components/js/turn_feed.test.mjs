import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { feedOf } from "../../../overskill/components/editor/turn_feed.js";

const sockets = [];

/** A connection as the page sees it: the test is the server. */
class FakeSocket {
  isClosed = false;

  constructor(address) {
    this.address = String(address);
    sockets.push(this);
  }

  close() {
    this.isClosed = true;
  }

  tell(...message) {
    this.onmessage({ data: JSON.stringify(message) });
  }
}

globalThis.WebSocket = FakeSocket;
globalThis.location = new URL("https://studio.example/studio/habits");
globalThis.document = { hidden: true }; // what is heard is shown at once, without frames
globalThis.requestAnimationFrame = () => 1;
globalThis.cancelAnimationFrame = () => {};

const PROSE = { k: "prose", text: "Hello" };
const DONE = { k: "done", status: "succeeded", version: 1 };
const ignore = () => {};
let turns = 0;
const anyTurn = () => `turn-${turns++}`;

beforeEach(() => {
  sockets.length = 0;
  mock.timers.enable({ apis: ["setTimeout"] });
});
afterEach(() => mock.timers.reset());

test("whatever shows a turn shares one connection", () => {
  const id = anyTurn();
  feedOf(id).subscribe(ignore);
  feedOf(id).subscribe(ignore);
  assert.deepEqual(
    sockets.map(({ address }) => address),
    [`wss://studio.example/api/turns/${id}/live?after=`],
  );
});

test("what is told is shown", () => {
  const feed = feedOf(anyTurn());
  const shown = [];
  feed.subscribe(() => shown.push(feed.read().prose));
  sockets[0].tell("7000-0", PROSE);
  assert.equal(shown.at(-1), "Hello");
  assert.equal(feed.read().since, 7000);
});

test("a text alone is one more piece of the file of the last piece", () => {
  const feed = feedOf(anyTurn());
  feed.subscribe(ignore);
  sockets[0].tell("7-0", { k: "open", path: "a.ts" }, { k: "delta", path: "a.ts", text: "one" }, " two");
  sockets[0].tell("8-0", " three", { k: "open", path: "b.ts" }, "four");
  assert.deepEqual(feed.read().files.map(({ text }) => text), ["one two three", "four"]);
});

test("a number instead of an id is the time since the one before", () => {
  const feed = feedOf(anyTurn());
  feed.subscribe(ignore);
  sockets[0].tell("1763742330123-4", PROSE);
  sockets[0].tell(120, PROSE);
  sockets[0].tell();
  sockets[0].tell(7, PROSE);
  sockets[0].onclose();
  mock.timers.tick(500);
  assert.match(sockets[1].address, /after=1763742330250-0$/);
});

test("a lost connection goes on after the last entry, with growing pauses", () => {
  const feed = feedOf(anyTurn());
  feed.subscribe(ignore);
  sockets[0].tell("7-0", PROSE);
  for (const pause of [500, 1000, 2000, 4000, 4000]) {
    sockets.at(-1).onclose();
    assert.equal(feed.read().isConnected, false);
    const before = sockets.length;
    mock.timers.tick(pause - 1);
    assert.equal(sockets.length, before);
    mock.timers.tick(1);
    assert.equal(sockets.length, before + 1);
  }
  assert.match(sockets.at(-1).address, /after=7-0$/);
  sockets.at(-1).onopen();
  assert.equal(feed.read().isConnected, true);
});

test("a connection that says nothing any more is given up", () => {
  feedOf(anyTurn()).subscribe(ignore);
  mock.timers.tick(30_000);
  sockets[0].tell();
  mock.timers.tick(30_000);
  assert.equal(sockets[0].isClosed, false);
  mock.timers.tick(10_000);
  assert.equal(sockets[0].isClosed, true);
  mock.timers.tick(500);
  assert.equal(sockets.length, 2);
});

test("the end of the turn ends the connection for good", () => {
  const feed = feedOf(anyTurn());
  feed.subscribe(ignore);
  sockets[0].tell("7-0", DONE);
  sockets[0].onclose();
  mock.timers.tick(60_000);
  assert.equal(feed.read().end.status, "succeeded");
  assert.deepEqual([sockets.length, sockets[0].isClosed], [1, true]);
});

test("a part of the page that is laid out anew keeps the connection", () => {
  const feed = feedOf(anyTurn());
  const leave = feed.subscribe(ignore);
  leave();
  mock.timers.tick(1000);
  feed.subscribe(ignore);
  mock.timers.tick(5000);
  assert.deepEqual([sockets.length, sockets[0].isClosed], [1, false]);
});

test("a turn that nothing shows any more is forgotten", () => {
  const id = anyTurn();
  const feed = feedOf(id);
  const leave = feed.subscribe(ignore);
  sockets[0].tell("8-0", PROSE, DONE);
  leave();
  mock.timers.tick(1999);
  assert.equal(feedOf(id), feed);
  mock.timers.tick(1);
  assert.notEqual(feedOf(id), feed);
});
