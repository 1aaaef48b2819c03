import assert from "node:assert/strict";
import { test } from "node:test";
import { match, ranked } from "../../../overskill/components/editor/code/fuzzy.js";
import * as tabs from "../../../overskill/components/editor/code/tabs.js";
import { movedInto, nameProblem, renamed, rowsOf, treeMove } from "../../../overskill/components/editor/code/tree.js";
import { FakeStorage } from "./fake_files.mjs";

const PATHS = ["src/main.tsx", "index.html", "src/App.tsx", "src/pages/Home.tsx", "src/pages/item10.ts", "src/pages/item9.ts"];
const rows = (...closed) => rowsOf(PATHS, { closed: new Set(closed) });
const names = (list) => list.map(({ name, depth }) => "  ".repeat(depth) + name);

test("folders come before files, each by name, numbers as numbers", () => {
  const tree = ["src", "  pages", "    Home.tsx", "    item9.ts", "    item10.ts", "  App.tsx", "  main.tsx", "index.html"];
  assert.deepEqual(names(rows()), tree);
});

test("what lies in a closed folder is not seen", () => {
  assert.deepEqual(names(rows("src/pages")), ["src", "  pages", "  App.tsx", "  main.tsx", "index.html"]);
  assert.deepEqual(names(rows("src")), ["src", "index.html"]);
});

test("a folder without files is seen, too", () => {
  assert.deepEqual(names(rowsOf(["a.ts"], { closed: new Set(), empty: ["src/hooks"] })), ["src", "  hooks", "a.ts"]);
});

test("arrow keys walk the tree, open and close its folders", () => {
  assert.deepEqual(treeMove(rows(), "src", "ArrowDown"), { focus: "src/pages" });
  assert.deepEqual(treeMove(rows("src"), "src", "ArrowRight"), { toggle: "src" });
  assert.deepEqual(treeMove(rows(), "src", "ArrowRight"), { focus: "src/pages" });
  assert.deepEqual(treeMove(rows(), "src/pages/Home.tsx", "ArrowLeft"), { focus: "src/pages" });
  assert.deepEqual(treeMove(rows(), "src/pages", "ArrowLeft"), { toggle: "src/pages" });
  assert.deepEqual(treeMove(rows(), "src", "End"), { focus: "index.html" });
  assert.equal(treeMove(rows(), "index.html", "ArrowDown"), null);
});

test("a name that can't be says why", () => {
  assert.equal(nameProblem("src", "Button.tsx", PATHS), "");
  assert.equal(nameProblem("src", "forms/Login.tsx", PATHS), "");
  assert.match(nameProblem("src", "App.tsx", PATHS), /already there/);
  assert.match(nameProblem("src", "pages", PATHS), /already there/);
  assert.match(nameProblem("", "../etc", PATHS), /Write it like/);
  assert.match(nameProblem("", "a?b", PATHS), /letters, digits/);
  assert.match(nameProblem("", " ", PATHS), /Type a name/);
});

test("a thing is moved into a folder, not into itself and not over another", () => {
  assert.equal(movedInto("src/App.tsx", "src/pages", PATHS), "src/pages/App.tsx");
  assert.equal(movedInto("src/pages", "", PATHS), "pages");
  assert.equal(movedInto("src", "src/pages", PATHS), null);
  assert.equal(movedInto("src/App.tsx", "src", PATHS), null);
  assert.equal(movedInto("a/App.tsx", "src", [...PATHS, "a/App.tsx"]), null);
});

test("what lies in a renamed folder goes with it", () => {
  assert.equal(renamed("src/pages/Home.tsx", "src/pages", "src/views"), "src/views/Home.tsx");
  assert.equal(renamed("src/pages2/Home.tsx", "src/pages", "src/views"), "src/pages2/Home.tsx");
});

const THREE = { open: ["a", "b", "c"], active: "b" };

test("a file opens beside the one in front, or comes to the front", () => {
  assert.deepEqual(tabs.shown(THREE, "x"), { open: ["a", "b", "x", "c"], active: "x" });
  assert.deepEqual(tabs.shown(THREE, "c"), { open: ["a", "b", "c"], active: "c" });
});

test("when the one in front is closed its neighbour comes", () => {
  assert.deepEqual(tabs.closed(THREE, "b"), { open: ["a", "c"], active: "c" });
  assert.deepEqual(tabs.closed({ open: ["a", "b"], active: "b" }, "b"), { open: ["a"], active: "a" });
  assert.deepEqual(tabs.closed({ open: ["a"], active: "a" }, "a"), tabs.NO_TABS);
  assert.deepEqual(tabs.closed(THREE, "a"), { open: ["b", "c"], active: "b" });
});

test("tabs are put in another order, walked through, and renamed", () => {
  assert.deepEqual(tabs.reordered(THREE, "a", "c").open, ["b", "c", "a"]);
  assert.deepEqual(tabs.reordered(THREE, "c", "a").open, ["c", "a", "b"]);
  assert.equal(tabs.beside(THREE, 1).active, "c");
  assert.equal(tabs.beside({ ...THREE, active: "a" }, -1).active, "c");
  assert.deepEqual(tabs.afterRename({ open: ["src/a.ts"], active: "src/a.ts" }, "src", "lib"), { open: ["lib/a.ts"], active: "lib/a.ts" });
});

test("tabs are there again at the next visit, those of files that are", () => {
  const storage = new FakeStorage();
  tabs.remember(storage, "habits", THREE);
  assert.deepEqual(tabs.remembered(storage, "habits"), THREE);
  assert.deepEqual(tabs.remembered(storage, "other"), tabs.NO_TABS);
  assert.deepEqual(tabs.existing(THREE, new Set(["a", "c"])), { open: ["a", "c"], active: "c" });
});

test("a file is found by some of its letters in order", () => {
  assert.ok(match("aptx", "src/App.tsx"));
  assert.equal(match("xyz", "src/App.tsx"), null);
  assert.equal(match("ppa", "src/App.tsx"), null);
});

test("beginnings of words and the name itself count more than letters in between", () => {
  const found = ranked("hc", ["src/lib/which.ts", "src/components/HabitCard.tsx", "src/watch.ts"]);
  assert.equal(found[0].path, "src/components/HabitCard.tsx");
  assert.equal(ranked("app", ["src/mapping.ts", "src/App.tsx"])[0].path, "src/App.tsx");
  assert.equal(ranked("button", ["src/components/ui/button/index.ts", "src/Button.tsx"])[0].path, "src/Button.tsx");
});

test("the letters that fit are told, to be shown", () => {
  assert.deepEqual(match("app", "src/App.tsx").places, [4, 5, 6]);
});

test("without letters the files of late come first", () => {
  assert.deepEqual(ranked("", ["a.ts", "b.ts", "c.ts"], ["c.ts", "b.ts"]).map(({ path }) => path), ["c.ts", "b.ts", "a.ts"]);
});
