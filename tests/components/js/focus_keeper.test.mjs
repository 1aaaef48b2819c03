import assert from "node:assert/strict";
import { test } from "node:test";
import { isSame, standIn } from "../../../overskill/components/focus_keeper.js";

const control = (localName, { words = "", label = "", ...facts } = {}) => ({
  localName,
  id: "",
  name: "",
  disabled: false,
  textContent: words,
  getAttribute: (name) => (name === "aria-label" ? label || null : null),
  ...facts,
});
const part = (...all) => ({
  querySelectorAll: (kind) => all.filter((one) => one.localName === kind),
  querySelector: () => all.find((one) => one.localName === "h2") ?? null,
});

test("a control that was drawn anew is known by its words, its name or its id", () => {
  assert.ok(isSame(control("button", { words: "Save prices" }), control("button", { words: " Save prices " })));
  assert.ok(isSame(control("input", { name: "price", value: "12.00" }), control("input", { name: "price", value: "12" })));
  assert.ok(isSame(control("input", { id: "a", name: "x" }), control("input", { id: "a" })));
});

test("what is called otherwise, can't be pressed or has no name is another one", () => {
  const end = (code) => control("button", { words: "End it", label: `End it: ${code}` });
  assert.ok(!isSame(end("AUTUMN"), end("SPRING")));
  assert.ok(!isSame(control("button", { words: "Save", disabled: true }), control("button", { words: "Save" })));
  assert.ok(!isSame(control("button"), control("button")));
  assert.ok(!isSame(control("a", { words: "Save" }), control("button", { words: "Save" })));
});

test("one of several choices is known by its value", () => {
  const choice = (value) => control("input", { name: "way", type: "radio", value });
  assert.ok(isSame(choice("card"), choice("card")));
  assert.ok(!isSame(choice("card"), choice("bank")));
});

test("where the control is gone the heading of what came instead stands in for it", () => {
  const heading = control("h2", { words: "Being checked" });
  const submit = control("button", { words: "Submit for checks" });
  assert.equal(standIn(part(heading, control("button", { words: "Take it back" })), submit), heading);
  assert.equal(standIn(part(heading, submit), submit), submit);
  assert.equal(standIn(part(), submit), null);
});
