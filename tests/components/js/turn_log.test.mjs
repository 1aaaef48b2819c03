import assert from "node:assert/strict";
import { test } from "node:test";
import { apply, waitingTurn } from "../../../overskill/components/editor/turn_log.js";

const after = (...entries) => entries.reduce((turn, entry) => apply(turn, entry), waitingTurn());
const file = (turn, path) => turn.files.find((each) => each.path === path);
const step = (turn, name) => turn.steps.find((each) => each.name === name);

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

test("a step is under way from when it began, and took what the server says", () => {
  const active = apply(waitingTurn(), { k: "step", name: "plan", state: "active" }, 7000);
  assert.deepEqual(step(active, "plan"), { name: "plan", state: "active", ms: 0, note: "", since: 7000 });
  assert.equal(active.current, "plan");
  const done = apply(active, { k: "step", name: "plan", state: "done", ms: 1900, note: "4 steps" }, 9000);
  assert.deepEqual(step(done, "plan"), { name: "plan", state: "done", ms: 1900, note: "4 steps", since: 7000 });
});

test("a step that does not say how long it took is timed by when it was told", () => {
  const active = apply(waitingTurn(), { k: "step", name: "scan", state: "active" }, 7000);
  assert.equal(step(apply(active, { k: "step", name: "scan", state: "done" }, 7250), "scan").ms, 250);
});

test("when a turn ends, nothing is left under way or to come", () => {
  const running = [
    { k: "step", name: "validate", state: "done" },
    { k: "step", name: "generate", state: "active" },
  ];
  for (const [status, state] of [["succeeded", "done"], ["failed", "failed"], ["stopped", "skipped"]]) {
    const turn = after(...running, { k: "done", status, version: null });
    assert.equal(step(turn, "generate").state, state);
    assert.equal(step(turn, "save").state, "skipped");
  }
});

test("a turn of before the ten steps still says when it wrote", () => {
  assert.equal(step(after({ k: "step", name: "write", state: "done" }), "generate").state, "done");
});

test("a step that nobody knows changes nothing", () => {
  const turn = waitingTurn();
  assert.equal(apply(turn, { k: "step", name: "dance", state: "active" }), turn);
});

test("what was thought, checked and paid is kept as it was told", () => {
  const turn = after(
    { k: "brief", kind: "tracker", checks: [] },
    { k: "questions", questions: [{ id: "who", text: "For whom?", options: ["Me"], allows_other: true }] },
    { k: "checks", compiles: true, browser: "passed", results: [] },
    { k: "findings", findings: [{ rule: "eval", severity: "critical" }] },
    { k: "receipt", charged: 1200, usage: {} },
    { k: "refund", amount: 1200, reason: "It came back three times." },
  );
  assert.deepEqual(turn.brief, { kind: "tracker", checks: [] });
  assert.equal(turn.questions[0].id, "who");
  assert.equal(turn.checks.browser, "passed");
  assert.equal(turn.findings.length, 1);
  assert.equal(turn.receipt.charged, 1200);
  assert.deepEqual(turn.refund, { amount: 1200, reason: "It came back three times." });
});

test("free repairs add up, and one that is told twice counts once", () => {
  const first = { path: "a.tsx", kind: "import", message: "Imported useState", line: 1 };
  const second = { path: "b.tsx", kind: "icon", message: "Trash for Bin", line: 2 };
  const turn = after({ k: "repaired", repairs: [first] }, { k: "repaired", repairs: [first, second] });
  assert.deepEqual(turn.freeRepairs, [first, second]);
});

test("each try of a model is kept, and mending ends with the next step", () => {
  const mending = after({ k: "repair", number: 1, errors: ["x"] }, { k: "repair", number: 2, errors: ["x"], strategy: "another_model", model: "b" });
  assert.deepEqual(mending.repairs, [
    { number: 1, errors: ["x"], strategy: "fix", model: "" },
    { number: 2, errors: ["x"], strategy: "another_model", model: "b" },
  ]);
  assert.equal(mending.isMending, true);
  assert.equal(apply(mending, { k: "step", name: "scan", state: "active" }).isMending, false);
});

test("what is not known yet changes nothing", () => {
  const turn = waitingTurn();
  assert.equal(apply(turn, { k: "something later" }), turn);
});
