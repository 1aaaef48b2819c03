import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { Kept } from "../../../overskill/bundler/runtime/kept.js";

class StorageEvent extends Event {
  constructor(type, facts) {
    super(type);
    Object.assign(this, facts);
  }
}

/** As a browser's, methods on its prototype. */
class Storage {
  values = new Map();
  isFull = false;
  get length() {
    return this.values.size;
  }
  key(place) {
    return [...this.values.keys()][place] ?? null;
  }
  getItem(key) {
    return this.values.get(key) ?? null;
  }
  setItem(key, value) {
    if (this.isFull) throw new Error("full");
    this.values.set(key, value);
  }
  removeItem(key) {
    this.values.delete(key);
  }
  clear() {
    this.values.clear();
  }
}

let scope, told, kept;

beforeEach((context) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  context.after?.(() => mock.timers.reset());
  class Native extends Storage {}
  for (const name of ["setItem", "removeItem", "clear"]) Native.prototype[name] = Storage.prototype[name];
  scope = Object.assign(new EventTarget(), { StorageEvent, Storage: Native, localStorage: new Native() });
  told = [];
  kept = new Kept((type, details) => told.push([type, details]), scope);
  kept.start();
});

test.afterEach(() => mock.timers.reset());

/** A store as the starter's lib/storage makes them. */
function announce(key, value) {
  const listeners = new Set();
  const store = {
    get: () => value,
    subscribe: (listener) => (listeners.add(listener), () => listeners.delete(listener)),
    set: (next) => {
      value = next;
      for (const listener of listeners) listener();
    },
    listeners,
  };
  scope.dispatchEvent(Object.assign(new Event("app:store"), { detail: { key, store } }));
  return store;
}

const watch = (on = true) => kept.commands["kept-watch"]({ on });
const set = (key, text) => kept.commands["kept-set"]({ key, text });
const entries = () => told.at(-1)[1].entries.map(({ key, text, isStored }) => [key, text, isStored]);

test("nothing is told while nobody looks", () => {
  announce("habits", ["walk"]).set(["swim"]);
  scope.localStorage.setItem("x", "1");
  mock.timers.tick(1000);
  assert.deepEqual(told, []);
});

test("what an app begins with is told, and what it has stored", () => {
  announce("habits", ["walk"]);
  scope.localStorage.setItem("theme", "dark");
  watch();
  assert.deepEqual(entries(), [
    ["habits", '["walk"]', false],
    ["theme", "dark", true],
  ]);
});

test("what is stored counts for more than what a store began with", () => {
  announce("habits", ["walk"]);
  scope.localStorage.setItem("habits", '["swim"]');
  watch();
  assert.deepEqual(entries(), [["habits", '["swim"]', true]]);
});

test("changes of the app are told together, after a moment", () => {
  const store = announce("habits", []);
  watch();
  store.set(["a"]);
  store.set(["a", "b"]);
  scope.localStorage.setItem("theme", "dark");
  assert.equal(told.length, 1);
  mock.timers.tick(100);
  assert.equal(told.length, 2);
  assert.deepEqual(entries(), [
    ["habits", '["a","b"]', false],
    ["theme", "dark", true],
  ]);
  scope.localStorage.clear();
  mock.timers.tick(100);
  assert.deepEqual(entries(), [["habits", '["a","b"]', false]]);
  watch(false);
  store.set([]);
  mock.timers.tick(100);
  assert.equal(told.length, 3);
});

test("storage in memory tells by itself", () => {
  watch();
  scope.localStorage.values.set("theme", "dark"); // not by the browser's own methods
  scope.dispatchEvent(new Event("app:stored"));
  mock.timers.tick(100);
  assert.deepEqual(entries(), [["theme", "dark", true]]);
});

test("a change from the editor comes to the app as another tab's would", () => {
  announce("habits", []);
  const heard = [];
  scope.addEventListener("storage", ({ key, oldValue, newValue }) => heard.push([key, oldValue, newValue]));
  watch();
  set("habits", '["swim"]');
  set("habits", null);
  assert.deepEqual(heard, [
    ["habits", null, '["swim"]'],
    ["habits", '["swim"]', null],
  ]);
  assert.equal(scope.localStorage.length, 0);
});

test("what the browser refuses is told, and the app hears nothing", () => {
  watch();
  scope.localStorage.isFull = true;
  scope.addEventListener("storage", () => assert.fail("nothing was stored"));
  set("habits", "[]");
  assert.deepEqual(told.at(-1), ["kept-refused", { key: "habits", message: "full" }]);
});

test("what makes no sense changes nothing", () => {
  watch();
  for (const [key, text] of [[null, "1"], ["x", 1], ["x", undefined], [{}, null]]) set(key, text);
  assert.equal(scope.localStorage.length, 0);
  for (const detail of [null, {}, { key: 1, store: {} }, { key: "x", store: {} }])
    scope.dispatchEvent(Object.assign(new Event("app:store"), { detail }));
  watch();
  assert.deepEqual(entries(), []);
});

test("a module that was replaced is listened to no more", () => {
  const before = announce("habits", ["old"]);
  announce("habits", ["new"]);
  assert.equal(before.listeners.size, 0);
  watch();
  assert.deepEqual(entries(), [["habits", '["new"]', false]]);
});

test("a store that can't be written as JSON stops nothing", () => {
  const round = {};
  round.round = round;
  announce("round", round);
  announce("nothing", undefined);
  watch();
  assert.deepEqual(entries().map(([, text]) => text), ["null", "null"]);
});

test("too much is left out, and said to be", () => {
  for (let number = 0; number < 104; number += 1) scope.localStorage.setItem(`k${number}`, number === 0 ? "x".repeat(500_001) : "x");
  watch();
  const [, { entries: sent, more }] = told.at(-1);
  assert.deepEqual([sent.length, more], [100, 4]);
  assert.deepEqual([sent[0].text, sent[0].size], [null, 500_001]);
});
