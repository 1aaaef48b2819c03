import assert from "node:assert/strict";
import test from "node:test";
import { diffLines, hunksOf, pairsOf } from "../../../overskill/components/editor/diff_lines.js";

const told = (lines) => lines.map(({ kind, text }) => ({ same: " ", added: "+", removed: "-" })[kind] + text);
const side = (lines, other) => lines.filter(({ kind }) => kind !== other).map(({ text }) => `${text}\n`).join("");

/** Numbers below an end, the same ones each time. */
function picks(state = 7) {
  return (end) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >> 8) % end;
  };
}

test("only the lines that changed are told as changed", () => {
  assert.deepEqual(told(diffLines("a\nb\nc\n", "a\nx\nc\nd\n")), [" a", "-b", "+x", " c", "+d"]);
});

test("a file that came is all added, one that went all removed", () => {
  assert.deepEqual(told(diffLines(null, "a\nb\n")), ["+a", "+b"]);
  assert.deepEqual(told(diffLines("a\n", null)), ["-a"]);
});

test("lines know their numbers on both sides", () => {
  const [, removed, added, last] = diffLines("a\nb\nc\n", "a\nx\nc\n");
  assert.deepEqual([removed.old, removed.new, added.old, added.new, last.old, last.new], [2, 0, 0, 2, 3, 3]);
});

test("both texts can be read from the lines, whatever changed", () => {
  const pick = picks();
  for (let round = 0; round < 300; round++) {
    const text = () => Array.from({ length: pick(9) }, () => `${"abcd"[pick(4)]}\n`).join("");
    const [before, after] = [text(), text()];
    const lines = diffLines(before, after);
    assert.equal(side(lines, "added"), before);
    assert.equal(side(lines, "removed"), after);
  }
});

test("the way is the shortest", () => {
  const changed = diffLines("a\nb\nc\na\nb\nb\na\n", "c\nb\na\nb\na\nc\n").filter(({ kind }) => kind !== "same");
  assert.equal(changed.length, 5);
});

test("what did not change is left out but for a few lines around", () => {
  const before = Array.from({ length: 20 }, (_, line) => `${line}\n`).join("");
  const parts = hunksOf(diffLines(before, before.replace("10\n", "ten\n")));
  assert.deepEqual(parts.map((part) => part.skipped ?? part.lines.length), [7, 8, 6]);
});

test("in two columns, what was replaced stands beside what replaced it", () => {
  const rows = pairsOf(diffLines("a\nb\nc\n", "a\nx\ny\nc\n"));
  assert.deepEqual(rows.map((row) => row.map((line) => line?.text ?? null)), [["a", "a"], ["b", "x"], [null, "y"], ["c", "c"]]);
});
