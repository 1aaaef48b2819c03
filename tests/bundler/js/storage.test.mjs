import assert from "node:assert/strict";
import test from "node:test";

import { provideStorage } from "../../../overskill/bundler/runtime/storage.js";

/** A window whose storage is denied. */
function deniedWindow(name = "") {
  const scope = Object.assign(new EventTarget(), { name });
  for (const storage of ["localStorage", "sessionStorage"]) {
    Object.defineProperty(scope, storage, {
      configurable: true,
      get() {
        throw new Error("denied");
      },
    });
  }
  return scope;
}

test("storage that works is left alone", () => {
  const works = { setItem() {}, removeItem() {} };
  const scope = { name: "mine", localStorage: works, sessionStorage: works };
  provideStorage(scope);
  assert.equal(scope.localStorage, works);
  assert.equal(scope.name, "mine");
});

test("values outlive a reload in the window's name", () => {
  const before = deniedWindow();
  provideStorage(before);
  before.localStorage.setItem("a", 1);
  before.sessionStorage.b = "2";
  const after = deniedWindow(before.name);
  provideStorage(after);
  assert.deepEqual([after.localStorage.getItem("a"), after.sessionStorage.getItem("b")], ["1", "2"]);
});

test("it has a length, keys, and nothing for what was never set", () => {
  const scope = deniedWindow("not ours");
  provideStorage(scope);
  const { localStorage } = scope;
  localStorage.x = "1";
  localStorage.setItem("y", "2");
  delete localStorage.x;
  assert.deepEqual([localStorage.length, localStorage.key(0), localStorage.key(5)], [1, "y", null]);
  assert.deepEqual(Object.keys(localStorage), ["y"]);
  assert.equal(localStorage.getItem("toString"), null);
  localStorage.clear();
  assert.equal(localStorage.length, 0);
});

test("each change is told", () => {
  const scope = deniedWindow();
  let changes = 0;
  scope.addEventListener("app:stored", () => (changes += 1));
  provideStorage(scope);
  scope.localStorage.setItem("a", 1);
  scope.localStorage.b = "2";
  scope.localStorage.removeItem("a");
  delete scope.localStorage.b;
  scope.localStorage.clear();
  assert.equal(changes, 5);
});
