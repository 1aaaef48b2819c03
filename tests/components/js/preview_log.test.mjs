import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { filtered, LEVELS, PreviewLog, sizeInWords, timeInWords } from "../../../overskill/components/editor/preview_log.js";

const logged = (text, level = "log") => ({ type: "console", level, text, values: [{ kind: "text", text }], frames: [] });
const failed = (message, details = {}) => ({ type: "error", message, file: "src/App.tsx", line: 3, ...details });

function hearing(...messages) {
  const log = new PreviewLog();
  messages.forEach((message) => log.hear(message));
  return log;
}

test("the same line again is one line with a number", () => {
  const log = hearing(logged("tick"), logged("tick"), logged("tock"), logged("tick"));
  assert.deepEqual(log.lines.map(({ text, count }) => [text, count]), [["tick", 2], ["tock", 1], ["tick", 1]]);
});

test("an app that never stops talking is remembered for a thousand lines", () => {
  const log = hearing(...Array.from({ length: 5000 }, (_, index) => logged(`line ${index}`)));
  assert.ok(log.lines.length <= 1200);
  assert.equal(log.lines.at(-1).text, "line 4999");
});

test("whoever shows the log is told a few times a second, however much is said", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const log = new PreviewLog();
  const told = mock.fn();
  log.subscribe(told);
  const before = log.version();
  for (let index = 0; index < 100; index += 1) log.hear(logged(`line ${index}`));
  assert.equal(told.mock.callCount(), 0);
  mock.timers.tick(200);
  assert.equal(told.mock.callCount(), 1);
  assert.notEqual(log.version(), before);
  mock.timers.reset();
});

test("an error that comes again is counted, and is past once there is another version", () => {
  const log = hearing(failed("Boom"), failed("Boom"), failed("Bang"));
  assert.deepEqual(log.failures.map(({ message, count, isPast }) => [message, count, isPast]), [["Boom", 2, false], ["Bang", 1, false]]);
  log.hear({ type: "updated", revision: 2 });
  log.hear(failed("Bang"));
  assert.deepEqual(log.failures.map(({ message, isPast }) => [message, isPast]), [["Boom", true], ["Bang", false]]);
});

test("all that does not compile is listed, instead of what did not before", () => {
  const problem = (message) => ({ message, file: "src/App.tsx", line: 3 });
  const log = hearing({ type: "problems", problems: [problem("Boom"), problem("Bang")], isHeldBack: true }, failed("Boom", { kind: "compile", others: 1 }));
  assert.deepEqual(log.failures.map(({ message, count, isHeldBack }) => [message, count, isHeldBack]), [["Boom", 1, true], ["Bang", 1, true]]);
  log.hear({ type: "problems", problems: [problem("Bang")], isHeldBack: true });
  assert.deepEqual(log.failures.map(({ message, isPast }) => [message, isPast]), [["Boom", true], ["Bang", false]]);
});

test("a reload clears the log, or draws a line below what is kept", () => {
  const log = hearing(logged("before"));
  log.visit(true);
  log.hear(logged("after"));
  assert.deepEqual(log.lines.map(({ level, text }) => [level, text]), [["log", "before"], ["reload", "Reloaded"], ["log", "after"]]);
  log.visit(false);
  assert.deepEqual([log.lines, log.failures], [[], []]);
});

test("a report quotes the newest lines and the requests that failed, in their order", () => {
  const log = hearing(
    logged("quiet", "debug"),
    logged("careful", "warn"),
    { type: "request", method: "GET", url: "/fine", status: 200 },
    { type: "request", method: "GET", url: "/x", status: 0 },
    { type: "request", method: "POST", url: "/y", status: 500 },
  );
  assert.deepEqual(log.reported, ["warn: careful", "GET /x: no answer", "POST /y: status 500"]);
});

test("lines are filtered by their level and by what they say", () => {
  const { lines } = hearing(logged("Apples"), logged("Pears", "warn"), logged("apples again", "error"));
  const texts = (filter) => filtered(lines, { text: "", levels: LEVELS, ...filter }).map(({ text }) => text);
  assert.deepEqual(texts({ text: " APPLES" }), ["Apples", "apples again"]);
  assert.deepEqual(texts({ levels: ["warn"] }), ["Pears"]);
});

test("whatever a preview sends, the log stays in shape", () => {
  const strange = [undefined, null, 7, "x", [], {}, { parts: 3 }, { kind: "branch", parts: [[1], "y", [null, null]], more: 1e400 }];
  for (const odd of strange) {
    const log = hearing(
      { type: "console", level: odd, text: odd, values: [odd, odd], frames: [odd] },
      { type: "console", level: "__proto__", values: odd, frames: odd },
      { type: "request", method: odd, url: odd, status: odd, milliseconds: odd, size: odd },
      { type: "error", message: odd, file: odd, line: odd, excerpt: odd, frames: [odd], others: odd, isHeldBack: odd },
      { type: "problems", problems: odd, isHeldBack: odd },
      { type: "problems", problems: [odd] },
      { type: odd },
    );
    assert.ok(log.lines.every(({ level, text, frames }) => level === "log" && typeof text === "string" && Array.isArray(frames)));
    assert.ok(log.requests.every(({ status, url }) => typeof status === "number" && typeof url === "string"));
    assert.ok(log.failures.every(({ message, line }) => typeof message === "string" && Number.isInteger(line)));
    assert.ok(log.reported.every((words) => typeof words === "string"));
  }
});

test("a value that is nested or wide without end is cut", () => {
  let deep = { kind: "plain", text: "end" };
  for (let depth = 0; depth < 1000; depth += 1) deep = { kind: "branch", text: "", isList: false, parts: [["in", deep]], more: 0 };
  const wide = { kind: "branch", text: "", isList: true, parts: Array.from({ length: 100_000 }, () => ["0", { kind: "text", text: "x".repeat(9000) }]), more: 0 };
  const [line] = hearing({ type: "console", level: "log", values: [deep, wide] }).lines;
  assert.ok(JSON.stringify(line).length < 1_000_000);
  assert.ok(line.text.length <= 400);
});

test("sizes and times are said as people say them", () => {
  assert.deepEqual([null, 20, 1500, 2_400_000].map(sizeInWords), ["", "20 B", "1.5 KB", "2.4 MB"]);
  assert.deepEqual([12.4, 1500].map(timeInWords), ["12 ms", "1.5 s"]);
});
