/** What an app keeps, as tables, and back. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  countWords,
  csvOf,
  inOrder,
  nameOf,
  parsed,
  rowsWith,
  tableOf,
  typedCell,
  withCell,
  withoutRow,
  withRow,
} from "../../../overskill/components/editor/data/kept_values.js";

const HABITS = [
  { id: "a", name: "Walk", done: true },
  { id: "b", name: "Read", note: "ten pages" },
];

test("a list of records has a row for each, and a column for each field that any has", () => {
  const table = tableOf(HABITS);
  assert.deepEqual(table.columns, ["id", "name", "done", "note"]);
  assert.deepEqual(table.rows[1], { id: 1, cells: ["b", "Read", undefined, "ten pages"] });
  assert.equal(countWords(table), "2 rows");
});

test("a record has its fields as rows, a list of words its words, a word none", () => {
  assert.deepEqual(tableOf({ goal: 8, unit: "ml" }).rows, [
    { id: "goal", cells: [8] },
    { id: "unit", cells: ["ml"] },
  ]);
  assert.deepEqual(tableOf(["x"]).rows, [{ id: 0, cells: ["x"] }]);
  assert.deepEqual([tableOf([]).kind, countWords(tableOf([]))], ["values", "0 values"]);
  for (const value of ["dark", 3, true, null]) assert.equal(tableOf(value).kind, "text");
  assert.equal(tableOf([{ a: 1 }, 2]).kind, "values");
});

test("a cell that is changed leaves all else as it was, and the value before, too", () => {
  const next = withCell(HABITS, tableOf(HABITS), 1, "name", "Swim");
  assert.deepEqual(next, [HABITS[0], { ...HABITS[1], name: "Swim" }]);
  assert.equal(HABITS[1].name, "Read");
  assert.deepEqual(withCell({ goal: 8 }, tableOf({ goal: 8 }), "goal", "value", 9), { goal: 9 });
  assert.deepEqual(withCell(["x", "y"], tableOf(["x", "y"]), 0, "value", "z"), ["z", "y"]);
});

test("a row that is deleted is gone alone", () => {
  assert.deepEqual(withoutRow(HABITS, tableOf(HABITS), 0), [HABITS[1]]);
  assert.deepEqual(withoutRow({ a: 1, b: 2 }, tableOf({ a: 1, b: 2 }), "a"), { b: 2 });
});

test("a row that is added is empty, shaped like the last one, and nobody else's", () => {
  const made = withRow(HABITS, tableOf(HABITS), () => "new").at(-1);
  assert.deepEqual(made, { id: "new", name: "", note: "" });
  const numbered = [{ id: 7, tags: ["x"], left: 3, on: true, at: "2026-01-31", by: { name: "Ada" } }, { id: 3, tags: [], left: 1, on: true, at: "2026-01-31", by: {} }];
  const next = withRow(numbered, tableOf(numbered)).at(-1);
  assert.equal(next.id, 8);
  assert.deepEqual([next.tags, next.left, next.on, next.by], [[], 0, false, {}]);
  assert.match(next.at, /^\d{4}-\d\d-\d\d$/);
  assert.deepEqual(withRow(["x"], tableOf(["x"])), ["x", ""]);
});

const TYPED = [
  ["12", 3, 12],
  ["1,5", 3, 1.5],
  ["yes", "no", "yes"],
  ["", "no", ""],
  ["[1]", [], [1]],
  ['{"a":1}', {}, { a: 1 }],
  ["word", undefined, "word"],
  ["", null, null],
];
for (const [text, before, cell] of TYPED) {
  test(`"${text}" where ${JSON.stringify(before)} was is ${JSON.stringify(cell)}`, () => {
    assert.deepEqual(typedCell(text, before), { cell, problem: "" });
  });
}

for (const [text, before] of [
  ["many", 3],
  ["", 3],
  ["Infinity", 3],
  ["[", []],
  ["{}", []],
  ["[]", {}],
  ["3", {}],
]) {
  test(`"${text}" is not taken where ${JSON.stringify(before)} was, with a reason`, () => {
    const typed = typedCell(text, before);
    assert.ok(typed.problem);
    assert.ok(!("cell" in typed));
  });
}

test("rows are found by all words, in any cell, and fields by their names", () => {
  const table = tableOf(HABITS);
  assert.deepEqual(rowsWith(table, "PAGES read").map(({ id }) => id), [1]);
  assert.equal(rowsWith(table, " ").length, 2);
  assert.deepEqual(rowsWith(tableOf({ goal: 8, unit: "ml" }), "goal").map(({ id }) => id), ["goal"]);
});

test("a key goes by its name, without what tells apps apart", () => {
  assert.deepEqual(["/app/x:habits", ":habits", "habits", ":"].map(nameOf), ["habits", "habits", "habits", ":"]);
});

test("what is no JSON is a text", () => {
  assert.deepEqual(parsed("{oops"), { value: "{oops", isJson: false });
  assert.deepEqual(parsed("[1]"), { value: [1], isJson: true });
});

test("tables come before settings, and these before words", () => {
  const entry = (key, value) => ({ key, text: JSON.stringify(value) });
  const entries = [entry("theme", "dark"), entry("settings", { goal: 8 }), entry("habits", HABITS)];
  assert.deepEqual(inOrder(entries).map(({ key }) => key), ["habits", "settings", "theme"]);
});

test("a spreadsheet gets rows as they are, and no formula", () => {
  const rows = [{ a: 'say "hi"', b: "x,y", c: -3 }, { a: "=1+1", b: "@cmd", c: [1] }];
  assert.equal(csvOf(tableOf(rows)), 'a,b,c\r\n"say ""hi""","x,y",-3\r\n\'=1+1,\'@cmd,[1]\r\n');
  assert.equal(csvOf(tableOf({ goal: 8 })), "name,value\r\ngoal,8\r\n");
});
