import assert from "node:assert/strict";
import test from "node:test";
import { ariaKeys, isMac, isPressed, keyWords } from "../../../overskill/components/editor/keys.js";

const press = (key, facts = {}) => ({ key, code: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...facts });

test("mod is Control here and Command on a Mac", () => {
  assert.ok(isPressed("mod+k", press("k", { ctrlKey: true }), false));
  assert.ok(isPressed("mod+k", press("k", { metaKey: true }), true));
  assert.equal(isPressed("mod+k", press("k", { ctrlKey: true }), true), false);
  assert.equal(isPressed("mod+k", press("k"), false), false);
});

test("a letter with more keys than asked for is another shortcut", () => {
  assert.equal(isPressed("mod+k", press("K", { ctrlKey: true, shiftKey: true }), false), false);
  assert.ok(isPressed("shift+f", press("F", { shiftKey: true }), false));
});

test("a sign counts however the keyboard makes it", () => {
  assert.ok(isPressed("?", press("?", { shiftKey: true }), false));
  assert.ok(isPressed("/", press("/", { shiftKey: true, code: "Digit7" }), false));
});

test("Alt and a figure counts by its place where Alt types a sign", () => {
  assert.ok(isPressed("alt+1", press("¡", { altKey: true, code: "Digit1" }), true));
});

test("shortcuts are shown as the system calls its keys", () => {
  assert.deepEqual(keyWords("mod+shift+f", false), ["Ctrl", "Shift", "F"]);
  assert.deepEqual(keyWords("mod+k", true), ["⌘", "K"]);
  assert.equal(ariaKeys("mod+b", true), "Meta+B");
  assert.ok(isMac("MacIntel"));
});
