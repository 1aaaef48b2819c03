import assert from "node:assert/strict";
import test from "node:test";
import { find, isOn, read, register, subscribe } from "../../../overskill/components/editor/commands.js";

const command = (id, facts = {}) => ({ id, title: id, group: "App", run: () => {}, ...facts });

test("what is registered is there until it is taken away, and listeners hear of both", () => {
  let heard = 0;
  const leave = subscribe(() => heard++);
  const remove = register([command("one"), command("two")]);
  assert.deepEqual(read().map(({ id }) => id), ["one", "two"]);
  remove();
  assert.deepEqual(read(), []);
  assert.equal(heard, 2);
  leave();
});

test("the later one of two with an id counts, and the earlier takes only itself away", () => {
  const removeFirst = register([command("one", { title: "first" })]);
  const removeSecond = register([command("one", { title: "second" })]);
  removeFirst();
  assert.equal(find("one").title, "second");
  removeSecond();
  assert.equal(find("one"), undefined);
});

test("the list stays the same object until something changes", () => {
  const remove = register([command("one")]);
  assert.equal(read(), read());
  remove();
});

test("a command can be off for now", () => {
  assert.ok(isOn(command("one")));
  assert.equal(isOn(command("one", { isOff: () => true })), false);
});
