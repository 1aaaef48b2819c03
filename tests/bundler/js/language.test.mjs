/** What the language server answers, as an editor is told; how it is spoken with; and how files are laid out. */
import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { test } from "node:test";

import * as answers from "../../../overskill/bundler/language/answers.mjs";
import { completions } from "../../../overskill/bundler/language/completions.mjs";
import { Connection, Failed, Gone } from "../../../overskill/bundler/language/connection.mjs";
import { Importable } from "../../../overskill/bundler/language/importable.mjs";
import { format } from "../../../overskill/bundler/language/format.mjs";

const NAME = "0123456789abcdef0123456789abcdef";
const FOLDER = `/data/bundler/language/apps/${NAME}`;
const project = {
  fileOf: (uri) => (uri.startsWith(`file://${FOLDER}/`) ? uri.slice(`file://${FOLDER}/`.length) : null),
};
const at = (line, character, end = character) => ({ start: { line, character }, end: { line, character: end } });

function complete(items, before, text = before) {
  const found = { items, itemDefaults: { editRange: { insert: at(0, before.search(/[\w$]*$/), before.length) } } };
  const vendor = { has: (source) => source !== "not-here", entries: new Map([["date-fns/locale", {}]]) };
  const mayImport = new Importable(["src/App.tsx", "src/lib/money.ts"], vendor);
  return completions(found, { text, column: before.length + 1, before }, mayImport);
}

const labels = (answer) => answer.items.map(({ label }) => label);
const imported = (label, source) => ({
  label,
  kind: 3,
  sortText: "16",
  labelDetails: { description: source },
  data: { autoImport: {} },
});

test("what begins with the typed letters comes first, then what is near, then the alphabet", () => {
  const items = [
    { label: "resource", kind: 6, sortText: "11" },
    { label: "sour", kind: 6, sortText: "15" },
    { label: "source", kind: 6, sortText: "11" },
    { label: "other", kind: 6, sortText: "11" },
  ];
  assert.deepEqual(labels(complete(items, "  const a = sou")), ["source", "sour", "resource"]);
});

test("a suggestion has what an editor shows and writes", () => {
  const [item] = complete([imported("useEffect", "react")], "  useEff").items;
  assert.deepEqual(item, {
    label: "useEffect",
    kind: "function",
    detail: "",
    source: "react",
    insert: "useEffect",
    column: 3,
    rank: 16,
  });
});

test("of what could be imported, the app's own and what the file uses already come first, each once", () => {
  const items = [
    imported("format", "dayjs"),
    imported("format", "date-fns"),
    imported("format", "zod"),
    imported("format", "zod"),
    imported("format", "@/lib/format"),
    imported("format", "not-here"),
  ];
  const { items: shown } = complete(items, "form", 'import { parse } from "date-fns";\nform');
  const sources = shown.map(({ source }) => source);
  assert.deepEqual(
    [sources.slice(0, 2).sort(), sources.slice(2).sort()],
    [
      ["@/lib/format", "date-fns"],
      ["dayjs", "zod"],
    ],
  );
});

test("no more suggestions are sent than anybody reads, and the editor knows to ask again", () => {
  const many = Array.from({ length: 300 }, (_, index) => ({ label: `value${index}`, kind: 6, sortText: "11" }));
  const answer = complete(many, "val");
  assert.equal(answer.items.length, 100);
  assert.equal(answer.isIncomplete, true);
  assert.equal(complete(many, "value299").isIncomplete, false);
});

test("of paths only names of the app and of packages are suggested, wherever the path leads", () => {
  const names = ["lib", "money", "money.ts", "locale", "etc", "passwd", ".env"];
  const found = names.map((label, index) => ({ label, kind: index === 0 ? 19 : 17, sortText: "11" }));
  assert.deepEqual(labels(complete(found, 'import("')), ["lib", "locale", "money", "money.ts"]);
});

test("names of other apps' folders are never told", () => {
  assert.deepEqual(labels(complete([{ label: NAME, kind: 9, sortText: "11" }], "0")), []);
  const value = `\`\`\`typescript\nmodule "${FOLDER}/src/lib/money"\n\`\`\`\nSee /vendor/node_modules/zod/index.d.ts`;
  const { code, documentation } = answers.hover({ contents: { value }, range: at(0, 0) });
  assert.equal(code, 'module "src/lib/money"');
  assert.equal(documentation, "See zod/index.d.ts");
});

