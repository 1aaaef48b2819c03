import assert from "node:assert/strict";
import { test } from "node:test";
import { ShownChoice } from "../../../overskill/components/tick.js";

/** A radio button or a checkbox of a page without a browser, and a clock that is moved by hand. */
function page(type, names) {
  const inputs = [];
  const ownerDocument = { getElementsByName: (name) => inputs.filter((input) => input.name === name) };
  const waiting = new Set();
  const later = (action) => {
    waiting.add(action);
    return () => waiting.delete(action);
  };
  const choices = names.map((name) => {
    const input = { type, name, checked: false, dataset: {}, ownerDocument };
    inputs.push(input);
    return { input, choice: new ShownChoice(input, later) };
  });
  const passes = () => waiting.forEach((action) => waiting.delete(action) && action());
  return { choices, passes };
}

/** As a browser does it, before anybody hears of it. */
function click({ input, choice }, group = []) {
  if (input.type === "radio") group.forEach((other) => (other.input.checked = false));
  input.checked = input.type === "radio" || !input.checked;
  choice.clicked();
}

test("a click stays while the server says nothing else", () => {
  const { choices, passes } = page("checkbox", ["a"]);
  const [a] = choices;
  a.choice.says(false);
  click(a);
  assert.equal(a.input.checked, true);
  a.choice.says(true);
  passes();
  assert.equal(a.input.checked, true);
});

test("what the server does not follow goes back", () => {
  const { choices, passes } = page("checkbox", ["a"]);
  const [a] = choices;
  a.choice.says(true);
  click(a);
  assert.equal(a.input.checked, false);
  passes();
  assert.equal(a.input.checked, true);
});

test("a radio button that goes back gives the choice back to the one that had it", () => {
  const { choices, passes } = page("radio", ["licence", "licence", "other"]);
  const [a, b, other] = choices;
  a.choice.says(true);
  b.choice.says(false);
  other.choice.says(true);
  click(b, [a]);
  assert.deepEqual([a.input.checked, b.input.checked], [false, true]);
  passes();
  assert.deepEqual([a.input.checked, b.input.checked, other.input.checked], [true, false, true]);
});

test("nothing goes back after the page was left", () => {
  const { choices, passes } = page("checkbox", ["a"]);
  const [a] = choices;
  a.choice.says(false);
  click(a);
  a.choice.close();
  passes();
  assert.equal(a.input.checked, true);
});
