/** The process that scans: it may die, and the next scan does not notice. */
import assert from "node:assert/strict";
import test from "node:test";

import { Scans } from "../../../overskill/bundler/server/scans.mjs";

const EVAL = { "src/App.tsx": 'eval("1")' };

test("scans are answered in turn, each with its own", async () => {
  const scans = new Scans();
  const [unsafe, safe] = await Promise.all([scans.scan({ files: EVAL }), scans.scan({ files: {} })]);
  assert.deepEqual(
    unsafe.findings.map(({ rule }) => rule),
    ["eval"],
  );
  assert.deepEqual(safe.findings, []);
  scans.close();
});

test("a scan that takes too long is ended and refused, and the next one is answered", async () => {
  const scans = new Scans({ longest: 1 });
  const large = { "src/large.ts": "export const x = 1;\n".repeat(10_000) };
  await assert.rejects(scans.scan({ files: large }), { kind: "unavailable", message: /could not read this code/ });
  scans.longest = 10_000;
  assert.equal((await scans.scan({ files: EVAL })).findings.length, 1);
  scans.close();
});

test("files beyond the limits are refused as such", async () => {
  const scans = new Scans();
  await assert.rejects(scans.scan({ files: { "../x.ts": "" } }), { kind: "invalid_input" });
  assert.throws(() => scans.scan({ files: [] }), { kind: "invalid_input" });
  scans.close();
});

test("hosts that the owner allows are left alone", async () => {
  const scans = new Scans();
  const files = { "src/App.tsx": 'fetch("https://api.mine.example/a"); fetch("https://evil.example/b")' };
  const { findings } = await scans.scan({ files, hosts: ["*.mine.example"] });
  assert.equal(findings.length, 1);
  assert.match(findings[0].message, /evil\.example/);
  scans.close();
});
