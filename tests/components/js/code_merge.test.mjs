import assert from "node:assert/strict";
import { test } from "node:test";
import { linesOf, sharedRuns } from "../../../overskill/components/editor/code/lines.js";
import { changesBetween, merge } from "../../../overskill/components/editor/code/merge.js";
import { chance } from "./chance.mjs";

test("what both changed in different places is in the merge", () => {
  assert.equal(merge("a\nb\nc\nd\n", "A\nb\nc\nd\n", "a\nb\nc\nD\n"), "A\nb\nc\nD\n");
});

test("what both changed alike is taken once", () => {
  assert.equal(merge("a\nb\n", "a\nx\nb\n", "a\nx\nb\n"), "a\nx\nb\n");
  assert.equal(merge("a\nb\nc\nd\n", "a\nx\nb\nc\nd!\n", "a\nx\nb\nc\nd\n"), "a\nx\nb\nc\nd!\n");
});

test("the same line changed in two ways is not merged", () => {
  assert.equal(merge("a\nb\nc\n", "a\nx\nc\n", "a\ny\nc\n"), null);
  assert.equal(merge("a\nb\nc\n", "a\nc\n", "a\ny\nc\n"), null);
});

test("a text that one side left alone becomes the other's", () => {
  assert.equal(merge("", "", "new\n"), "new\n");
  assert.equal(merge("old", "new", "old"), "new");
});

test("a last line without a line break merges like any other", () => {
  assert.equal(merge("a\nb\nc", "A\nb\nc", "a\nb\nC"), "A\nb\nC");
});

test("changes touch no more than what differs", () => {
  const before = "const a = 1;\nconst b = 2;\nconst c = 3;\n";
  const after = "const a = 1;\nconst b = 20;\nconst c = 3;\n// end\n";
  assert.deepEqual(changesBetween(before, after), [
    { from: 24, to: 24, insert: "0" },
    { from: 39, to: 39, insert: "// end\n" },
  ]);
});

const WORDS = ["a\n", "b\n", "c\n", "\n", "  d\n", "e"];
const textOf = (random, lines) => Array.from({ length: random.below(lines) }, () => random.of(WORDS)).join("");

test("the changes between any two texts lead from one to the other", () => {
  const random = chance(7);
  for (let round = 0; round < 500; round += 1) {
    const [before, after] = [textOf(random, 14), textOf(random, 14)];
    let text = "";
    let at = 0;
    for (const { from, to, insert } of changesBetween(before, after)) {
      text += before.slice(at, from) + insert;
      at = to;
    }
    assert.equal(text + before.slice(at), after);
  }
});

test("shared runs are the same in both texts, in order, and as long as can be", () => {
  const random = chance(11);
  for (let round = 0; round < 300; round += 1) {
    const [before, after] = [linesOf(textOf(random, 9)), linesOf(textOf(random, 9))];
    let [at, otherAt, length] = [0, 0, 0];
    for (const run of sharedRuns(before, after)) {
      assert.ok(run.before >= at && run.after >= otherAt && run.length > 0);
      assert.deepEqual(before.slice(run.before, run.before + run.length), after.slice(run.after, run.after + run.length));
      [at, otherAt, length] = [run.before + run.length, run.after + run.length, length + run.length];
    }
    assert.equal(length, longestShared(before, after));
  }
});

test("a merge holds every line that either side added", () => {
  const random = chance(23);
  for (let round = 0; round < 300; round += 1) {
    const base = Array.from({ length: 8 }, (_, index) => `line ${index}\n`);
    const grow = (side) => base.flatMap((line, index) => (random.below(4) ? [line] : [`${side} ${index}\n`, line])).join("");
    const [ours, theirs] = [grow("ours"), grow("theirs")];
    const merged = merge(base.join(""), ours, theirs);
    if (merged === null) continue;
    for (const line of linesOf(ours + theirs)) assert.equal(merged.split(line).length, 2, `${line} is there once`);
  }
});

test("two wholly different long texts are compared without an endless wait", () => {
  const long = (word) => Array.from({ length: 3000 }, (_, index) => `${word} ${index}\n`).join("");
  const changes = changesBetween(long("before"), long("after"));
  assert.equal(changes.length, 1);
});

function longestShared(before, after) {
  const row = new Array(after.length + 1).fill(0);
  for (const line of before) {
    let diagonal = 0;
    after.forEach((other, index) => {
      const above = row[index + 1];
      row[index + 1] = line === other ? diagonal + 1 : Math.max(above, row[index]);
      diagonal = above;
    });
  }
  return row[after.length];
}
