/** What an edit wrote, laid out as its file was. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { patchElement } from "../../../overskill/bundler/core/elements/patch.mjs";
import { sameElement } from "../../../overskill/bundler/core/elements/tree.mjs";
import { Refused } from "../../../overskill/bundler/core/files.mjs";
import { format } from "../../../overskill/bundler/language/format.mjs";
import { tidy } from "../../../overskill/bundler/language/tidy.mjs";
import { component, FILE, marked } from "./elements-support.mjs";

const LONG = "mx-auto flex max-w-3xl flex-col gap-8 rounded-2xl border p-6 shadow-sm";

async function edited(code, operation) {
  const { text, position } = marked(code);
  const patched = patchElement(FILE, text, position, operation);
  const tidied = await tidy({ path: FILE, text: patched.text, before: text });
  return { patched, text: tidied.text, place: sameElement(FILE, patched, tidied.text) };
}

/** A component as the formatter has it, with a mark before one of its elements. */
async function laidOut(jsx, element) {
  const { text } = await format({ path: FILE, text: component(jsx) });
  return text.replace(element, `▸${element}`);
}

test("a file that was laid out is as the formatter would have it after an edit", async () => {
  const code = await laidOut(`<main className="${LONG}"><p>Hello</p></main>`, "<main");
  const { text } = await edited(code, { kind: "attribute", name: "title", value: "Today" });
  assert.ok(text.includes(`<main\n      className="${LONG}"\n      title="Today"\n    >`));
  assert.equal((await format({ path: FILE, text })).text, text);
});

test("the element is found again where the formatter put it", async () => {
  const code = await laidOut(`<main className="${LONG}"><p>One</p><p>Two</p></main>`, "<p>Two");
  const { text, place } = await edited(code, { kind: "wrap" });
  assert.equal(text.split("\n")[place.line - 1].slice(place.column - 1), "<div>");
});

test("a copy before words goes again without their space", async () => {
  const code = await laidOut(`<p className="${LONG}"><i className="a" /> Edit</p>`, "<i");
  const { text, place } = await edited(code, { kind: "duplicate" });
  assert.match(text, /<i className="a" \/>\n\s+<i className="a" \/> Edit/);
  const back = patchElement(FILE, text, place, { kind: "remove" });
  assert.equal((await tidy({ path: FILE, text: back.text, before: text })).text, code.replace("▸", ""));
});

test("a file that was not laid out keeps the layout of whoever wrote it", async () => {
  const code = component(`▸<main  className="a"   id='b'>Hello</main>`);
  const { patched, text } = await edited(code, { kind: "classes", add: ["flex"] });
  assert.equal(text, patched.text);
  assert.ok(text.includes(`<main  className="a flex"   id='b'>`));
});

test("what can't be read is refused", async () => {
  await assert.rejects(tidy({ path: FILE, text: "<", before: "const a = 1;\n" }), Refused);
});
