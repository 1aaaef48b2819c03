import assert from "node:assert/strict";
import test from "node:test";

import { replace, search } from "../../../overskill/bundler/core/codebase/search.mjs";
import { Codebase } from "../../../overskill/bundler/server/codebase.mjs";

const query = (text, { isCase = false, isWord = false, isRegex = false } = {}) => ({
  text,
  is_case: isCase,
  is_word: isWord,
  is_regex: isRegex,
});
const found = (text, ...asked) => search({ "a.ts": text }, query(...asked), 100).files[0]?.hits ?? [];
const replaced = (text, wanted, replacement, options) =>
  replace({ "a.ts": text }, query(wanted, options), replacement, 100).files[0]?.text ?? text;

test("a hit says where it is, and shows its line", () =>
  assert.deepEqual(found("one\n  two three\nfour", "three"), [
    { line: 2, column: 7, length: 5, preview: "  two three", at: 6 },
  ]));

test("case and whole words count where that is asked for", () => {
  assert.equal(found("Day day", "day").length, 2);
  assert.equal(found("Day day", "day", { isCase: true }).length, 1);
  assert.equal(found("day days", "day", { isWord: true }).length, 1);
  assert.equal(found("useState(0)", "(0)", { isWord: true }).length, 1);
});

test("plain text is no expression", () => assert.equal(found("a.b aXb", "a.b").length, 1));

test("an expression finds across lines", () => {
  const [hit] = found("a {\n  b\n}", String.raw`\{\s+b`, { isRegex: true });
  assert.deepEqual([hit.line, hit.column, hit.length], [1, 3, 5]);
});

test("the beginning and end of a line can be asked for", () =>
  assert.deepEqual(
    found("a\nba\na", "^a$", { isRegex: true }).map(({ line }) => line),
    [1, 3],
  ));

test("an expression that finds nothing at all places finds nothing", () =>
  assert.equal(found("abc", "x*", { isRegex: true }).length, 0));

test("what is no expression is said to be none", () =>
  assert.throws(() => found("a", "(", { isRegex: true }), { kind: "invalid_input", message: /Unterminated group/ }));

test("of a long line the part around the hit is shown", () => {
  const [{ preview, at }] = found(`${"x".repeat(5000)}here${"y".repeat(5000)}`, "here");
  assert.ok(preview.length < 300);
  assert.equal(preview.slice(at, at + 4), "here");
});

test("only so many hits are shown, and it is said that there are more", () => {
  const { files, is_cut: isCut } = search({ "a.ts": "a a a", "b.ts": "a" }, query("a"), 2);
  assert.deepEqual([files.length, files[0].hits.length, files[0].count, isCut], [1, 2, 3, true]);
  assert.equal(search({ "a.ts": "a a" }, query("a"), 2).is_cut, false);
});

test("every hit is replaced, also those that are not shown", () => {
  const { files } = replace({ "a.ts": "a b a" }, query("a"), "x", 1);
  assert.deepEqual([files[0].text, files[0].count, files[0].hits.length], ["x b x", 2, 1]);
});

test("plain text is replaced by plain text", () => assert.equal(replaced("a.b", "a.b", "$& $1"), "$& $1"));

test("an expression's groups can be used", () => {
  const isRegex = true;
  assert.equal(replaced("color: red", String.raw`(\w+): (?<value>\w+)`, "$<value>-$1", { isRegex }), "red-color");
  assert.equal(replaced("a", "a", String.raw`$$ $& $1\n`, { isRegex }), "$ a $1\n");
});

test("a hit says what becomes of it", () => {
  const [{ hits }] = replace({ "a.ts": "let a = 1" }, query("a"), "day", 10).files;
  assert.equal(hits[0].replaced, "day");
});

test("a file that stays the same is left out", () =>
  assert.deepEqual(replace({ "a.ts": "a" }, query("a", { isCase: true }), "a", 10).files, []));

test("an expression that takes for ever is ended, and the next search goes on", async () => {
  const codebase = new Codebase({ longest: 400 });
  try {
    const files = { "src/a.ts": `${"a".repeat(40)}!` };
    const slow = codebase.search({ files, query: query("^(a+)+$", { isRegex: true }), most: 10 });
    await assert.rejects(slow, { kind: "invalid_input", message: /took too long/ });
    codebase.longest = 60_000;
    assert.equal((await codebase.search({ files, query: query("a!"), most: 10 })).files.length, 1);
  } finally {
    codebase.close();
  }
});

test("nothing and far too much can't be searched for", async () => {
  const codebase = new Codebase();
  for (const text of ["", "x".repeat(2000)])
    await assert.rejects(async () => codebase.search({ files: {}, query: query(text), most: 10 }), /1 to 1000/);
});
