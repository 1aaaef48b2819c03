/** Select mode from the editor's side, with a preview and a server that answer what they are told to. */
import assert from "node:assert/strict";
import test from "node:test";

import { SelectSession } from "../../../overskill/components/editor/select/session.js";

const PLACE = { file: "src/App.tsx", line: 3, column: 5, checksum: "a".repeat(16), name: "h1", component: "App" };
const ELEMENT = { name: "h1", line: 3, column: 5, refusals: { remove: "" } };
const CHANGED = "b".repeat(64);

function arrange(server = {}, patience = undefined) {
  const said = [];
  const asked = [];
  const api = {
    describe: async (place) => {
      asked.push(["describe", place]);
      return server.describe?.(place) ?? { element: ELEMENT, colours: [] };
    },
    patch: async (place, operation) => {
      asked.push(["patch", place, operation]);
      return server.patch?.(place, operation) ?? { element: ELEMENT, checksum: CHANGED, before: "one", text: "two" };
    },
    save: async (save) => {
      asked.push(["save", save]);
      return { files: [{ path: "src/App.tsx", checksum: "c".repeat(64) }] };
    },
  };
  const session = new SelectSession((message) => said.push(message), api, patience);
  session.turn(true);
  return { session, said, asked, state: session.read };
}

const refusal = (message, status) => () => {
  throw Object.assign(new Error(message), { status });
};
const select = async (session, more = {}) => {
  session.hear({ type: "selected", how: "click", places: [PLACE], count: 1, index: 0, ...more });
  await settled();
};
const settled = () => new Promise((resolve) => setImmediate(resolve));
const types = (said) => said.map(({ type }) => type);

test("what is selected is described, and its colours are asked for", async () => {
  const { session, said, state } = arrange();
  await select(session);
  assert.equal(state().element, ELEMENT);
  assert.deepEqual(types(said), ["select-mode", "select-colours"]);
});

test("a change is tried, saved, and the same element sought in the changed code", async () => {
  const { session, said, state } = arrange();
  await select(session);
  await session.change({ kind: "hide", hidden: true }, { add: ["hidden"], remove: [] });
  assert.deepEqual(types(said).slice(2), ["select-try", "select-tried", "select-place"]);
  assert.equal(said.at(-1).place.checksum, "b".repeat(16));
  assert.equal(state().history.done.length, 1);
});

test("changes are saved one after the other, each on what the one before left", async () => {
  const { session, asked } = arrange();
  await select(session);
  void session.change({ kind: "move", to: "after" });
  await session.change({ kind: "move", to: "before" });
  const patches = asked.filter(([kind]) => kind === "patch");
  assert.deepEqual(
    patches.map(([, place]) => place.checksum[0]),
    ["a", "b"],
  );
});

test("a change that is refused is taken back on the page and says why", async () => {
  const { session, said, state } = arrange({ patch: refusal("The look comes from code.", 422) });
  await select(session);
  await session.change({ kind: "hide", hidden: true }, { add: ["hidden"], remove: [] });
  assert.deepEqual(said.at(-1), { type: "select-tried", isKept: false });
  assert.deepEqual([state().problem, state().saving, state().element], ["The look comes from code.", 0, ELEMENT]);
});

test("an element whose code changed meanwhile is described again as soon as it is drawn", async () => {
  let isStale = true;
  const describe = () => (isStale ? refusal("The code has changed.", 409)() : null);
  const { session, state } = arrange({ describe });
  await select(session);
  assert.equal(state().problem, "The code has changed.");
  isStale = false;
  await select(session, { how: "again", places: [{ ...PLACE, line: 9, checksum: "d".repeat(16) }] });
  assert.deepEqual([state().problem, state().element], ["", ELEMENT]);
});

test("after a change the same element is not described once more", async () => {
  const { session, asked } = arrange();
  await select(session);
  await session.change({ kind: "wrap" });
  await select(session, { how: "sought", places: [{ ...PLACE, checksum: "b".repeat(16) }] });
  assert.equal(asked.filter(([kind]) => kind === "describe").length, 1);
});

test("an answer that comes after the change it was asked before is of no interest", async () => {
  const late = Promise.withResolvers();
  let isFirst = true;
  const describe = () => {
    if (isFirst) return null;
    return late.promise;
  };
  const { session, state } = arrange({ describe });
  await select(session);
  isFirst = false;
  void select(session, { how: "again", places: [{ ...PLACE, checksum: "b".repeat(16) }] });
  await session.change({ kind: "wrap" });
  late.resolve({});
  await settled();
  assert.equal(state().element, ELEMENT);
});

