/** Random edits of pages, each checked: used by tests and by benchmarks/canvas.py. */
import assert from "node:assert/strict";

import { listBlocks, listPages, readPage, writePage } from "../../../overskill/bundler/core/canvas/canvas.mjs";
import { mainOf } from "../../../overskill/bundler/core/canvas/blocks.mjs";
import { checkDocument } from "../../../overskill/bundler/core/canvas/check.mjs";
import { holds, normal } from "../../../overskill/bundler/core/canvas/document.mjs";
import { Sources } from "../../../overskill/bundler/core/canvas/sources.mjs";
import { format } from "../../../overskill/bundler/language/format.mjs";
import { tidy } from "../../../overskill/bundler/language/tidy.mjs";
import { readTree } from "../../../overskill/bundler/core/canvas/tree.mjs";

export const KINDS = ["attribute", "text", "move", "nest", "add", "duplicate", "remove"];
const WORDS = [
  "Plain words",
  "A & B",
  "5 < 6 {x} > 4",
  " edges ",
  '“Quoted” "twice"',
  "one\ntwo",
  "ünïcode 🎉",
  "&amp; &lt;",
  "",
];
const VALUES = [
  "grid gap-4",
  'say "hi"',
  "a & b &copy;",
  "",
  3,
  -1.5,
  true,
  false,
  ["a", "b"],
  [{ label: "A", value: 1 }],
];

/** mulberry32: the same choices for the same seed */
export function choices(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { number: (limit) => Math.floor(next() * limit), of: (list) => list[Math.floor(next() * list.length)] };
}

export function pagesOf(files) {
  return listPages(new Sources(new Map(Object.entries(files)))).filter(({ problem }) => !problem);
}

/** Nothing was edited, so nothing is written. */
export function assertUnchanged(files, file) {
  const sources = new Sources(new Map(Object.entries(files)));
  const { document } = readPage(sources, file);
  checkDocument(document);
  assert.equal(writePage(sources, file, JSON.parse(JSON.stringify(document))), files[file]);
}

/**
 * @returns {Promise<{text?: string, milliseconds?: number, layout?: string, refused?: string} | null>}  null when the page
 *   has no place for it; `layout` as in edit-apps.mjs
 */
export async function editOnce(files, file, kind, chosen, { isTyped = false } = {}) {
  const sources = new Sources(new Map(Object.entries(files)));
  const page = readPage(sources, file);
  const { document, imports } = page;
  const touched = EDITS[kind](document, chosen, { sources, file, page, isTyped });
  if (!touched) return null;
  checkDocument(document);
  const began = performance.now();
  let written;
  try {
    written = writePage(sources, file, document, imports);
  } catch (error) {
    if (!/needs something in it/.test(error.message)) throw error;
    return { refused: error.message };
  }
  const milliseconds = performance.now() - began;
  const { text } = await tidy({ path: file, text: written, before: files[file] }); // as server/canvas.mjs does it
  const assertWritten = (each, as, shapeOf) => {
    const again = readPage(new Sources(new Map(Object.entries({ ...files, [file]: each }))), file);
    assert.deepEqual(shapeOf(again.document), shapeOf(document), `${kind} in ${file}:\n${each}`);
    assertOthersKept(sources.get(file), each, touched, as);
  };
  assertWritten(written, (code) => code, plain);
  assertWritten(text, bare, (one) => withWholeTexts(plain(one)));
  return { text, milliseconds, layout: await layoutOf(file, files[file], text) };
}

async function layoutOf(file, before, after) {
  const isLaidOut = async (text) => (await format({ path: file, text })).text === text;
  const isNow = await isLaidOut(after);
  if (!(await isLaidOut(before))) return "none";
  return isNow ? "kept" : "lost";
}

