import assert from "node:assert/strict";
import { test } from "node:test";
import {
  LONGEST_STEP,
  MOST_STEPS,
  moved,
  stepsOf,
  textsOf,
  withoutStep,
  withStepAfter,
  withText,
} from "../../../overskill/components/editor/plan_steps.js";

const plan = stepsOf(["one", "two", "three"]);

test("a step is changed in place, up to the length that is kept", () => {
  assert.deepEqual(textsOf(withText(plan, 1, "another")), ["one", "another", "three"]);
  assert.equal(withText(plan, 1, "x".repeat(999))[1].text.length, LONGEST_STEP);
});

test("a step that is added comes after the one it was added to, or last, and is its own", () => {
  const added = withStepAfter(plan, 0);
  assert.deepEqual(added.map(({ text }) => text), ["one", "", "two", "three"]);
  assert.equal(new Set(added.map(({ id }) => id)).size, 4);
  assert.equal(withStepAfter(plan, -1).at(-1).text, "");
});

test("there are only so many steps", () => {
  const full = stepsOf(Array.from({ length: MOST_STEPS }, String));
  assert.equal(withStepAfter(full, 0), full);
});

test("a step moves by one place, and stays where there is none", () => {
  assert.deepEqual(textsOf(moved(plan, 2, -1)), ["one", "three", "two"]);
  assert.equal(moved(plan, 0, -1), plan);
  assert.equal(moved(plan, 2, 1), plan);
});

test("what is sent has no empty steps", () => {
  assert.deepEqual(textsOf(withText(withoutStep(plan, 0), 1, "  ")), ["three"]);
});
