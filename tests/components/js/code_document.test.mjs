import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Document } from "../../../overskill/components/editor/code/document.js";
import { Drafts, reopened } from "../../../overskill/components/editor/code/drafts.js";
import { Refused } from "../../../overskill/components/editor/code/failures.js";
import { FakeBuffer, FakeFiles, FakeStorage, GOOD_NETWORK, pass, savedAs } from "./fake_files.mjs";

const PATH = "src/App.tsx";

beforeEach(() => mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_000_000 }));
afterEach(() => mock.timers.reset());
const wait = (milliseconds) => pass(mock.timers, milliseconds);

function open(text, { path = PATH, network = GOOD_NETWORK, files = new FakeFiles({ [path]: text }), storage = new FakeStorage() } = {}) {
  const drafts = new Drafts({ storage, slug: "habits", tab: "one" });
  const start = reopened(savedAs(files.text(path)), drafts.take(path));
  const buffer = new FakeBuffer(start.text);
  const server = files.through(network);
  const document = new Document({ path, ...start, isDirty: start.isRestored, buffer, server, drafts });
  const type = (typed, at = buffer.text.length) => {
    buffer.text = buffer.text.slice(0, at) + typed + buffer.text.slice(at);
    document.typed();
  };
  return { document, buffer, files, storage, drafts, server, type };
}

test("what is typed is saved a moment after the last keystroke, once", async () => {
  const { document, files, type } = open("a");
  for (const letter of "bcd") {
    type(letter);
    await wait(200);
  }
  assert.equal(files.saves.length, 0);
  assert.equal(document.status, "waiting");
  await wait(500);
  assert.deepEqual(files.saves.map(({ text }) => text), ["abcd"]);
  assert.equal(document.status, "saved");
});

test("who never pauses is saved every two seconds", async () => {
  const { files, type } = open("");
  for (let count = 0; count < 50; count += 1) {
    type("x");
    await wait(100);
  }
  assert.ok(files.saves.length >= 2);
});

test("what is typed while a save is under way is saved after it, never beside it", async () => {
  const { document, files, type } = open("a", { network: { delay: () => 500, fails: () => false } });
  type("b");
  await wait(400);
  assert.equal(document.status, "saving");
  type("c");
  await wait(3000);
  assert.equal(files.text(PATH), "abc");
  assert.equal(files.mostAtOnce, 1);
  assert.equal(document.status, "saved");
});

test("two who ask to save at once make one save", async () => {
  const { document, files, type } = open("a");
  type("b");
  const both = Promise.all([document.flush(), document.flush()]);
  await wait(500);
  await both;
  assert.equal(files.saves.length, 1);
});

test("what another person changed elsewhere in the file is merged in when it is saved", async () => {
  const { buffer, files, type } = open("one\ntwo\nthree\n");
  files.put(PATH, "ONE\ntwo\nthree\n");
  type("four\n");
  await wait(1000);
  assert.equal(buffer.text, "ONE\ntwo\nthree\nfour\n");
  assert.equal(files.text(PATH), buffer.text);
});

test("what another person saved appears without being asked for, and what is typed stays", async () => {
  const { document, buffer, files, type } = open("one\ntwo\nthree\n");
  type("four");
  files.put(PATH, "ONE\ntwo\nthree\n");
  document.changedElsewhere();
  await wait(1000);
  assert.equal(buffer.text, "ONE\ntwo\nthree\nfour");
  assert.equal(files.text(PATH), buffer.text);
  assert.equal(document.status, "saved");
});

test("the same line changed by two is a conflict: nothing is saved until one is chosen", async () => {
  const { document, buffer, files, type } = open("one\n");
  files.put(PATH, "their one\n");
  type("my ", 0);
  await wait(1000);
  assert.equal(document.status, "conflict");
  assert.equal(document.theirs.text, "their one\n");
  type("very ", 0);
  await wait(3000);
  assert.equal(files.text(PATH), "their one\n");

  document.keepMine();
  await wait(1000);
  assert.equal(files.text(PATH), "very my one\n");
  assert.equal(buffer.text, "very my one\n");
  assert.equal(document.status, "saved");
});

test("theirs, once chosen, is what is here", async () => {
  const { document, buffer, files, type } = open("one\n");
  files.put(PATH, "their one\n");
  type("my ", 0);
  await wait(1000);
  document.takeTheirs();
  await wait(1000);
  assert.equal(buffer.text, "their one\n");
  assert.equal(files.saves.length, 1);
  assert.equal(document.status, "saved");
});

test("a conflict goes away when the other side takes its change back", async () => {
  const { document, files, type } = open("one\n");
  files.put(PATH, "their one\n");
  type("my ", 0);
  await wait(1000);
  files.put(PATH, "one\n");
  document.changedElsewhere();
  await wait(1000);
  assert.equal(document.status, "saved");
  assert.equal(files.text(PATH), "my one\n");
});

test("a file that was deleted while something was typed in it asks", async () => {
  const { document, files, type } = open("one\n");
  type("two\n");
  files.put(PATH, null);
  await wait(1000);
  assert.equal(document.status, "conflict");
  assert.equal(document.theirs.text, null);
  document.keepMine();
  await wait(1000);
  assert.equal(files.text(PATH), "one\ntwo\n");
});

