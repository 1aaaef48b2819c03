/** Answers about code, in the editor's terms: places, imports, problems, and words that are never markup. */
import assert from "node:assert/strict";
import { test } from "node:test";

import {
  changesFor,
  colouredParts,
  documentationParts,
  isChecked,
  isCode,
  offsetOf,
  optionOf,
  placeOf,
  problemsOf,
} from "../../../overskill/components/editor/code/language_answers.js";
import { answerOf, atRest, languageClient, latestOnly, NoAnswer } from "../../../overskill/components/editor/code/language_client.js";

/** As much of CodeMirror's Text as is asked for. */
function documentOf(text) {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const line = (number) => ({
    number,
    from: starts[number - 1],
    to: number < starts.length ? starts[number] - 1 : text.length,
  });
  const lineAt = (offset) => line(starts.findLastIndex((start) => start <= offset) + 1);
  return { lines: starts.length, length: text.length, line, lineAt, sliceString: (from, to) => text.slice(from, to) };
}

const TEXT = "const a = 1;\n\nmoney(a);\n";

test("places and offsets are the same thing twice", () => {
  const doc = documentOf(TEXT);
  for (const offset of [0, 6, 12, 13, 14, TEXT.length]) assert.equal(offsetOf(doc, placeOf(doc, offset)), offset);
  assert.deepEqual(placeOf(doc, 16), { line: 3, column: 3 });
});

test("a place that is not there any more is the nearest one", () => {
  const doc = documentOf(TEXT);
  assert.equal(offsetOf(doc, { line: 1, column: 400 }), 12);
  assert.equal(offsetOf(doc, { line: 90, column: 1 }), TEXT.length);
  assert.equal(offsetOf(doc, { line: 0, column: 0 }), 0);
});

test("a suggestion says where it would be imported from, and what is nearer comes first", () => {
  const near = { label: "total", kind: "property", detail: "", source: "", rank: 11 };
  const far = { label: "useState", kind: "function", detail: "", source: "react", rank: 16 };
  assert.deepEqual(optionOf(far), { label: "useState", type: "function", detail: "react", boost: 4 });
  assert.ok(optionOf(near).boost > optionOf(far).boost);
});

test("a problem stands under the word it is about", () => {
  const doc = documentOf(TEXT);
  const wrong = (line, column) => ({ line, column, severity: "error", message: "No." });
  const [word, end, nowhere] = problemsOf(doc, { diagnostics: [wrong(3, 1), wrong(1, 13), wrong(0, 0)] });
  assert.deepEqual(word, { from: 14, to: 19, severity: "error", message: "No." });
  assert.deepEqual([end.from, end.to], [12, 12]);
  assert.deepEqual([nowhere.from, nowhere.to], [0, 5]);
});

test("an import is added above what was typed meanwhile, and not where the text above has changed", () => {
  const asked = 'import { a } from "a";\nuseSt';
  const edits = [{ from: { line: 1, column: 10 }, to: { line: 1, column: 10 }, text: "b, " }];
  assert.deepEqual(changesFor(documentOf(`${asked}ate(1)`), asked, edits), [{ from: 9, to: 9, insert: "b, " }]);
  assert.equal(changesFor(documentOf(`// ${asked}`), asked, edits), null);
});

test("only code of the app has suggestions, styles have problems too", () => {
  assert.deepEqual(["src/App.tsx", "src/a.css", "vite.config.ts"].map(isCode), [true, false, false]);
  assert.deepEqual(["src/App.tsx", "src/a.css", "README.md"].map(isChecked), [true, true, false]);
});

test("code is coloured in pieces that are the whole text, whatever is in it", () => {
  const code = 'function f<T>(a: "x<script>" | Item, n = 12): void';
  const parts = colouredParts(code);
  assert.equal(parts.map(({ text }) => text).join(""), code);
  const kinds = Object.fromEntries(parts.map(({ text, kind }) => [text, kind]));
  assert.deepEqual(
    [kinds.function, kinds.f, kinds['"x<script>"'], kinds.Item, kinds["12"], kinds.void],
    ["keyword", "call", "text", "type", "number", "keyword"],
  );
});

test("documentation loses its marks, and links their addresses", () => {
  const parts = documentationParts("Use `a` **now**, see [React](https://react.dev).\n*@see* x");
  assert.equal(parts.map(({ text }) => text).join(""), "Use a now, see React.\n@see x");
  assert.deepEqual(
    parts.filter(({ kind }) => kind).map(({ text, kind }) => [text, kind]),
    [
      ["a", "code"],
      ["now", "strong"],
      ["@see", "strong"],
    ],
  );
});

const answering = (status, body) => async () => new Response(JSON.stringify(body), { status });

test("a question is posted to the app's own address", async () => {
  const requests = [];
  const client = languageClient("my app", async (url, options) => {
    requests.push([url, options.method, JSON.parse(options.body)]);
    return new Response('{"hover": null}');
  });
  assert.deepEqual(await client("hover", { path: "src/App.tsx" }), { hover: null });
  assert.deepEqual(requests, [["/api/studio/my%20app/language/hover", "POST", { path: "src/App.tsx" }]]);
});

test("what is refused has its sentence, and while typing it is no answer at all", async () => {
  const client = languageClient("app", answering(503, { error: "Not now." }));
  await assert.rejects(client("hover", {}), new NoAnswer("Not now."));
  assert.equal(await answerOf(client("hover", {})), null);
});

test("the next question drops the one before", async () => {
  const signals = [];
  const ask = latestOnly((kind, question, signal) => signals.push(signal));
  ask("hover", 1);
  ask("hover", 2);
  assert.deepEqual(
    signals.map(({ aborted }) => aborted),
    [true, false],
  );
});

test("of what is asked at each key only the last is wanted", async () => {
  const waiting = [];
  const isWanted = atRest(120, (action) => waiting.push(action));
  const asked = [isWanted(), isWanted()];
  waiting.splice(0).forEach((action) => action());
  assert.deepEqual(await Promise.all(asked), [false, true]);
  const again = isWanted();
  waiting.forEach((action) => action());
  assert.equal(await again, true);
});
