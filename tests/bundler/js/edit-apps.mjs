/**
 * Edits apps as somebody would who clicks about: elements and changes are drawn by lot, the same each time.
 *
 *     node edit-apps.mjs <file>    {"apps": [{"name", "files"}], "edits", "isLaidOut"} -> the same with what came of it
 *
 * Each app is tried until `edits` of them were made, or `TRIES` times as many refused. Each edit must leave code that compiles and that the formatter takes, and touch no other lines than the element's own
 * (of one that moves, is copied or taken away: its parent's). An edit that has an opposite is taken back by that, too,
 * and must leave no trace. Where an attribute is one of a few words, others must be refused. `layout` says of a file that was laid out whether it still is. With `isLaidOut`, all are at
 * first.
 */
import fs from "node:fs";

import { compile } from "../../../overskill/bundler/core/compile.mjs";
import { describeElement } from "../../../overskill/bundler/core/elements/describe.mjs";
import { patchElement } from "../../../overskill/bundler/core/elements/patch.mjs";
import { lineAndColumn, parsed, sameElement } from "../../../overskill/bundler/core/elements/tree.mjs";
import { walk } from "../../../overskill/bundler/core/scan/syntax.mjs";
import { format } from "../../../overskill/bundler/language/format.mjs";
import { tidy } from "../../../overskill/bundler/language/tidy.mjs";

const TEXTS = ["Good morning", 'A "quoted" {word} & <more>', "x > 1", "Größe – 日本語", "it's"];
const CLASSES = ["p-4", "mt-8", "text-lg", "font-bold", "bg-red-500", "md:flex", "hover:underline", "gap-2", "rounded-xl"];
const VALUES = ["/a.png?b&c", 'say "hi"', "Plain words", "https://example.com/x"];
const OTHER_WORDS = "none-of-these";
const TRIES = 10; // for each edit that is wanted
const KINDS = ["text", "classes", "attribute", "hide", "move", "duplicate", "remove", "wrap"];
const PAGE = /^src\/(?!main\.|components\/ui\/(?!card|badge|page-header)).*\.[jt]sx$/; // people click on pages, mostly
const IN_PARENT = new Set(["move", "duplicate", "remove"]);

/** Numbers from 0 to 1, the same ones for the same seed. */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

function elementsOf(file, text) {
  const program = parsed(file, text);
  return program === null ? [] : [...walk(program)].filter(({ type }) => type === "JSXElement");
}

function operationOf(kind, description, pick) {
  switch (kind) {
    case "text":
      return { kind, piece: pick(description.pieces.map((_, index) => index)) ?? 0, value: pick(TEXTS) };
    case "classes":
      return { kind, add: [pick(CLASSES)], remove: [] };
    case "attribute": {
      const known = description.attributes.filter(({ value }) => value !== undefined);
      const { name, options } = pick([...known, ...description.addable]) ?? { name: "title" };
      return { kind, name, value: pick(options ?? VALUES) };
    }
    case "hide":
      return { kind, hidden: true };
    case "move":
      return { kind, to: pick(["before", "after"]) };
    default:
      return { kind };
  }
}

/** What takes an edit back by another edit, or null. */
function oppositeOf(operation, description, markup) {
  const { kind } = operation;
  if (kind === "hide" && !description.isHidden && !markup.includes("\n") && "value" in description.classes)
    return { kind, hidden: false };
  if (kind === "move") return { kind, to: operation.to === "before" ? "after" : "before" };
  if (kind === "duplicate" && description.refusals.duplicate === "") return { kind: "remove" };
  if (kind !== "attribute") return null;
  const before = description.attributes.find(({ name }) => name === operation.name);
  return before ? null : { kind, name: operation.name, value: null };
}

/** Words for an attribute that may only be others, or null. */
function otherWords({ kind, name }, { attributes, addable }) {
  const hasOptions = kind === "attribute" && [...attributes, ...addable].some((each) => each.name === name && each.options);
  return hasOptions ? { kind, name, value: OTHER_WORDS } : null;
}

/** The lines of a text that another does not have in that place: [first, last], both from 1; last < first: none. */
function changedLines(before, after) {
  const [old, fresh] = [before.split("\n"), after.split("\n")];
  let start = 0;
  while (start < Math.min(old.length, fresh.length) && old[start] === fresh[start]) start += 1;
  let end = 0;
  while (end < Math.min(old.length, fresh.length) - start && old.at(-1 - end) === fresh.at(-1 - end)) end += 1;
  return [start + 1, old.length - end];
}