test("a definition is a place in the app, or the name of a package", () => {
  const mine = { uri: `file://${FOLDER}/src/lib/money.ts`, range: at(3, 7) };
  assert.deepEqual(answers.definition([mine], project), {
    places: [{ file: "src/lib/money.ts", line: 4, column: 8 }],
    package: "",
  });
  const types = { uri: "file:///vendor/node_modules/%40types/react/index.d.ts", range: at(0, 0) };
  assert.deepEqual(answers.definition(types, project), { places: [], package: "react" });
  assert.deepEqual(answers.definition(null, project), { places: [], package: "" });
});

test("errors are worded as in a check, and hints about style are left out", () => {
  const items = [
    { severity: 1, code: 2322, message: "Type 'A' is no 'B'.\n  'x' is missing.\n    Deeper.", range: at(2, 6) },
    { severity: 1, code: 7006, message: "Implicitly any.", range: at(0, 0) },
    { severity: 4, code: 6133, message: "Never read.", range: at(0, 0) },
  ];
  const [wrong, untyped, ...others] = answers.diagnostics({ items }, "src/App.tsx");
  assert.deepEqual(wrong, {
    file: "src/App.tsx",
    message: "Type 'A' is no 'B'. 'x' is missing.",
    line: 3,
    column: 7,
    code: "type",
    severity: "error",
  });
  assert.equal(untyped.severity, "warning");
  assert.deepEqual(others, []);
});

test("of the signatures the active one is shown, with the place of each parameter", () => {
  const signatures = [
    { label: "f()" },
    { label: "f(a: string, b: number)", parameters: [{ label: "a: string" }, { label: [13, 22] }] },
  ];
  const shown = answers.signature({ signatures, activeSignature: 1, activeParameter: 1 });
  assert.deepEqual(shown.parameters, [
    [2, 11],
    [13, 22],
  ]);
  assert.equal(shown.active, 1);
});

function fakeChild() {
  const child = new EventEmitter();
  child.stdout = new EventEmitter();
  child.stdin = Object.assign(new EventEmitter(), { sent: [], write: (text) => child.stdin.sent.push(text) });
  child.say = (message) => {
    const text = JSON.stringify(message);
    const bytes = Buffer.from(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
    for (let from = 0; from < bytes.length; from += 7) child.stdout.emit("data", bytes.subarray(from, from + 7));
  };
  return child;
}

test("answers that come in pieces are put together, and go to who asked", async () => {
  const child = fakeChild();
  const connection = new Connection(child);
  const first = connection.ask("a", {}).answer;
  const second = connection.ask("b", {}).answer;
  child.say({ id: 2, result: "zwei …" });
  child.say({ id: 1, error: { message: "No." } });
  assert.equal(await second, "zwei …");
  await assert.rejects(first, Failed);
});

test("the server's own questions are answered", () => {
  const child = fakeChild();
  new Connection(child, { "workspace/configuration": ({ items }) => items.map(() => 7) });
  child.say({ id: 9, method: "workspace/configuration", params: { items: [{}] } });
  assert.match(child.stdin.sent[0], /"id":9,"result":\[7\]/);
});

test("when the server ends, whoever waits hears of it, and so does who asks later", async () => {
  const child = fakeChild();
  const connection = new Connection(child);
  const waiting = connection.ask("a", {}).answer;
  child.emit("close");
  await assert.rejects(waiting, Gone);
  await assert.rejects(connection.ask("b", {}).answer, Gone);
});

test("code, styles and data are laid out in the style of the starter", async () => {
  assert.deepEqual(await format({ path: "src/a.tsx", text: "export const A=()=><p className='x'>a</p>" }), {
    text: 'export const A = () => <p className="x">a</p>;\n',
  });
  assert.deepEqual(await format({ path: "src/a.css", text: "a{b:c}" }), { text: "a {\n  b: c;\n}\n" });
  assert.deepEqual(await format({ path: "package.json", text: '{"version":"1","name":"a"}' }), {
    text: '{\n  "version": "1",\n  "name": "a"\n}\n',
  });
});

test("what can't be read is refused with the line, and other kinds of files stay as they are", async () => {
  const wrong = format({ path: "src/a.ts", text: "const ö = 1;\nconst b = <;" });
  await assert.rejects(wrong, { kind: "invalid_input", message: /src\/a\.ts can't be formatted: line 2: / });
  await assert.rejects(format({ path: "src/a.ts", text: "(".repeat(2000) }), { message: /nested too deeply/ });
  assert.deepEqual(await format({ path: "notes.txt", text: "a  b" }), { text: "a  b" });
});
