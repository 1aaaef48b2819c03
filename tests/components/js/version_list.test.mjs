import assert from "node:assert/strict";
import { test } from "node:test";
import { byDay, factsOf, merged, pairOf, refreshed, titleOf, totals } from "../../../overskill/components/editor/timeline/version_list.js";

const version = (number, more = {}) => ({ number, note: `Note ${number}`, name: "", cause: "edit", author: "Ada", files: 1, at: "2026-11-21T10:00:00Z", ...more });
const numbers = (versions) => versions.map(({ number }) => number);

test("pages come together, the newest first, and what is told again counts as it is told now", () => {
  const known = [version(5), version(4)];
  const all = merged(known, [version(4, { note: "Grown" }), version(3)]);
  assert.deepEqual(numbers(all), [5, 4, 3]);
  assert.equal(all[1].note, "Grown");
});

test("a newer first page keeps what was read before it", () => {
  assert.deepEqual(numbers(refreshed([version(3), version(2), version(1)], [version(4), version(3)], true)), [4, 3, 2, 1]);
});

test("where a newer page does not reach what was read before, only the page is certain", () => {
  assert.deepEqual(numbers(refreshed([version(2), version(1)], [version(9), version(8)], true)), [9, 8]);
});

test("versions are under their day", () => {
  const now = new Date(2026, 10, 21, 12);
  const at = (day, month = 10, year = 2026) => new Date(year, month, day, 9).toISOString();
  const days = byDay(
    [version(5, { at: at(21) }), version(4, { at: at(21) }), version(3, { at: at(20) }), version(2, { at: at(2) }), version(1, { at: at(3, 11, 2025) })],
    now,
  );
  assert.deepEqual(
    days.map(({ title, versions }) => [title, numbers(versions)]),
    [
      ["Today", [5, 4]],
      ["Yesterday", [3]],
      ["Monday, November 2", [2]],
      ["Wednesday, December 3, 2025", [1]],
    ],
  );
});

test("a version is called by its name, else by what happened", () => {
  assert.equal(titleOf(version(1)), "Note 1");
  assert.equal(titleOf(version(1, { name: "Before the sale" })), "Before the sale");
  assert.equal(factsOf(version(1)), "Edited by Ada · 1 file");
  assert.equal(factsOf(version(1, { cause: "generation", files: 12 })), "Asked for by Ada · 12 files");
  assert.equal(factsOf(version(1, { cause: "else", files: 0 })), "Made by Ada");
});

test("a version is compared with the one before it, the first with nothing", () => {
  assert.deepEqual(pairOf(3), { before: 2, after: 3 });
  assert.deepEqual(pairOf(1), { before: 0, after: 1 });
});

test("lines are counted over all files", () => {
  assert.deepEqual(totals([{ added: 1, removed: 2 }, { added: 3, removed: 0 }]), { added: 4, removed: 2 });
});
