import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Drafts } from "../../../overskill/components/editor/code/drafts.js";
import { renamed } from "../../../overskill/components/editor/code/tree.js";
import { withHitReplaced } from "../../../overskill/components/editor/code/search_results.js";
import { savedWords } from "../../../overskill/components/editor/code/status_words.js";
import { Workspace } from "../../../overskill/components/editor/code/workspace.js";
import { FakeBuffer, FakeFiles, FakeStorage, checksumOf, GOOD_NETWORK, pass } from "./fake_files.mjs";

beforeEach(() => mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_000_000 }));
afterEach(() => mock.timers.reset());
const wait = (milliseconds) => pass(mock.timers, milliseconds);

const TEXTS = { "src/App.tsx": "app\n", "src/pages/Home.tsx": "home\n", "index.html": "html\n" };
const PROBLEM = { file: "src/App.tsx", message: "Unexpected token", line: 1, column: 2, code: "syntax", severity: "error" };

/** The server as the editor asks it. `onRename` runs after the change and before its answer. */
function fakeApi(files, { network, diagnostics, onRename }) {
  const { read, save } = files.through(network);
  const told = (paths) => paths.map((path) => ({ path, checksum: checksumOf(files.text(path)) }));
  return {
    read,
    list: async () => ({ files: told([...files.files.keys()]).map((file) => ({ ...file, size: 1, locked: false })) }),
    save: async (path, ...asked) => {
      const saved = await save(path, ...asked);
      return { ...saved, answer: { files: [{ path, ...saved }], diagnostics } };
    },
    change: async (changes) => {
      for (const { path, text } of changes) files.put(path, text);
      return { files: told(changes.map(({ path }) => path)), diagnostics };
    },
    rename: async (from, to) => {
      const moved = [...files.files.keys()].filter((path) => renamed(path, from, to) !== path);
      for (const path of moved) {
        files.put(renamed(path, from, to), files.text(path));
        files.put(path, null);
      }
      await onRename();
      return { files: told(moved.flatMap((path) => [path, renamed(path, from, to)])), diagnostics };
    },
    lock: async (path, locked) => ({ paths: [path], locked }),
  };
}

async function open({ files = new FakeFiles(TEXTS), storage = new FakeStorage(), network = GOOD_NETWORK, diagnostics = [] } = {}) {
  let onRename = async () => {};
  const api = fakeApi(files, { network, diagnostics, onRename: () => onRename() });
  const drafts = new Drafts({ storage, slug: "habits", tab: "one" });
  const typed = new Map();
  const openBuffer = (path, text, onTyped) => {
    const buffer = new FakeBuffer(text);
    typed.set(buffer, onTyped);
    return buffer;
  };
  const told = [];
  const tell = (sentence) => told.push(sentence);
  const workspace = new Workspace({ slug: "habits", api, storage, drafts, openBuffer, tell });
  workspace.load();
  await wait(300);
  const type = (path, words) => {
    const { buffer } = workspace.opened(path);
    buffer.text += words;
    typed.get(buffer)();
  };
  const whileRenaming = (happens) => (onRename = happens);
  const show = async (path) => {
    workspace.show(path);
    await wait(200);
  };
  return { workspace, files, storage, type, whileRenaming, show, api, told };
}

test("the first visit opens the app's first file", async () => {
  const { workspace } = await open();
  assert.deepEqual(workspace.read().tabs, { open: ["src/App.tsx"], active: "src/App.tsx" });
  assert.equal(workspace.opened("src/App.tsx").buffer.text, "app\n");
});

test("the tabs of the last visit are there again, but not of files that are gone", async () => {
  const { files, storage, show } = await open();
  await show("src/pages/Home.tsx");
  await show("index.html");
  files.put("index.html", null);
  const { workspace } = await open({ files, storage });
  assert.deepEqual(workspace.read().tabs.open, ["src/App.tsx", "src/pages/Home.tsx"]);
});

test("what others change is in the open file at once, and marked in the list where nobody looks", async () => {
  const { workspace, files, show } = await open();
  files.put("src/App.tsx", "their app\n");
  files.put("index.html", "their html\n");
  workspace.filesChanged({ files: [{ path: "index.html", checksum: checksumOf("their html\n") }] });
  await wait(300);
  assert.equal(workspace.opened("src/App.tsx").buffer.text, "their app\n");
  assert.deepEqual([...workspace.read().changed], ["index.html"]);
  await show("index.html");
  assert.deepEqual([...workspace.read().changed], []);
});

test("one's own save is no news", async () => {
  const { workspace, type, api } = await open();
  type("src/App.tsx", "more\n");
  await wait(1000);
  let asked = 0;
  api.list = async () => assert.fail((asked += 1));
  workspace.filesChanged({ files: [{ path: "src/App.tsx", checksum: checksumOf("app\nmore\n") }] });
  await wait(100);
  assert.equal(asked, 0);
});

test("a save that changes nothing that is seen is not drawn", async () => {
  const { workspace, type } = await open();
  const { files, diagnostics, changed } = workspace.read();
  type("src/App.tsx", "more\n");
  await wait(1000);
  assert.equal(workspace.read().files, files);
  assert.equal(workspace.read().diagnostics, diagnostics);
  assert.equal(workspace.read().changed, changed);
});

test("what a save finds wrong is shown", async () => {
  const { workspace, type } = await open({ diagnostics: [PROBLEM] });
  type("src/App.tsx", "oops");
  await wait(1000);
  assert.deepEqual(workspace.read().diagnostics, [PROBLEM]);
});

