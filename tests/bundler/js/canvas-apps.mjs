/**
 * Edits every page of the apps on stdin at random, and checks each edit.
 *     {apps: {name: files}, edits, seed, isWritten, isLaidOut} -> {pages, counts, layouts, rows: each app, when asked for}
 * `layouts` says of files that were laid out whether they still are; with `isLaidOut`, all are at first.
 */
import assert from "node:assert/strict";
import { text } from "node:stream/consumers";

import { format } from "../../../overskill/bundler/language/format.mjs";
import { assertUnchanged, choices, editOnce, KINDS, pagesOf } from "./canvas-edits.mjs";

async function laidOut(files) {
  const formatted = await Promise.all(Object.entries(files).map(([path, code]) => format({ path, text: code })));
  return Object.fromEntries(Object.keys(files).map((path, at) => [path, formatted[at].text]));
}

const { apps, edits, seed = 1, isWritten = false, isLaidOut = false } = JSON.parse(await text(process.stdin));
const counts = Object.fromEntries(KINDS.map((kind) => [kind, 0]));
const layouts = Object.fromEntries(KINDS.map((kind) => [kind, { kept: 0, lost: 0, none: 0 }]));
const seen = new Set();
const rows = {};

for (const [name, files] of Object.entries(apps)) {
  const begun = isLaidOut ? await laidOut(files) : { ...files };
  const row = { pages: 0, edits: 0, refused: 0, milliseconds: 0, files: begun };
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
    const made = await editOnce(row.files, path, kind, chosen, { isTyped: isWritten });
    if (!made) continue;
    if (made.refused) {
      row.refused += 1;
      continue;
    }
    row.files[path] = made.text;
    row.edits += 1;
    row.milliseconds += (made.milliseconds - row.milliseconds) / row.edits;
    counts[kind] += 1;
    layouts[kind][made.layout] += 1;
  }
}
const pages = Object.values(rows).reduce((sum, row) => sum + row.pages, 0);
assert.ok(pages > 0, "there was nothing to edit");
process.stdout.write(JSON.stringify({ pages, counts, layouts, ...(isWritten && { rows }) }));