test("a step is taken back and made again by ordinary saves", async () => {
  const { session, asked, state } = arrange();
  await select(session);
  await session.change({ kind: "wrap" });
  await session.travel(false);
  assert.deepEqual(asked.at(-1)[1].changes, [{ path: "src/App.tsx", text: "one", base: CHANGED }]);
  session.hear({ type: "select-undo", isRedo: true });
  await settled();
  assert.deepEqual(asked.at(-1)[1].changes, [{ path: "src/App.tsx", text: "two", base: "c".repeat(64) }]);
  assert.equal(state().history.done.length, 1);
});

test("the delete key deletes only what can be deleted", async () => {
  const { session, asked } = arrange({ describe: () => ({ element: { ...ELEMENT, refusals: { remove: "No." } }, colours: [] }) });
  await select(session);
  session.hear({ type: "select-delete" });
  await settled();
  assert.equal(asked.filter(([kind]) => kind === "patch").length, 0);
});

test("a page that was loaded anew is in select mode again, with nothing selected", async () => {
  const { session, said, state } = arrange();
  await select(session);
  session.hear({ type: "ready", revision: 3 });
  assert.deepEqual([said.at(-1), state().selection], [{ type: "select-mode", on: true }, null]);
});

test("what the preview says is not heard before select mode is on, but that it is wanted is", async () => {
  const { session, state } = arrange();
  session.turn(false);
  await select(session);
  assert.equal(state().selection, null);
  session.hear({ type: "select-asked" });
  assert.equal(state().isOn, true);
});

const OTHER = { ...PLACE, line: 8, name: "p" };
const drawn = (place) => ({ ...place, checksum: "b".repeat(16) });

/** A server that keeps the answer to a change back. */
function holding() {
  const held = Promise.withResolvers();
  const arranged = arrange({ patch: () => held.promise });
  const answer = () => held.resolve({ element: ELEMENT, checksum: CHANGED, before: "one", text: "two" });
  return { ...arranged, answer, refuse: held.reject };
}

test("what is selected while a change is on its way stays selected, and is described once it is drawn anew", async () => {
  const { session, said, asked, state, answer } = holding();
  await select(session);
  const saved = session.change({ kind: "text", text: "two" });
  await select(session, { places: [OTHER] });
  answer();
  await saved;
  await settled();
  assert.deepEqual([state().selection.places, state().history.done.length], [[OTHER], 1]);
  assert.equal(types(said).includes("select-place"), false);
  assert.equal(asked.filter(([kind]) => kind === "describe").length, 1); // the other was drawn from the code before
  await select(session, { how: "again", places: [drawn(OTHER)] });
  assert.deepEqual(asked.at(-1), ["describe", drawn(OTHER)]);
  assert.equal(state().element, ELEMENT);
});

test("changes wait in line for the element they were asked for, whatever is selected by then", async () => {
  const { session, asked, state, refuse } = holding();
  await select(session);
  const first = session.change({ kind: "hide", hidden: true });
  const { target } = state();
  const second = session.change({ kind: "text", text: "two" });
  await select(session, { places: [OTHER] });
  const late = session.change({ kind: "text", text: "three" }, undefined, target);
  refuse(new Error("The look comes from code."));
  await Promise.all([first, second, late]);
  const places = asked.filter(([kind]) => kind === "patch").map(([, place]) => place);
  assert.deepEqual(places, [PLACE, PLACE, PLACE]);
  await settled();
  assert.equal(state().problem, "The look comes from code."); // describing the other does not hide it
});

test("a change of what is not drawn anew yet waits for that", async () => {
  const { session, asked } = arrange();
  await select(session, { places: [OTHER] });
  await session.change({ kind: "wrap" });
  await session.travel(false);
  const changed = session.change({ kind: "wrap" });
  await settled();
  const moved = { ...OTHER, line: 9, checksum: "c".repeat(16) };
  await select(session, { how: "again", places: [moved] });
  await changed;
  assert.deepEqual(asked.findLast(([kind]) => kind === "patch")[1], moved);
});

test("a preview that does not draw is waited for in vain, but not for ever", async () => {
  const { asked, session } = arrange({}, 1);
  await select(session);
  await session.change({ kind: "wrap" });
  await select(session, { places: [OTHER] });
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual(asked.at(-1), ["describe", OTHER]);
});
