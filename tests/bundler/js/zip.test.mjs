import assert from "node:assert/strict";
import { test } from "node:test";

import { unzipped, zipped } from "../../../overskill/bundler/remote/zip.mjs";

const FILES = [
  ["src/App.tsx", Buffer.from("export default () => <p>Grüße</p>;")],
  ["files/ü.txt", Buffer.from("")],
  ["zeros.bin", Buffer.alloc(100_000)],
];

test("what was zipped is unzipped as it was", () => {
  assert.deepEqual([...unzipped(zipped(FILES), 200_000)], FILES);
});

test("the same files make the same zip", () => {
  assert.deepEqual(zipped(FILES), zipped(FILES));
});

test("a zip with more in it than allowed is not unzipped", () => {
  assert.throws(() => unzipped(zipped(FILES), 100_000), /more than 100000 bytes/);
});

test("a file that is larger than it says is not unzipped", () => {
  const archive = zipped([["zeros.bin", Buffer.alloc(100_000)]]);
  archive.writeUInt32LE(10, archive.lastIndexOf(Buffer.from("PK\x01\x02")) + 24);
  assert.throws(() => unzipped(archive, 200_000), /larger than/);
});

test("what is no zip is said to be none", () => {
  assert.throws(() => unzipped(Buffer.from("<html>"), 1), /no zip/);
});