test("without a connection it is tried again, with growing pauses, until it works", async () => {
  const network = { delay: () => 10, fails: () => true };
  const { document, files, storage, type } = open("a", { network });
  type("b");
  await wait(1000);
  assert.equal(document.status, "offline");
  assert.equal(storage.length, 1);
  await wait(20_000);
  network.fails = () => false;
  await wait(15_000);
  assert.equal(files.text(PATH), "ab");
  assert.equal(document.status, "saved");
  assert.equal(storage.length, 0);
});

test("a save whose answer was lost is not a conflict with oneself", async () => {
  let isLost = true;
  const network = { delay: () => 10, fails: (leg) => leg === "back" && isLost };
  const { document, buffer, files, type } = open("a", { network });
  type("b");
  await wait(400);
  assert.equal(files.text(PATH), "ab");
  isLost = false;
  type("c");
  await wait(3000);
  assert.equal(buffer.text, "abc");
  assert.equal(files.text(PATH), "abc");
  assert.equal(document.status, "saved");
});

test("a save whose connection broke and that arrives late, after a look at the file, is no conflict with oneself", async () => {
  const { document, buffer, files, server, type } = open("a");
  const { read, save } = server;
  let arrive = () => {};
  server.save = (path, text, base) => {
    arrive = () => files.take(path, text, base);
    server.save = save;
    return Promise.reject(new TypeError("Failed to fetch"));
  };
  server.read = async (path) => {
    const now = await read(path);
    arrive();
    arrive = () => {};
    return now;
  };
  type("b");
  await wait(400);
  type("c");
  await wait(3000);
  assert.equal(buffer.text, "abc");
  assert.equal(files.text(PATH), "abc");
  assert.equal(document.status, "saved");
});

test("what was taken back after a save without an answer stays away", async () => {
  let isLost = true;
  const network = { delay: () => 10, fails: (leg) => leg === "back" && isLost };
  const { document, buffer, files, type } = open("one\ntwo\nthree\n", { network });
  type("zero\n", 0);
  await wait(400);
  isLost = false;
  buffer.text = "one\ntwo\nthree\nfour\n";
  document.typed();
  await wait(3000);
  assert.equal(files.text(PATH), "one\ntwo\nthree\nfour\n");
  assert.equal(buffer.text, files.text(PATH));
});

test("what was read before one's own save and comes after it takes nothing back", async () => {
  const { document, buffer, files, type } = open("one\n", { network: { delay: () => 300, fails: () => false } });
  document.changedElsewhere();
  type("two\n");
  document.flush();
  await wait(4000);
  assert.equal(buffer.text, "one\ntwo\n");
  assert.equal(files.text(PATH), "one\ntwo\n");
});

test("what the server refuses is said and not sent again until it is changed", async () => {
  const { document, server, type } = open("a");
  const save = server.save;
  let asked = 0;
  server.save = async () => {
    asked += 1;
    throw new Refused("src/App.tsx has more than 512 KB. Split it into several files.");
  };
  type("b");
  await wait(30_000);
  assert.equal(asked, 1);
  assert.match(document.problem, /512 KB/);
  server.save = save;
  type("c");
  await wait(1000);
  assert.equal(document.status, "saved");
});

test("who leaves the page keeps a draft, which the next visit goes on with", async () => {
  const { document, files, storage, type } = open("one\n", { network: { delay: () => 10, fails: () => true } });
  type("two\n");
  document.flush({ isLeaving: true });
  document.close();
  await wait(1000);
  assert.equal(files.text(PATH), "one\n");

  const again = open("", { files, storage });
  assert.equal(again.buffer.text, "one\ntwo\n");
  await wait(1000);
  assert.equal(files.text(PATH), "one\ntwo\n");
  assert.equal(storage.length, 0);
});

test("typing in a conflict is kept in the browser, too", async () => {
  const { document, files, storage, type } = open("one\n");
  type("my ", 0);
  files.put(PATH, "their one\n");
  await wait(1000);
  type("very ", 0);
  await wait(1000);
  document.close();
  const again = open("", { files, storage });
  assert.equal(again.buffer.text, "very my one\n");
  assert.equal(again.document.status, "conflict");
});

const MANIFEST = "package.json";

function openManifest(text) {
  const opened = open(text, { path: MANIFEST });
  opened.files.finish = (written) => written.replace("^1.0.0", "1.4.2");
  return opened;
}

test("package.json is finished once it is left, not in the middle of a word", async () => {
  const { document, buffer, files, type } = openManifest("maps: ");
  type("^1.0.0");
  await wait(1000);
  assert.equal(buffer.text, "maps: ^1.0.0");
  document.flush();
  await wait(200);
  assert.equal(buffer.text, "maps: 1.4.2");
  assert.equal(files.text(MANIFEST), "maps: 1.4.2");
  assert.equal(document.status, "saved");
});

test("package.json that nobody typed in is not sent when it is left", async () => {
  const { document, files, type } = openManifest("maps: ^1.0.0");
  document.flush();
  await wait(200);
  assert.equal(files.saves.length, 0);
  type("\n");
  document.flush();
  await wait(200);
  document.flush();
  await wait(200);
  assert.equal(files.saves.length, 1);
});

test("no other file is sent again when it is left", async () => {
  const { document, files, type } = open("a");
  type("b");
  await wait(1000);
  document.flush();
  await wait(200);
  assert.equal(files.saves.length, 1);
});
