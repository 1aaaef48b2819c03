/**
 * Puts right in an app's files what needs no thought. Each kind proposes a patch; it is kept only when the file can be
 * read afterwards. Correct files come out as they went in, and repaired ones too.
 */
import { setImmediate as breathe } from "node:timers/promises";

import { extension as extensionOf, isCode, isCss } from "../files.mjs";
import { AppFiles } from "./app-files.mjs";
import { cutOff } from "./cut-off.mjs";
import { duplicates } from "./duplicates.mjs";
import { exportNames, exportsForProtected } from "./exports.mjs";
import { extension } from "./extension.mjs";
import { icons } from "./icons.mjs";
import { keys } from "./keys.mjs";
import { missingImports } from "./missing-imports.mjs";
import { missingPackages, packageNames } from "./packages.mjs";
import { paths } from "./paths.mjs";
import { quotes } from "./quotes.mjs";
import { routers } from "./routers.mjs";
import { sideEffects } from "./side-effects.mjs";
import { Source } from "./source.mjs";
import { tags } from "./tags.mjs";
import { tailwind } from "./tailwind.mjs";
import { wrapping } from "./wrapping.mjs";

const FILE_MILLISECONDS = 1000; // a file that takes longer stays as it is
const LARGEST = 256 * 1024;

// For files that can't be read: each may need the one before.
const READABLE = [wrapping, quotes, extension, cutOff, tags, duplicates];
const MEANINGFUL = [packageNames, paths, sideEffects, routers, exportNames, icons, missingImports, keys];

/**
 * @typedef {{path: string, kind: string, message: string, line: number}} Repair
 * @typedef {object} Patch
 * @property {string} text
 * @property {Omit<Repair, "path">[]} repairs
 * @property {Map<string, string>} [also]  other files that change with it
 * @property {string} [renamed]            the file's name from now on
 * @typedef {(source: Source, app: AppFiles, budget: {isOver: boolean}) => Patch | null} Kind
 */

/**
 * @param {Record<string, string>} files  the whole app
 * @param {string[]} wanted               the files to look at
 * @returns {Promise<{changes: Record<string, string | null>, repairs: Repair[], packages: string[]}>}
 */
export async function repairFiles(files, wanted, { vendor, isFinal, isPoison, milliseconds = FILE_MILLISECONDS }) {
  const app = new AppFiles(new Map(Object.entries(files)), vendor, { isFinal, isPoison });
  const repairs = [];
  const now = new Map(); // the name each file has by now
  for (const rounds of [readable, meaningful]) {
    for (const file of new Set(wanted)) {
      const budget = new Budget(milliseconds);
      const at = now.get(file) ?? file;
      if (isRepairable(at, app)) now.set(file, guarded(rounds, at, app, budget, repairs));
      await breathe(); // previews go on meanwhile
    }
  }
  if (isFinal)
    for (const file of app.protectedCode) guarded(forProtected, file, app, new Budget(milliseconds), repairs);
  const packages = missingPackages(app, new Set([...wanted.map((file) => now.get(file) ?? file)]));
  for (const { name, file } of packages)
    repairs.push({ path: file, kind: "package", message: `Added the package ${name}`, line: 0 });
  return { changes: differences(files, app.files), repairs, packages: packages.map(({ name }) => name) };
}

class Budget {
  constructor(milliseconds) {
    this.end = performance.now() + milliseconds;
  }

  get isOver() {
    return performance.now() > this.end;
  }
}

function isRepairable(file, app) {
  const text = app.files.get(file);
  if (text === undefined || text.length > LARGEST || app.isProtected(file) || app.isPoison(text)) return false;
  return isCode(file) || isCss(file) || /\.(?:json|svg|html)$/.test(file);
}

/** A repair that fails is no repair: the file stays as it is, and whoever develops this hears of it. */
function guarded(rounds, file, app, budget, repairs) {
  try {
    return rounds(file, app, budget, repairs);
  } catch (error) {
    console.error(`repair of ${file}:`, error);
    return file;
  }
}

/** Until the file can be read; nothing is kept of what does not get there. */
function readable(file, app, budget, repairs) {
  const original = new Source(file, app.files.get(file));
  let source = original;
  const made = [];
  let also = new Map();
  for (const kind of isCode(file) ? READABLE : [wrapping]) {
    if (budget.isOver) return file;
    const patch = kind(source, app, budget);
    if (!patch) continue;
    source = new Source(patch.renamed ?? source.file, patch.text);
    also = new Map([...also, ...(patch.also ?? [])]);
    made.push(...patch.repairs.map((repair) => ({ path: source.file, ...repair })));
  }
  if (made.length === 0 || (isCode(file) && !source.isSound && source.errors.length >= original.errors.length))
    return file;
  if (source.file !== file) app.set(file, null);
  app.set(source.file, source.text);
  for (const [path, text] of also) app.set(path, text);
  repairs.push(...made);
  return source.file;
}

/** What a file that can be read means, kind by kind. */
function meaningful(file, app, budget, repairs) {
  const kinds = isCss(file) ? [tailwind] : isCode(file) ? MEANINGFUL : [];
  let source = new Source(file, app.files.get(file));
  for (const kind of kinds) {
    if (budget.isOver) break;
    if (!isCss(file) && !source.hasSyntax) break;
    const patch = kind(source, app, budget);
    if (!patch || !isBetter(source, patch)) continue;
    source = source.with(patch.text);
    app.set(file, patch.text);
    for (const [path, text] of patch.also ?? []) app.set(path, text);
    repairs.push(...patch.repairs.map((repair) => ({ path: file, ...repair })));
  }
  return file;
}

/** What a file that may not change wants of others. */
function forProtected(file, app, _budget, repairs) {
  const source = new Source(file, app.files.get(file));
  const patch = source.isSound ? exportsForProtected(source, app) : null;
  if (!patch || !isBetter(source, patch)) return file;
  for (const [path, text] of patch.also) app.set(path, text);
  repairs.push(...patch.repairs.map((repair) => ({ path: [...patch.also.keys()][0], ...repair, line: 0 })));
  return file;
}

/** It can be read as well as before, and so can every other file that changes. */
function isBetter(source, { text, also = new Map() }) {
  if (extensionOf(source.file) === ".css") return text !== source.text;
  const isOthersSound = [...also].every(([path, other]) => new Source(path, other).isSound);
  return isOthersSound && source.with(text).errors.length <= source.errors.length;
}

function differences(before, after) {
  const changes = {};
  for (const [file, text] of after) if (before[file] !== text) changes[file] = text;
  for (const file of Object.keys(before)) if (!after.has(file)) changes[file] = null;
  return changes;
}
