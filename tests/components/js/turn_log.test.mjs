import assert from "node:assert/strict";
import { test } from "node:test";
import { apply, statusWords, waitingTurn } from "../../../overskill/components/editor/turn_log.js";

const after = (...entries) => entries.reduce(apply, waitingTurn());
const file = (turn, path) => turn.files.find((each) => each.path === path);

test("a file grows with its pieces and is done when it closes", () => {
  const writing = after({ k: "open", path: "a.ts" }, { k: "delta", path: "a.ts", text: "one\ntwo" });
  assert.deepEqual(file(writing, "a.ts"), { path: "a.ts", state: "writing", lines: 2, text: "one\ntwo" });
  assert.equal(writing.active, "a.ts");
  const written = apply(writing, { k: "close", path: "a.ts", lines: 2 });
  assert.equal(file(written, "a.ts").state, "written");
  assert.equal(file(written, "a.ts").text, "one\ntwo");
});

test("a file that is opened again begins anew", () => {
  const turn = after(
    { k: "open", path: "a.ts" },
    { k: "delta", path: "a.ts", text: "old" },
    { k: "close", path: "a.ts", lines: 1 },
    { k: "open", path: "a.ts" },
  );
  assert.deepEqual(turn.files, [{ path: "a.ts", state: "writing", lines: 1, text: "" }]);
});

test("prose is one text, however it came", () => {
  assert.equal(after({ k: "prose", text: "Hel" }, { k: "open", path: "a" }, { k: "prose", text: "lo" }).prose, "Hello");
});

test("an edit, a removal and a renaming are told as what they are", () => {
  const turn = after({ k: "edit", path: "a" }, { k: "delete", path: "b" }, { k: "close", path: "c", lines: 4 });
  const renamed = apply(turn, { k: "rename", path: "c", to: "d" });
  assert.deepEqual(
    renamed.files.map(({ path, state }) => [path, state]),
    [["a", "edited"], ["b", "deleted"], ["d", "edited"]],
  );
});

test("a refused file does not stay as if it were being written", () => {
  const turn = after({ k: "open", path: "../a" }, { k: "refused", path: "../a", text: "outside of the app" });
  assert.deepEqual(turn.files, []);
  assert.equal(turn.refused, 1);
});

test("after a worker's death the page shows just what the next attempt goes on from", () => {
  const turn = after(
    { k: "plan", summary: "A list", steps: ["one"] },
    { k: "prose", text: "I will" },
    { k: "open", path: "a" },
    { k: "delta", path: "a", text: "kept" },
    { k: "close", path: "a", lines: 1 },
    { k: "open", path: "b" },
    { k: "delta", path: "b", text: "lost" },
    { k: "resumed", prose: "I wi", files: ["a"] },
  );
  assert.equal(turn.prose, "I wi");
  assert.deepEqual(turn.plan, ["one"]);
  assert.deepEqual(turn.files, [{ path: "a", state: "written", lines: 1, text: "kept" }]);
});

test("each step is said in words", () => {
  const steps = [
    [[], "Getting ready"],
    [[{ k: "step", name: "write", state: "active" }], "Reading your message"],
    [[{ k: "step", name: "write", state: "active" }, { k: "open", path: "a.ts" }], "Writing a.ts"],
    [[{ k: "step", name: "check", state: "active" }], "Checking that it compiles"],
    [[{ k: "repair", number: 2, errors: ["x", "y"] }], "Mending 2 problems (attempt 2)"],
    [[{ k: "step", name: "check", state: "done" }], "Saving this version"],
    [[{ k: "done", status: "stopped" }], "Stopped"],
  ];
  for (const [entries, words] of steps) assert.equal(statusWords(after(...entries)), words);
});

test("what is not known yet changes nothing", () => {
  const turn = waitingTurn();
  assert.equal(apply(turn, { k: "something later" }), turn);
});
