/** A language server that ends or hangs: who asked too much is left alone for a while, the others notice nothing. */
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { fileURLToPath } from "node:url";

import { Language } from "../../../overskill/bundler/language/language.mjs";

const FAKE = fileURLToPath(new URL("./fake-language-server.mjs", import.meta.url));

let folder;
let language;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "overskill-language-"));
  fs.mkdirSync(path.join(folder, "packages"));
  fs.writeFileSync(path.join(folder, "packages", "package.json"), '{"dependencies": {}}');
  language = make();
});

afterEach(() => {
  language.close();
  fs.chmodSync(path.join(folder, "language", "apps"), 0o700);
  fs.rmSync(folder, { recursive: true });
});

function make(patience = { answer: 60_000, end: 60_000 }) {
  const files = new Map([["src/App.tsx", "saved"]]);
  const app = { files, revision: 1, diagnostics: [], vendor: { has: () => true, entries: new Map() } };
  const apps = { find: async (key) => ({ hasFiles: key !== "gone", app }) };
  return new Language({
    apps,
    command: [process.execPath, FAKE, path.join(folder, "starts")],
    folder: path.join(folder, "language"),
    packages: path.join(folder, "packages"),
    patience,
  });
}

const starts = () => fs.readFileSync(path.join(folder, "starts"), "utf8").split("\n").length - 1;

async function hover(text, key = "app") {
  const answer = await language.hover({ key, path: "src/App.tsx", text, line: 1, column: 1 });
  return answer.hover.documentation;
}

test("no server is started until somebody asks, and one answers for all apps", async () => {
  assert.equal(fs.existsSync(path.join(folder, "starts")), false);
  assert.deepEqual(await Promise.all([hover("one"), hover("two"), hover("three", "other")]), ["ONE", "TWO", "THREE"]);
  assert.equal(starts(), 1);
});

test("an app that ends the server twice is left alone for a while, and no other app is", async () => {
  await assert.rejects(hover("end"), { kind: "unavailable", message: /too much/ });
  assert.equal(starts(), 2);
  await assert.rejects(hover("fine"), { kind: "unavailable" });
  assert.equal(await hover("fine", "other"), "FINE");
});

test("a question that takes too long is called off, and the server goes on", async () => {
  language.close();
  language = make({ answer: 1, end: 60_000 });
  await assert.rejects(hover("wait"), { kind: "unavailable", message: /no answer/ });
  language.patience = { answer: 60_000, end: 60_000 };
  assert.equal(await hover("fine"), "FINE");
  assert.equal(starts(), 1);
});

test("a server that can't be called off is ended, and its app is left alone for a while", async () => {
  language.close();
  language = make({ answer: 1, end: 1 });
  await assert.rejects(hover("hang"), { kind: "unavailable", message: /too much/ });
  language.patience = { answer: 60_000, end: 60_000 };
  assert.equal(await hover("fine", "other"), "FINE");
});

test("an app that is not open, files that are no code and code that is too deep cost no server", async () => {
  await assert.rejects(hover("x", "gone"), { kind: "unknown_app" });
  const question = { key: "app", path: "src/index.css", text: "", line: 1, column: 1 };
  assert.deepEqual(await language.hover(question), { hover: null });
  assert.deepEqual(await language.hover({ ...question, path: "src/a.ts", text: "(".repeat(2000) }), { hover: null });
  assert.equal(fs.existsSync(path.join(folder, "starts")), false);
});

test("the code of apps lies in folders that can't be listed, and goes when nobody asks any more", async (t) => {
  await hover("one");
  const apps = path.join(folder, "language", "apps");
  assert.equal(fs.statSync(apps).mode & 0o777, 0o300);
  t.mock.method(Date, "now", () => 1e15);
  language.sweep();
  fs.chmodSync(apps, 0o700);
  assert.deepEqual(fs.readdirSync(apps).sort(), ["node_modules", "package.json"]);
  assert.equal(language.megabytes, 0);
});
