import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { roomOf } from "../../../overskill/components/editor/room.js";

const sockets = [];

/** A connection as the page sees it: the test is the server. */
class FakeSocket {
  static OPEN = 1;
  readyState = 0;
  said = [];

  constructor(address) {
    this.address = String(address);
    sockets.push(this);
  }

  open() {
    this.readyState = FakeSocket.OPEN;
    this.onopen();
  }

  send(text) {
    this.said.push(JSON.parse(text));
  }

  close() {
    this.readyState = 3;
  }

  tell(message) {
    this.onmessage({ data: JSON.stringify(message) });
  }
}

globalThis.WebSocket = FakeSocket;
globalThis.location = new URL("https://studio.example/studio/habits");

const ignore = () => {};
const ME = { id: "1", name: "Ada", colour: 1, tab: "", path: "", is_me: true };
const BOB = { id: "2", name: "Bob", colour: 2, tab: "code", path: "a.ts", is_me: false };
let apps = 0;
const anyApp = () => `app-${apps++}`;

beforeEach(() => {
  sockets.length = 0;
  mock.timers.enable({ apis: ["setTimeout"] });
});
afterEach(() => mock.timers.reset());

test("all parts of a page share one connection", () => {
  const slug = anyApp();
  roomOf(slug).subscribe(ignore);
  roomOf(slug).follow(ignore);
  assert.deepEqual(
    sockets.map(({ address }) => address),
    [`wss://studio.example/api/studio/${slug}/room?after=`],
  );
});

test("who is there is shown", () => {
  const room = roomOf(anyApp());
  room.subscribe(ignore);
  sockets[0].tell({ k: "here", id: "1-0", revision: 4 });
  sockets[0].tell({ k: "people", people: [ME, BOB] });
  assert.deepEqual(room.read(), { isConnected: true, people: [ME, BOB] });
});

test("each change of files is told to who follows", () => {
  const room = roomOf(anyApp());
  const changes = [];
  room.follow((change) => changes.push(change.revision));
  sockets[0].tell({ k: "here", id: "1-0", revision: 4 });
  sockets[0].tell({ k: "files", id: "2-0", revision: 5, version: 1, files: [], by: "Bob" });
  assert.deepEqual(changes, [4, 5]);
});

test("where one is is told once, and again after a lost connection", () => {
  const room = roomOf(anyApp());
  room.subscribe(ignore);
  sockets[0].open();
  room.goTo({ tab: "code" });
  room.goTo({ tab: "code" });
  room.goTo({ path: "a.ts" });
  assert.deepEqual(sockets[0].said.slice(1), [
    { k: "at", tab: "code", path: "" },
    { k: "at", tab: "code", path: "a.ts" },
  ]);
  sockets[0].onclose({ code: 1006 });
  mock.timers.tick(500);
  sockets[1].open();
  assert.deepEqual(sockets[1].said, [{ k: "at", tab: "code", path: "a.ts" }]);
});

test("a lost connection goes on behind the last change, and shows nobody else meanwhile", () => {
  const room = roomOf(anyApp());
  room.subscribe(ignore);
  sockets[0].tell({ k: "here", id: "1-0", revision: 4 });
  sockets[0].tell({ k: "people", people: [ME, BOB] });
  sockets[0].tell({ k: "files", id: "7-0", revision: 5, version: 1, files: [], by: "Bob" });
  sockets[0].onclose({ code: 1006 });
  assert.deepEqual(room.read(), { isConnected: false, people: [ME] });
  mock.timers.tick(500);
  assert.match(sockets[1].address, /after=7-0$/);
});

test("who is refused does not knock again", () => {
  roomOf(anyApp()).subscribe(ignore);
  sockets[0].onclose({ code: 1008 });
  mock.timers.tick(60_000);
  assert.equal(sockets.length, 1);
});

test("a connection that says nothing any more is given up", () => {
  roomOf(anyApp()).subscribe(ignore);
  mock.timers.tick(30_000);
  sockets[0].tell({});
  mock.timers.tick(39_999);
  assert.equal(sockets.length, 1);
  mock.timers.tick(1);
  mock.timers.tick(500);
  assert.equal(sockets.length, 2);
});

test("a room that nothing shows any more is left", () => {
  const slug = anyApp();
  const room = roomOf(slug);
  const leave = room.follow(ignore);
  leave();
  mock.timers.tick(1999);
  assert.equal(roomOf(slug), room);
  mock.timers.tick(1);
  assert.notEqual(roomOf(slug), room);
});
