import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { reload, whenCalm } from "../../../overskill/components/site_update.js";
import { FakeStorage } from "./fake_files.mjs";

const CALM_MS = 10_000;

let reloads;
let stop;

beforeEach(() => {
  reloads = 0;
  globalThis.sessionStorage = new FakeStorage();
  globalThis.window = new EventTarget();
  globalThis.document = Object.assign(new EventTarget(), { hidden: false });
  globalThis.location = { reload: () => (reloads += 1) };
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_000_000 });
  stop = whenCalm(reload);
});
afterEach(() => {
  stop();
  mock.timers.reset();
});

test("a page is loaded anew once nobody did anything for a while", () => {
  mock.timers.tick(CALM_MS - 1);
  assert.equal(reloads, 0);
  mock.timers.tick(1);
  assert.equal(reloads, 1);
});

test("it waits for who is typing", () => {
  for (let key = 0; key < 5; key += 1) {
    mock.timers.tick(CALM_MS - 1);
    window.dispatchEvent(new Event("keydown"));
  }
  assert.equal(reloads, 0);
});

test("it does not wait while nobody sees it", () => {
  document.hidden = true;
  document.dispatchEvent(new Event("visibilitychange"));
  mock.timers.tick(1);
  assert.equal(reloads, 1);
});

test("what a reload did not mend is not loaded anew again and again", () => {
  mock.timers.tick(CALM_MS);
  const again = whenCalm(reload);
  mock.timers.tick(CALM_MS);
  assert.equal(reloads, 1);
  again();
});
