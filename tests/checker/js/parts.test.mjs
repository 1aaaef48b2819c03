/** The parts of a check that need no browser. */
import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { test } from "node:test";

import { keyNamed } from "../../../overskill/checker/keys.mjs";
import { isNoise, textOf } from "../../../overskill/checker/messages.mjs";
import { Connection, Gone, Refused, Unanswered } from "../../../overskill/checker/protocol.mjs";
import { Report } from "../../../overskill/checker/report.mjs";
import { ORIGIN, Site } from "../../../overskill/checker/site.mjs";
import { Sources } from "../../../overskill/checker/sources.mjs";
import { routeOf } from "../../../overskill/checker/steps.mjs";

function recorded() {
  const lines = [];
  return { lines, report: new Report((line) => lines.push(line)) };
}

const string = (value) => ({ type: "string", value });

test("keys are found by their names, with what is held", () => {
  assert.equal(keyNamed("Enter").key, "Enter");
  assert.equal(keyNamed("arrow down").key, "ArrowDown");
  const { key, modifiers, text } = keyNamed("Control+K");
  assert.deepEqual([key, modifiers, text], ["K", 2, undefined]);
  assert.equal(keyNamed("Bogus"), null);
});

test("routes are read from whatever a model writes", () => {
  assert.deepEqual(["/tasks", "tasks", "https://x.example/tasks", "#/a"].map(routeOf), [
    "/tasks",
    "/tasks",
    "/tasks",
    "/#/a",
  ]);
});

test("messages of a console are filled in, and errors come without their stack", () => {
  const error = { type: "object", subtype: "error", description: "TypeError: no\n    at f (x.js:1:1)" };
  assert.equal(textOf(string("%s failed: %d"), string("Saving"), { type: "number", value: 3 }), "Saving failed: 3");
  assert.equal(textOf(error), "TypeError: no");
});

test("not reaching another host is no fault of the app, but of its own routes it is", () => {
  const { report } = recorded();
  assert.equal(isNoise("TypeError: Failed to fetch", report), false);
  report.host("api.example.com");
  assert.equal(isNoise("TypeError: Failed to fetch", report), true);
});

test("the same problem is said once, and no more than thirty are", () => {
  const { lines, report } = recorded();
  report.problem("console", "Same");
  report.problem("console", "Same");
  assert.equal(lines.length, 1);
  for (let n = 0; n < 100; n += 1) report.problem("console", `Problem ${n}`);
  assert.equal(lines.length, 30);
});

function asked(url, { assets = {}, method = "GET", resourceType = "Fetch" } = {}) {
  const { lines, report } = recorded();
  const sent = [];
  const connection = { send: async (name, params) => sent.push([name, params]) };
  const site = new Site({ "/index.html": { content: "cGFnZQ==", type: "text/html" }, ...assets }, report);
  site.answer(connection, { requestId: "1", request: { url, method }, resourceType });
  return { lines, answer: sent[0] };
}

test("files of the app are served as they would be when published", () => {
  const { answer, lines } = asked(`${ORIGIN}/`, { resourceType: "Document" });
  const [name, { responseCode, responseHeaders, body }] = answer;
  assert.deepEqual([name, responseCode, body, lines], ["Fetch.fulfillRequest", 200, "cGFnZQ==", []]);
  assert.ok(responseHeaders.some((header) => header.name === "content-security-policy"));
});

test("unknown addresses are the app's page; files and routes that are not there are problems", () => {
  assert.equal(asked(`${ORIGIN}/tasks/1`, { resourceType: "Document" }).answer[1].responseCode, 200);
  for (const path of ["/assets/gone.js", "/api/tasks"]) {
    const { answer, lines } = asked(ORIGIN + path);
    assert.equal(answer[1].responseCode, 404);
    assert.equal(lines[0].problem.kind, "request");
  }
});

test("no other host is ever let through: noted where visitors could reach it, a problem where not", () => {
  const elsewhere = asked("https://api.example.com/x");
  assert.deepEqual([elsewhere.answer[0], elsewhere.lines], ["Fetch.failRequest", [{ host: "api.example.com" }]]);
  const within = ["http://127.0.0.1:3000", "http://localhost", "http://169.254.169.254", "http://10.1.2.3", "http://[::1]"];
  for (const address of [...within, "http://192.168.1.1", "http://172.20.0.1", "http://printer.local"]) {
    const { answer, lines } = asked(`${address}/x`);
    assert.equal(answer[0], "Fetch.failRequest");
    assert.equal(lines[0].problem?.kind, "request", address);
  }
});

test("places are those of the app's own files, by source maps", () => {
  const map = { version: 3, sources: ["app:src/App.tsx"], names: [], mappings: "AAEA" };
  const sources = new Sources((path) => (path === "/assets/a.js" ? JSON.stringify(map) : undefined));
  const frame = { url: `${ORIGIN}/assets/a.js`, lineNumber: 0, columnNumber: 0 };
  assert.deepEqual(sources.place([{ url: "https://x.example/b.js" }, frame]), { file: "src/App.tsx", line: 3 });
  assert.deepEqual(sources.place([{ ...frame, url: `${ORIGIN}/assets/none.js` }]), {});
});

test("the protocol: answers by number, refusals, silence, and the end", async () => {
  const [output, input] = [new PassThrough(), new PassThrough()];
  const connection = new Connection(output, input);
  const answers = [connection.send("A"), connection.send("B"), connection.send("C", {}, { patience: 5 })];
  const said = [{ id: 2, error: { message: "no" } }, { id: 1, result: { fine: true } }];
  const bytes = said.map((message) => `${JSON.stringify(message)}\0`).join("");
  input.write(bytes.slice(0, 20));
  input.write(bytes.slice(20));
  assert.deepEqual(await answers[0], { fine: true });
  await assert.rejects(answers[1], Refused);
  await assert.rejects(answers[2], Unanswered);
  const open = connection.send("D");
  input.destroy();
  await assert.rejects(open, Gone);
});
