/** The words that attributes of the browser's elements are chosen from, against React's own types. */
import assert from "node:assert/strict";
import test from "node:test";

import { choicesOf } from "../../../overskill/bundler/core/html-choices.mjs";
import { namedWords } from "./react-types.mjs";

const TAGS = namedWords(process.env.OVERSKILL_BUNDLER_VENDOR);
const sorted = (words) => [...new Set(words)].filter(Boolean).sort(); // "" is the same as none

test("what React allows only some words for is a choice of just these", () => {
  assert.ok(TAGS.size > 150);
  for (const [tag, attributes] of TAGS) {
    for (const [name, { words, isClosed }] of attributes)
      if (isClosed) assert.deepEqual(sorted(choicesOf(tag, name) ?? []), sorted(words), `${name} of ${tag}`);
  }
});

test("a kind of input is one that the browser knows, and other words are free", () => {
  assert.deepEqual(sorted(choicesOf("input", "type")), sorted(TAGS.get("input").get("type").words));
  for (const [tag, name] of [["a", "href"], ["a", "target"], ["p", "type"], ["p", "toString"], ["constructor", "title"]])
    assert.equal(choicesOf(tag, name), null);
});
