import assert from "node:assert/strict";
import { test } from "node:test";
import { answersOf } from "../../../overskill/components/editor/answers.js";

const questions = [{ id: "who" }, { id: "what" }, { id: "when" }].map((each) => ({ ...each, options: ["Me"] }));

test("an answer is the option, or what was written for something else", () => {
  const chosen = { who: { option: "Me", other: "ignored" }, what: { option: null, other: " A list " } };
  assert.deepEqual(answersOf(questions, chosen), { who: "Me", what: "A list" });
});

test("what was left out, or left empty, is no answer", () => {
  assert.deepEqual(answersOf(questions, { who: { option: null, other: " " } }), {});
  assert.deepEqual(answersOf(questions, {}), {});
});