test("a file that somebody deleted closes; one with words that are not saved asks", async () => {
  const { workspace, files, type, show } = await open();
  await show("index.html");
  type("index.html", "more");
  files.put("index.html", null);
  files.put("src/App.tsx", null);
  workspace.refresh();
  await wait(1000);
  assert.deepEqual(workspace.read().tabs.open, ["index.html"]);
  assert.equal(workspace.read().statuses.get("index.html").status, "conflict");
});

test("what was typed is saved before its tab is closed", async () => {
  const { workspace, files, type } = await open();
  type("src/App.tsx", "more\n");
  workspace.close("src/App.tsx");
  await wait(200);
  assert.equal(files.text("src/App.tsx"), "app\nmore\n");
  assert.equal(workspace.opened("src/App.tsx"), null);
});

test("a file whose tab was closed without a connection is saved once there is one", async () => {
  const network = { delay: () => 10, fails: () => false };
  const { workspace, files, type } = await open({ network });
  network.fails = () => true;
  type("src/App.tsx", "more\n");
  workspace.close("src/App.tsx");
  await wait(3000);
  network.fails = () => false;
  await wait(15_000);
  assert.equal(files.text("src/App.tsx"), "app\nmore\n");
});

test("a renamed file stays open, with what is typed in it, and is saved under its name", async () => {
  const { workspace, files, type, whileRenaming } = await open();
  const { buffer } = workspace.opened("src/App.tsx");
  type("src/App.tsx", "more\n");
  whileRenaming(() => workspace.refresh()); // the others hear of it before the answer comes
  workspace.actions.move("src", "lib");
  await wait(1000);
  type("lib/App.tsx", "and more\n");
  await wait(1000);
  assert.equal(workspace.opened("lib/App.tsx").buffer, buffer);
  assert.deepEqual(workspace.read().tabs.open, ["lib/App.tsx"]);
  assert.equal(files.text("lib/App.tsx"), "app\nmore\nand more\n");
  assert.equal(files.text("src/App.tsx"), null);
});

test("what was deleted comes back as it was", async () => {
  const { workspace, files, type } = await open();
  type("src/App.tsx", "more\n");
  const removing = workspace.actions.remove("src");
  await wait(1000);
  const undo = await removing;
  assert.deepEqual([...files.files.keys()], ["index.html"]);
  assert.deepEqual(workspace.read().tabs.open, []);
  undo();
  await wait(300);
  assert.equal(files.text("src/App.tsx"), "app\nmore\n");
  assert.equal(files.text("src/pages/Home.tsx"), "home\n");
});

test("a file that is locked says so", async () => {
  const { workspace } = await open();
  await workspace.actions.lock("index.html", true);
  assert.equal(workspace.read().files.get("index.html").locked, true);
});

test("a list that can't be read says why, and is asked for again", async () => {
  const { workspace, api } = await open();
  const { list } = api;
  api.list = async () => {
    throw new Error("The server is busy.");
  };
  workspace.refresh();
  await wait(100);
  assert.equal(workspace.read().problem, "The server is busy.");
  api.list = list;
  await wait(5000);
  assert.equal(workspace.read().problem, "");
});

test("the words under the editor are about the file in front, or one that is worse off", () => {
  const statuses = new Map([
    ["a.ts", { status: "saved", isReady: true }],
    ["src/b.ts", { status: "conflict", isReady: true }],
  ]);
  assert.equal(savedWords(new Map([["a.ts", { status: "saved", isReady: true }]]), "a.ts").words, "Saved");
  assert.equal(savedWords(statuses, "a.ts").words, "b.ts: Not saved: changed by somebody else, too");
  assert.equal(savedWords(new Map(), "").words, "Saved");
});

test("one place of a text is replaced", () => {
  assert.equal(withHitReplaced("one\ntwo two\n", { line: 2, column: 5, length: 3, replaced: "2" }), "one\ntwo 2\n");
  assert.equal(withHitReplaced("one", { line: 1, column: 1, length: 3, replaced: "" }), "");
});

test("what the server puts right is said", async () => {
  const { workspace, told } = await open();
  workspace.took({ files: [], said: ["maps: “^1.0.0” became 1.4.2."] });
  assert.deepEqual(told, ["maps: “^1.0.0” became 1.4.2."]);
});

test("what the types of the file in front say counts among the problems, while it is in front", async () => {
  const broken = { file: "src/App.tsx", line: 3, column: 1, message: "Expected a brace", severity: "error", code: "syntax" };
  const { workspace, type, show } = await open({ diagnostics: [broken] });
  const words = () => workspace.read().diagnostics.map(({ file, line, message }) => `${file}:${line} ${message}`);
  type("src/App.tsx", "}");
  await wait(3000);
  assert.deepEqual(words(), ["src/App.tsx:3 Expected a brace"]);

  const typed = (line, message) => ({ line, column: 7, message, severity: "error" });
  workspace.checked("src/App.tsx", [typed(3, "'}' expected."), typed(1, "Not a number")]);
  assert.deepEqual(words(), ["src/App.tsx:3 Expected a brace", "src/App.tsx:1 Not a number"]);
  const drawn = workspace.read();
  workspace.checked("src/App.tsx", [typed(3, "'}' expected."), typed(1, "Not a number")]);
  assert.equal(workspace.read(), drawn); // nothing is drawn again for the same

  await show("index.html");
  assert.deepEqual(words(), ["src/App.tsx:3 Expected a brace"]);
  workspace.checked("src/App.tsx", []); // an answer that comes late
  assert.deepEqual(words(), ["src/App.tsx:3 Expected a brace"]);
  await show("src/App.tsx");
  assert.deepEqual(words(), ["src/App.tsx:3 Expected a brace"]);
});
