import assert from "node:assert/strict";
import test from "node:test";
import { arranged, fit, withRecent } from "../../../overskill/components/editor/command_search.js";

const command = (id, title, group = "App", words = "") => ({ id, title, group, words, run: () => {} });
const COMMANDS = [
  command("help", "Keyboard shortcuts", "Help"),
  command("publish", "Publish this version", "App", "deploy live"),
  command("go-publish", "Go to publish", "Go to"),
  command("undo", "Undo the last change", "App", "back revert"),
  command("select", "Select an element", "Preview"),
];
const shape = (groups) => groups.map(({ group, commands }) => `${group}: ${commands.map(({ id }) => id).join(" ")}`);

test("without a query all is there, the page's own groups first and help last", () => {
  assert.deepEqual(shape(arranged("", COMMANDS, [])), ["Go to: go-publish", "App: publish undo", "Preview: select", "Help: help"]);
});

test("what was used last comes first, and only once", () => {
  assert.deepEqual(shape(arranged(" ", COMMANDS, ["undo", "gone"]))[0], "Recent: undo");
  assert.equal(arranged("", COMMANDS, ["undo"]).flatMap((group) => group.commands).length, COMMANDS.length);
});

test("the best fit is first, whichever group it is in", () => {
  assert.equal(arranged("pub", COMMANDS, [])[0].commands[0].id, "publish");
  assert.equal(arranged("go pub", COMMANDS, [])[0].commands[0].id, "go-publish");
});

test("other words and a few letters in order find it, too", () => {
  assert.ok(fit("deploy", COMMANDS[1]));
  assert.ok(fit("kbrd", COMMANDS[0]));
  assert.equal(fit("xyz", COMMANDS[0]), 0);
});

test("every word has to fit", () => {
  assert.equal(fit("undo elephants", COMMANDS[3]), 0);
});

test("a command that is used moves to the front of the recent ones", () => {
  assert.deepEqual(withRecent(["a", "b"], "b"), ["b", "a"]);
});