function allowedLines(kind, element, text) {
  let around = element;
  if (IN_PARENT.has(kind)) {
    while (around.parent && (around === element || !around.type.startsWith("JSX"))) around = around.parent;
    while (around.parent && around.type !== "JSXElement" && around.type !== "JSXFragment") around = around.parent;
  }
  // With the parentheses around it: on one line there are none.
  const start = around.start - /(?:\(\s*)?$/.exec(text.slice(0, around.start))[0].length;
  const end = around.end + /^(?:\s*\))?/.exec(text.slice(around.end))[0].length;
  return [lineAndColumn(text, start).line, lineAndColumn(text, end).line];
}

async function editOne(files, random) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const file = pick([...files.keys()].filter((each) => PAGE.test(each)).sort());
  const text = files.get(file);
  const kind = pick(KINDS);
  const elements = elementsOf(file, text);
  const speaking = elements.filter(({ children }) => children.some(({ type, value }) => type === "JSXText" && value.trim()));
  const element = pick(kind === "text" && speaking.length > 0 ? speaking : elements);
  if (!element) return { kind, file, refused: "There is no element in this file." };
  const position = lineAndColumn(text, element.start);
  const description = describeElement(file, text, position, files);
  const operation = operationOf(kind, description, pick);
  const markup = text.slice(element.start, element.openingElement.end);
  let patched;
  try {
    patched = await patch(file, text, position, operation, files);
  } catch (error) {
    if (error.kind !== "invalid_input") throw error;
    return { kind, file, refused: error.message };
  }
  const problems = await problemsOf({ file, text, patched, files, operation, description, markup, element, position });
  const layout = await layoutOf(file, text, patched.text);
  files.set(file, patched.text);
  return { kind, file, layout, problems };
}

/** As server/elements.mjs does it. */
async function patch(file, text, position, operation, files) {
  const patched = patchElement(file, text, position, operation, files);
  const tidied = await tidy({ path: file, text: patched.text, before: text });
  return { text: tidied.text, ...sameElement(file, patched, tidied.text) };
}

/** "kept", "lost", or "none" where the file was not laid out before. */
async function layoutOf(file, before, after) {
  const isLaidOut = async (text) => (await format({ path: file, text })).text === text;
  const isNow = await isLaidOut(after);
  if (!(await isLaidOut(before))) return "none";
  return isNow ? "kept" : "lost";
}

async function problemsOf({ file, text, patched, files, operation, description, markup, element, position }) {
  const problems = [];
  const { diagnostics } = await compile(file, patched.text);
  for (const { message, line } of diagnostics) problems.push(`does not compile: ${message} (line ${line})`);
  const [first, last] = changedLines(text, patched.text);
  const [from, to] = allowedLines(operation.kind, element, text);
  const isInserted = last < first;
  if (!isInserted && (first < from || last > to)) problems.push(`touches lines ${first}-${last} instead of ${from}-${to}`);
  const opposite = oppositeOf(operation, description, markup);
  if (opposite) {
    const back = await patch(file, patched.text, patched, opposite, files);
    if (back.text !== text) problems.push(`is not taken back by ${JSON.stringify(opposite)}`);
  }
  const others = otherWords(operation, description);
  if (others && !isRefused(() => patchElement(file, text, position, others, files)))
    problems.push(`takes other words too: ${JSON.stringify(others)}`);
  return problems.map((problem) => `${file}:${description.line} ${JSON.stringify(operation)} ${problem}`);
}

function isRefused(change) {
  try {
    change();
    return false;
  } catch (error) {
    if (error.kind !== "invalid_input") throw error;
    return true;
  }
}

async function editApp({ name, files }, edits, seed, isLaidOut) {
  const random = numbers(seed);
  const now = new Map(Object.entries(files));
  if (isLaidOut) for (const [path, text] of now) now.set(path, (await format({ path, text })).text);
  const done = [];
  let left = edits;
  while (left > 0 && done.length < TRIES * edits) {
    const edit = await editOne(now, random);
    if (!edit.refused) left -= 1;
    done.push(edit);
  }
  return { name, files: Object.fromEntries(now), edits: done };
}

const { apps, edits, isLaidOut = false } = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const results = [];
for (const [index, app] of apps.entries()) results.push(await editApp(app, edits, index + 1, isLaidOut));
console.log(JSON.stringify(results));
