/** Questions of the preview, through a websocket that opens when the test says so. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Connection } from "../../../overskill/bundler/runtime/connection.js";

const FRAMES = [{ file: "src/App.tsx", line: 3, column: 7 }];
const NOWHERE = [{ file: "src/App.tsx", line: 0, column: 0 }];
const FOUND = [{ file: "src/App.tsx", line: 1, column: 2 }];

class Socket {
  static OPEN = 1;
  readyState = 0;
  sent = [];

  constructor() {
    Socket.latest = this;
  }

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  opens() {
    this.readyState = Socket.OPEN;
    this.onopen();
  }

  closes() {
    this.readyState = 3;
    this.onclose();
  }
}

beforeEach((t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] });
  Object.assign(globalThis, {
    WebSocket: Socket,
    location: { href: "http://app.localhost/" },
    document: { addEventListener() {}, hidden: false },
    addEventListener() {},
  });
});

function connect() {
  const connection = new Connection({ take() {}, revision: () => 1 });
  connection.open();
  return connection;
}

/** What a promise has come to so far, or null. */
const now = (promise) => Promise.race([promise, new Promise((resolve) => setImmediate(() => resolve(null)))]);

test("a place is asked for as soon as there is a connection, however late that is", async (t) => {
  const places = connect().locate(FRAMES);
  t.mock.timers.tick(8_000);
  assert.equal(await now(places), null);
  Socket.latest.opens();
  const [question] = Socket.latest.sent;
  assert.deepEqual(question.frames, FRAMES);
  Socket.latest.onmessage({ data: JSON.stringify({ type: "located", id: question.id, places: FOUND }) });
  assert.deepEqual(await now(places), FOUND);
});

test("nobody who answers, and no connection for long, is no place", async (t) => {
  const connection = connect();
  Socket.latest.opens();
  const asked = connection.locate(FRAMES);
  t.mock.timers.tick(3_000);
  assert.deepEqual(await now(asked), NOWHERE);
  Socket.latest.closes();
  const unasked = connection.locate(FRAMES);
  t.mock.timers.tick(14_000);
  assert.equal(await now(unasked), null);
  t.mock.timers.tick(1_000);
  assert.deepEqual(await now(unasked), NOWHERE);
});
