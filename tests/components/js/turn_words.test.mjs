import assert from "node:assert/strict";
import { test } from "node:test";
import { apply, waitingTurn } from "../../../overskill/components/editor/turn_log.js";
import {
  attemptWords,
  checksReport,
  checksWords,
  creditWords,
  findingReport,
  findingsWords,
  freeRepairsWords,
  isSound,
  moneyWords,
  packagesWords,
  refundWords,
  secondsWords,
  statusWords,
} from "../../../overskill/components/editor/turn_words.js";

const after = (...entries) => entries.reduce((turn, entry) => apply(turn, entry), waitingTurn());
const active = (name) => ({ k: "step", name, state: "active" });

test("each step is said in words", () => {
  const steps = [
    [[], "Getting ready"],
    [[active("validate")], "Reading your message"],
    [[active("enhance")], "Working out what you need"],
    [[active("generate")], "Writing the files"],
    [[active("generate"), { k: "open", path: "a.ts" }], "Writing a.ts"],
    [[active("generate"), { k: "edit", path: "a.ts" }], "Changing a.ts"],
    [[active("check")], "Trying the app"],
    [[active("check"), { k: "repair", number: 2, errors: ["x", "y"] }], "Mending 2 problems (attempt 2 of 3)"],
    [[active("save")], "Saving this version"],
    [[{ k: "done", status: "succeeded", version: 2 }], "Finished"],
    [[{ k: "done", status: "stopped" }], "Stopped"],
  ];
  for (const [entries, words] of steps) assert.equal(statusWords(after(...entries)), words);
});

test("a turn that planned or asked says so at its end", () => {
  const done = { k: "done", status: "succeeded", version: null };
  assert.equal(statusWords(after({ k: "plan", steps: ["one"] }, done)), "The plan is ready");
  assert.equal(statusWords(after({ k: "questions", questions: [{}, {}] }, done)), "2 questions first");
});

test("free repairs are counted by what they are", () => {
  const kinds = ["import", "icon", "import", "import", "something"];
  assert.equal(freeRepairsWords(kinds.map((kind) => ({ kind }))), "Fixed 3 imports, 1 icon name and 1 slip, free of charge");
});

test("packages are told once, also where nothing came of them", () => {
  const entry = { k: "packages", add: ["three@0.187.0"], said: ["three 0.187.0, MIT, 173 KB"] };
  const turn = after(entry, entry, { k: "packages", add: ["zod@^4.0.0"] }, { k: "packages", refused: ["No thre."] });
  assert.deepEqual(turn.packages, { added: ["three 0.187.0, MIT, 173 KB"], refused: ["No thre."] });
  assert.equal(packagesWords(turn.packages), "Added three");
  assert.equal(packagesWords({ added: [], refused: ["No thre."] }), "Could not add 1 package");
});

test("an attempt says what is different about it", () => {
  assert.equal(attemptWords({ number: 1, strategy: "fix" }), "Attempt 1 of 3");
  assert.equal(attemptWords({ number: 2, strategy: "another_model" }), "Attempt 2 of 3: the files written anew");
  assert.equal(attemptWords({ number: 2, strategy: "revert" }), "It made things worse, so it was taken back");
});

test("checks are summed up by what a person wants to know first", () => {
  const passed = { title: "a", passed: true };
  const failed = { title: "b", passed: false };
  const cases = [
    [{ compiles: true, browser: "passed", results: [passed, passed] }, "Checked in a browser: 2 of 2"],
    [{ compiles: true, browser: "failed", results: [passed, failed] }, "Checked in a browser: 1 of 2"],
    [{ compiles: true, browser: "failed", results: [], problems: [{ message: "x" }] }, "Checked in a browser: 1 problem"],
    [{ compiles: true, browser: "passed", results: [] }, "Checked in a browser: it works"],
    [{ compiles: true, browser: "skipped" }, "It compiles"],
    [{ compiles: false, browser: "skipped" }, "It does not compile"],
  ];
  for (const [checks, words] of cases) assert.equal(checksWords(checks), words);
  assert.equal(isSound(cases[0][0]), true);
  assert.equal(isSound(cases[1][0]), false);
});

test("findings are counted by how bad they are, and can be asked to be fixed", () => {
  assert.equal(findingsWords([]), "No unsafe code found");
  assert.equal(findingsWords([{ severity: "low" }, { severity: "critical" }, { severity: "low" }]), "1 critical and 2 low findings in the code");
  const finding = { file: "src/a.ts", line: 3, message: "eval runs any text.", fix: "Use JSON.parse." };
  assert.equal(findingReport(finding), "Please fix this in src/a.ts:3: eval runs any text. Use JSON.parse.");
});

test("what failed can be asked to be fixed, in one message", () => {
  const checks = {
    compiles: true,
    browser: "failed",
    types: ["src/a.ts:1: not a number"],
    problems: [{ message: "Boom", route: "/week" }],
    results: [{ title: "It adds up", passed: false, why: "“3” was not there" }, { title: "It opens", passed: true }],
  };
  assert.equal(
    checksReport(checks),
    "Please fix what the checks found:\n- /week: Boom\n- src/a.ts:1: not a number\n- It adds up (“3” was not there)",
  );
});

test("credits take as many places as they need", () => {
  const cases = [[4, "0.004 credits"], [40, "0.04 credits"], [1000, "1 credit"], [1240, "1.2 credits"], [1_250_000, "1,250 credits"]];
  for (const [milli, words] of cases) assert.equal(creditWords(milli), words);
});

test("a refund says what came back and why", () => {
  const reason = "The error came back three times, so your last working version was kept.";
  assert.equal(
    refundWords({ amount: 1200, reason }),
    "Refunded 1.2 credits: the error came back three times, so your last working version was kept.",
  );
});

test("times and money are as short as they can be", () => {
  assert.deepEqual([0, 420, 12_300, 65_000].map(secondsWords), ["", "0.4 s", "12 s", "1 min 5 s"]);
  assert.deepEqual([0, 1200, 2_500_000].map(moneyWords), ["", "$0.0012", "$2.50"]);
});