/** Code without what laying it out may change. */
const bare = (code) => code.replace(/[\s(),;{}"'`]/g, "");

/** Everything but the edited blocks and what is around them is in the text as it was. */
function assertOthersKept(source, text, { edited, around = [] }, as) {
  const whole = as(text);
  const { root, byId } = readTree(mainOf(source).root, source.text);
  const isTouched = (block) => edited.has(block.id) || around.includes(block.id) || block.items.some(isTouched);
  const isInside = (block) => [...edited].some((id) => contains(byId.get(id), block));
  for (const block of byId.values()) {
    if (isTouched(block) || isInside(block) || block.type === "#text") continue;
    const lines = source.text.slice(block.start, block.end).split("\n");
    for (const line of lines) assert.ok(whole.includes(as(line.trim())), `${line} is gone from\n${text}`);
  }
  assert.ok(whole.endsWith(as(source.text.slice(root.end))));
  const importless = (code) =>
    code
      .split("\n")
      .filter((line) => !/^import |^\} from |^ {2}\w+,$/.test(line))
      .join("\n")
      .trimStart();
  const before = importless(source.text.slice(0, root.start));
  assert.ok(as(importless(text)).startsWith(as(before)), `what is above changed:\n${text}`);
}

const contains = (outer, inner) => Boolean(outer) && outer.start <= inner.start && inner.end <= outer.end;

function plain(document) {
  const strip = (node) => {
    const { id: _id, origin: _origin, reason: _reason, locked, ...props } = node.props;
    const own = Object.fromEntries(
      Object.entries(props).filter(([name, value]) => name !== "children" && value !== undefined),
    );
    const codes = [...(locked ?? []).map(({ code }) => code), own.code ?? ""].map(unindented);
    delete own.code;
    const isHolder = props.text || (props.children ?? []).length > 0;
    if (!isHolder && node.type !== "#text") delete own.text;
    return { type: node.type, ...own, codes, children: (props.children ?? []).map(strip) };
  };
  const root = normal({ type: "root", props: { ...document.root.props, children: document.content } });
  const { text, children } = root.props;
  const content = text ? [{ type: "#text", props: { text } }] : children;
  return { root: strip({ ...root, props: { ...root.props, text: "", children: [] } }), content: content.map(strip) };
}

/** The formatter writes the space at the end of a text as one of its own. */
function withWholeTexts({ content, children = content, ...node }) {
  const whole = [];
  for (const child of children.map((one) => withWholeTexts(one))) {
    const before = whole.at(-1);
    if (child.type === "#text" && before?.type === "#text") before.text += child.text;
    else whole.push(child);
  }
  return { ...node, children: whole };
}

/** What moves to another depth is indented as the code around it. */
const unindented = (code) => code.replace(/\s+/g, "");

/** Every list of blocks, with the block it is in. */
function lists(document) {
  const found = [{ list: document.content, owner: null, depth: 0 }];
  for (const { list, depth } of found) {
    for (const node of list)
      if (node.props.children?.length > 0) found.push({ list: node.props.children, owner: node, depth: depth + 1 });
  }
  return found;
}

function places(document) {
  return lists(document).flatMap(({ list, owner }) => list.map((node, at) => ({ node, list, owner, at })));
}

const isFree = ({ node }) => !node.props.reason;
const idsIn = (node) => [node.props.id, ...(node.props.children ?? []).flatMap(idsIn)];

/** As somebody does it with the fields: a value of the type that the component asks for. */
function typedAttribute(node, chosen, { kinds }) {
  const taken = new Set((node.props.locked ?? []).map(({ name }) => name));
  const fields = kinds.find(({ type }) => type === node.type)?.fields ?? [];
  const field = chosen.of(fields.filter(({ name, type }) => TYPED[type] && !taken.has(name)));
  if (!field) return null;
  node.props[`@${field.name}`] = TYPED[field.type](chosen, field);
  return { edited: new Set([node.props.id]) };
}

const TYPED = {
  text: (chosen) => chosen.of(WORDS),
  textarea: () => "grid gap-4",
  number: (chosen) => chosen.number(9),
  boolean: (chosen) => chosen.number(2) === 1,
  select: (chosen, { options }) => chosen.of(options),
};

const EDITS = {
  attribute(document, chosen, { page, isTyped }) {
    const found = places(document).filter(({ node }) => !node.type.startsWith("#"));
    if (found.length === 0) return null;
    const { node } = chosen.of(found);
    if (isTyped) return typedAttribute(node, chosen, page);
    const names = Object.keys(node.props).filter((name) => name.startsWith("@"));
    const taken = new Set((node.props.locked ?? []).map(({ name }) => `@${name}`));
    const name = chosen.of([...names, "@className", "@title"].filter((one) => !taken.has(one)));
    if (!name) return null;
    node.props[name] = chosen.number(5) === 0 ? undefined : chosen.of(VALUES);
    return { edited: new Set([node.props.id]) };
  },
  text(document, chosen) {
    const found = places(document).filter(({ node }) => node.type === "#text" || node.props.text);
    if (found.length === 0) return null;
    const { node } = chosen.of(found);
    node.props.text = chosen.of(WORDS);
    return { edited: new Set([node.props.id]) };
  },
  move(document, chosen) {
    const { list, owner } = chosen.of(lists(document));
    if (list.length < 2) return null;
    const [node] = list.splice(chosen.number(list.length), 1);
    list.splice(chosen.number(list.length + 1), 0, node);
    return { edited: new Set([node.props.id]), around: [owner?.props.id] };
  },
  nest(document, chosen) {
    const found = places(document).filter(isFree);
    if (found.length === 0) return null;
    const { node, list, at } = chosen.of(found);
    const inner = new Set(idsIn(node));
    const targets = lists(document).filter(({ owner }) => !owner || !inner.has(owner.props.id));
    list.splice(at, 1);
    const target = chosen.of(targets);
    target.list.splice(chosen.number(target.list.length + 1), 0, node);
    return { edited: new Set([node.props.id]), around: [target.owner?.props.id] };
  },
  add(document, chosen, { sources, file, page }) {
    const fresh = listBlocks(sources, file).filter(({ sample }) => sample);
    const kind = chosen.of(fresh);
    const number = (node) => ({
      type: node.type,
      props: {
        ...node.props,
        id: `new-${chosen.number(1e9)}`,
        ...(node.props.children && { children: node.props.children.map(number) }),
      },
    });
    const node = number({ type: kind.type, props: structuredClone(kind.sample) });
    if (holds(kind.type, () => kind.takesChildren)) node.props.children ??= [];
    if (!page.root.takesBlocks) return null;
    const { list, owner } = chosen.of(lists(document));
    list.splice(chosen.number(list.length + 1), 0, node);
    return { edited: new Set([node.props.id]), around: [owner?.props.id] };
  },
  duplicate(document, chosen) {
    const found = places(document).filter(isFree);
    if (found.length === 0) return null;
    const { node, list, owner, at } = chosen.of(found);
    const copy = structuredClone(node);
    const rename = (one) => {
      one.props.id = `copy-${chosen.number(1e9)}`;
      for (const child of one.props.children ?? []) rename(child);
    };
    rename(copy);
    list.splice(at + 1, 0, copy);
    return { edited: new Set([copy.props.id]), around: [owner?.props.id] };
  },
  remove(document, chosen) {
    const found = places(document);
    if (found.length === 0) return null;
    const { node, list, owner, at } = chosen.of(found);
    list.splice(at, 1);
    return { edited: new Set([node.props.id]), around: [owner?.props.id] };
  },
};
