/**
 * Edits every page of the apps on stdin at random, and checks each edit.
 *     {apps: {name: files}, edits, seed, isWritten} -> {pages, counts, apps: the last state of each, when it is asked for}
 */
import assert from "node:assert/strict";
import { text } from "node:stream/consumers";

import { assertUnchanged, choices, editOnce, KINDS, pagesOf } from "./canvas-edits.mjs";

const { apps, edits, seed = 1, isWritten = false } = JSON.parse(await text(process.stdin));
const counts = Object.fromEntries(KINDS.map((kind) => [kind, 0]));
const seen = new Set();
const rows = {};

for (const [name, files] of Object.entries(apps)) {
  const row = { pages: 0, edits: 0, milliseconds: 0, files: { ...files } };
  rows[name] = row;
  for (const { path } of pagesOf(files)) {
    if (!isWritten && seen.has(files[path])) continue;
    seen.add(files[path]);
    row.pages += 1;
    assertUnchanged(files, path);
  }
  const paths = pagesOf(files).map((page) => page.path);
  const chosen = choices(seed + Object.keys(rows).length);
  const perPage = Math.max(1, Math.ceil(edits / Math.max(1, paths.length)));
  for (let turn = 0; paths.length > 0 && turn < 8 * perPage * paths.length && row.edits < edits; turn += 1) {
    const [path, kind] = [paths[turn % paths.length], KINDS[(turn + Math.floor(turn / paths.length)) % KINDS.length]];
    const made = editOnce(row.files, path, kind, chosen, { isTyped: isWritten });
    if (!made) continue;
    row.files[path] = made.text;
    row.edits += 1;
    row.milliseconds += (made.milliseconds - row.milliseconds) / row.edits;
    counts[kind] += 1;
  }
}
const pages = Object.values(rows).reduce((sum, row) => sum + row.pages, 0);
assert.ok(pages > 0, "there was nothing to edit");
process.stdout.write(JSON.stringify({ pages, counts, ...(isWritten && { rows }) }));
