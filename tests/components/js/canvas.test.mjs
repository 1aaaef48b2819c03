/** The visual editor's page: names of blocks, saving by itself, and what others do meanwhile. */
import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { request } from "../../../overskill/components/editor/canvas/request.js";
import {
  cleaned,
  fieldOf,
  fieldsOf,
  fresh,
  isFresh,
  kindsOf,
  paletteOf,
  wordsOf,
} from "../../../overskill/components/editor/canvas/kinds.js";
import {
  changeNode,
  duplicateNode,
  findNode,
  moveNode,
  removeNode,
} from "../../../overskill/components/editor/canvas/list_edits.js";
import { pairs } from "../../../overskill/components/editor/canvas/matching.js";
import { PageNames } from "../../../overskill/components/editor/canvas/page_names.js";
import { PAUSE_MS, PageSession } from "../../../overskill/components/editor/canvas/session.js";
import { draw, isWorthDrawing, withOneSlot } from "../../../overskill/components/editor/canvas/sketches.js";

const node = (id, type, props = {}) => ({ type, props: { id, origin: id, ...props } });
const page = (...content) => ({ root: { props: {} }, content, zones: {} });
const texts = (nodes) => nodes.map(({ props }) => props.text);
const ids = (nodes) => nodes.map(({ props }) => props.id);

test("blocks are found again after others were added, changed and moved around them", () => {
  const before = [node("a", "h1", { text: "One" }), node("b", "p", { text: "Two" }), node("c", "p", { text: "Three" })];
  const after = [node("1", "hr"), node("2", "h1", { text: "One!" }), node("3", "p", { text: "Three" })];
  assert.deepEqual(
    pairs(before, after).map(([one, other]) => one.props.id + other.props.id),
    ["a2", "c3"],
  );
});

test("what is inside of a block is found again with it", () => {
  const before = [node("a", "div", { children: [node("b", "p", { text: "Two" })] })];
  const after = [node("1", "hr"), node("2", "div", { children: [node("3", "p", { text: "Two, changed" })] })];
  assert.deepEqual(
    pairs(before, after).map(([one, other]) => one.props.id + other.props.id),
    ["a2", "b3"],
  );
});

test("a block keeps its name on the canvas while the server names it anew with each text", () => {
  const names = new PageNames();
  const shown = names.begin(page(node("n1", "h1", { text: "One" }), node("n2", "p", { text: "Two" })));
  const [first, second] = shown.content;
  const moved = page(second, first);
  assert.deepEqual(ids(names.send(moved).content), ["n2", "n1"]);
  assert.ok(names.sent(moved, page(node("n1", "p", { text: "Two" }), node("n2", "h1", { text: "One" }))));
  assert.deepEqual(ids(names.send(moved).content), ["n1", "n2"]);
});

test("a block that the server never had has a name of its own, and a copy says of what", () => {
  const names = new PageNames();
  const [first] = names.begin(page(node("n1", "h1", { text: "One" }))).content;
  const copy = { ...first, props: { ...first.props, id: "h1-copy" } };
  const fresh = { type: "p", props: { id: "p-fresh", text: "" } };
  const sent = names.send(page(first, copy, fresh)).content;
  assert.deepEqual(ids(sent), ["n1", "new-h1-copy", "new-p-fresh"]);
  assert.deepEqual(
    sent.map(({ props }) => props.origin),
    ["n1", "n1", undefined],
  );
});

test("a block that was deleted and comes back by undo does not take another's name", () => {
  const names = new PageNames();
  const shown = names.begin(page(node("n1", "h1"), node("n2", "p")));
  names.sent(page(shown.content[1]), page(node("n1", "p")));
  assert.deepEqual(ids(names.send(shown).content), [`new-${shown.content[0].props.id}`, "n1"]);
});

test("blocks that others added get names that nothing on the canvas has", () => {
  const names = new PageNames();
  const shown = names.begin(page(node("n1", "h1", { text: "One" })));
  const again = names.show(page(node("n1", "p", { text: "New" }), node("n2", "h1", { text: "One" })), shown);
  assert.equal(again.content[1].props.id, shown.content[0].props.id);
  assert.notEqual(again.content[0].props.id, shown.content[0].props.id);
  assert.deepEqual(ids(names.send(again).content), ["n1", "n2"]);
});

/** A server with one page of texts, each a block; it merges nothing. */
function server(...lines) {
  const documentOf = () => page(...held.lines.map((text, at) => node(`n${at + 1}`, "p", { text })));
  const held = {
    lines,
    saves: [],
    failure: null,
    merged: null,
    checksum: () => held.lines.join("|"),
    read: async () => ({
      checksum: held.checksum(),
      page: { document: documentOf(), kinds: [], imports: {} },
      blocks: [],
    }),
    save: async (_path, body) => {
      held.saves.push(body);
      if (held.failure) throw held.failure;
      held.lines = held.merged ?? texts(body.document.content);
      return { checksum: held.checksum(), document: documentOf(), is_merged: held.merged !== null };
    },
  };
  return held;
}

async function opened(api) {
  const drawn = [];
  const session = new PageSession("src/App.tsx", api, (document) => drawn.push(texts(document.content)));
  await session.open();
  return { session, drawn };
}

const retold = ({ content }, at, text) =>
  page(...content.map((each, place) => (place === at ? { ...each, props: { ...each.props, text } } : each)));

test("an edit is saved by itself a moment later, and only the last of several", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const api = server("One", "Two");
  const { session, drawn } = await opened(api);
  session.edit(retold(session.shown, 0, "One!"));
  session.edit(retold(session.shown, 0, "One!!"));
  mock.timers.tick(PAUSE_MS - 1);
  assert.equal(api.saves.length, 0);
  mock.timers.tick(1);
  mock.timers.reset();
  await new Promise(setImmediate);
  assert.deepEqual(api.lines, ["One!!", "Two"]);
  assert.equal(session.read().saving, "saved");
  assert.deepEqual(drawn, []); // what is shown is what was saved
});

test("what others changed in the same text is shown once it is merged", async () => {
  const api = server("One", "Two");
  const { session, drawn } = await opened(api);
  api.merged = ["One!", "Two", "Three"];
  session.edit(retold(session.shown, 0, "One!"));
  await session.flush();
  assert.deepEqual(drawn, [["One!", "Two", "Three"]]);
});

test("a change of others is shown, and what was there keeps its name", async () => {
  const api = server("One", "Two");
  const { session, drawn } = await opened(api);
  const [, second] = ids(session.shown.content);
  api.lines = ["Zero", "One", "Two"];
  await session.hear({ files: [{ path: "src/App.tsx", checksum: "other" }] });
  assert.deepEqual(drawn, [["Zero", "One", "Two"]]);
  assert.equal(session.shown.content[2].props.id, second);
});

test("a component that is added elsewhere is found, and nothing is drawn anew", async () => {
  const api = server("One");
  const { session, drawn } = await opened(api);
  const { read } = api;
  api.read = async () => ({ ...(await read()), blocks: [{ type: "PriceTable" }] });
  await session.hear({ files: [{ path: "src/components/PriceTable.tsx", checksum: "new" }] });
  assert.deepEqual(session.read().page.blocks, [{ type: "PriceTable" }]);
  assert.deepEqual(drawn, []);
});

test("one's own save, heard of again, draws nothing", async () => {
  const api = server("One");
  const { session, drawn } = await opened(api);
  await session.hear({ files: [{ path: "src/App.tsx", checksum: api.checksum() }] });
  assert.deepEqual(drawn, []);
});

test("a change in the same place is not saved: the page is shown as it is, and that is said", async () => {
  const api = server("One");
  const { session, drawn } = await opened(api);
  api.failure = Object.assign(new Error("Taken."), { status: 409, isFinal: true });
  api.lines = ["Theirs"];
  session.edit(retold(session.shown, 0, "Mine"));
  await session.flush();
  assert.deepEqual(drawn, [["Theirs"]]);
  assert.match(session.read().notice, /Somebody else changed the same place/);
});

test("what can't be written is taken back with the reason", async () => {
  const api = server("One");
  const { session, drawn } = await opened(api);
  api.failure = Object.assign(new Error("It would not compile."), { status: 422, isFinal: true });
  session.edit(retold(session.shown, 0, "Broken"));
  await session.flush();
  assert.deepEqual(drawn, [["One"]]);
  assert.equal(session.read().notice, "It would not compile.");
});

test("where a block needs what was taken out of it, deleting that block is offered", async () => {
  const api = server("One");
  const { session, drawn } = await opened(api);
  const card = (...children) => page(node("n1", "Card", { text: "", children }), node("n2", "p", { text: "Beside" }));
  const answer = { checksum: "card", page: { kinds: [kind("Card", { needsContent: true })], imports: {} }, blocks: [] };
  api.read = async () => ({ ...answer, page: { ...answer.page, document: card(node("n3", "p", { text: "In" })) } });
  await session.hear({});
  api.failure = Object.assign(new Error("Card needs something in it."), { status: 422, isFinal: true });
  const [shown] = session.shown.content;
  session.edit(page({ ...shown, props: { ...shown.props, children: [] } }, session.shown.content[1]));
  await session.flush();
  const { notice, offer } = session.read();
  assert.deepEqual([notice, offer.label], ["Card needs something in it.", "Card"]);
  api.failure = null;
  session.remove(offer.id);
  await session.flush();
  assert.deepEqual([drawn.at(-1), api.lines, session.read().offer], [["Beside"], ["Beside"], null]);
});

test("without a connection an edit stays and is saved later", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const api = server("One");
  const { session, drawn } = await opened(api);
  api.failure = new Error("No connection.");
  session.edit(retold(session.shown, 0, "Kept"));
  await session.flush();
  assert.equal(session.read().saving, "failed");
  api.failure = null;
  mock.timers.tick(60_000);
  mock.timers.reset();
  await new Promise(setImmediate);
  assert.deepEqual([api.lines, drawn, session.read().saving], [["Kept"], [], "saved"]);
});

test("a page that can't be read says why", async () => {
  const api = server("One");
  api.read = async () => Promise.reject(new Error("It can only be edited as code."));
  const { session } = await opened(api);
  assert.deepEqual([session.read().status, session.read().problem], ["failed", "It can only be edited as code."]);
});

const kind = (type, more = {}) => ({
  type,
  label: type,
  group: "app",
  hint: "",
  fields: [],
  takesChildren: false,
  sample: {},
  needs: "",
  file: "",
  ...more,
});

test("fields of a block follow the types of its component", () => {
  const locked = { type: "custom" };
  const fields = fieldsOf(
    kind("Card", {
      takesChildren: true,
      fields: [
        { name: "title", label: "Title", type: "text", optional: false },
        { name: "tone", label: "Tone", type: "select", options: ["calm", "loud"], optional: true },
        { name: "onOpen", label: "On open", type: "locked", optional: false },
      ],
    }),
    { locked },
  );
  assert.deepEqual(Object.keys(fields), ["text", "@title", "@tone", "children", "locked"]);
  assert.deepEqual(
    fields["@tone"].options.map(({ value }) => value),
    [undefined, "calm", "loud"],
  );
  assert.deepEqual(
    Object.keys(
      fieldOf({ label: "Plans", type: "array", fields: [{ name: "name", label: "Name", type: "text" }] }).arrayFields,
    ),
    ["name"],
  );
});

test("a field that is emptied is not given any more, unless it was empty before", () => {
  const card = kind("Card", {
    fields: [
      { name: "hint", type: "text", optional: true },
      { name: "alt", type: "text", optional: true },
    ],
  });
  assert.deepEqual(cleaned({ "@hint": "", "@alt": "" }, card, { "@alt": "" }), { "@alt": "" });
});

test("the palette is searched by name, purpose and file; what can't be added comes last", () => {
  const blocks = [
    kind("RecipeCard", { needs: "It needs recipe." }),
    kind("PriceTable", { hint: "Plans side by side" }),
    kind("h1", { group: "text" }),
  ];
  assert.deepEqual(
    paletteOf(blocks)[0].kinds.map(({ type }) => type),
    ["PriceTable", "RecipeCard"],
  );
  assert.deepEqual(
    paletteOf(blocks, "plans SIDE").flatMap(({ kinds }) => kinds.map(({ type }) => type)),
    ["PriceTable"],
  );
  assert.deepEqual(paletteOf(blocks, "nothing"), []);
});

test("what stands on a page knows more than what can be added", () => {
  const known = kindsOf({
    page: { kinds: [kind("Card", { sample: null, label: "On the page" })] },
    blocks: [kind("Card", { sample: { text: "Card" } })],
  });
  assert.deepEqual([known.get("Card").label, known.get("Card").sample], ["On the page", { text: "Card" }]);
});

test("a list says what each block is", () => {
  const kinds = new Map([["Card", kind("Card")]]);
  assert.equal(wordsOf(node("a", "Card", { "@title": "Prices" }), kinds), "Card: Prices");
  assert.equal(
    wordsOf(node("a", "#locked", { code: "{items.map((item) =>\n  <b/>)}" }), kinds),
    "items.map((item) => <b/>)",
  );
  assert.equal(wordsOf(node("a", "#text", { text: " " }), kinds), "Space");
});

test("blocks are moved, changed, copied and deleted in a list", () => {
  const document = page(
    node("a", "div", { children: [node("b", "p", { text: "One" }), node("c", "p", { text: "Two" })] }),
  );
  const inner = (changed) => changed.content[0].props.children;
  assert.deepEqual(ids(inner(moveNode(document, "c", -1))), ["c", "b"]);
  assert.deepEqual(ids(inner(moveNode(document, "b", -1))), ["b", "c"]);
  assert.deepEqual(texts(inner(changeNode(document, "c", { text: "Three" }))), ["One", "Three"]);
  assert.deepEqual(ids(inner(duplicateNode(document, "b", () => "1"))), ["b", "copy-1", "c"]);
  assert.deepEqual(ids(inner(removeNode(document, "b"))), ["c"]);
  assert.equal(findNode(document, "c").props.text, "Two");
  assert.equal(findNode(document, "z"), null);
});

test("a new component is asked for so that it can be used as a block", () => {
  assert.match(
    request("Price table.", "Shows three plans."),
    /called "Price table".*Shows three plans\..*typed props/s,
  );
});

test("a component is drawn with the values of its block, in its variant", () => {
  const sketch = [
    {
      tag: "span",
      cls: {
        all: [
          "rounded",
          { pick: { prop: "tone", or: "calm" }, from: { calm: "bg-muted", loud: "bg-primary" } },
          { prop: "className" },
        ],
      },
      kids: [
        { prop: "children" },
        { test: { prop: "hint" }, then: [{ tag: "small", kids: [{ prop: "hint" }] }], other: null },
      ],
    },
  ];
  const kind = { takesChildren: true };
  const [badge] = draw(sketch, { "@tone": "loud", "@className": "mt-2", text: "New" }, kind);
  assert.deepEqual([badge.classes, badge.kids], ["rounded bg-primary mt-2", ["New"]]);
  const [plain] = draw(sketch, { text: "", "@hint": "Soon" }, kind);
  assert.deepEqual([plain.classes, plain.kids[0], plain.kids[1].kids], ["rounded bg-muted", { slot: true }, ["Soon"]]);
});

test("what code gives is drawn as a blank, and a slot only once", () => {
  const sketch = [{ tag: "div", kids: [{ prop: "title" }, { prop: "children" }, { prop: "children" }] }];
  const drawn = withOneSlot(
    draw(sketch, { locked: [{ name: "title", code: "title={recipe.title}" }] }, { takesChildren: true }),
  );
  assert.deepEqual(drawn[0].kids, [{ blank: "words" }, { slot: true }]);
  assert.ok(isWorthDrawing(drawn));
  assert.ok(!isWorthDrawing([{ tag: "div", kids: [{ blank: "words" }] }]));
  assert.ok(isWorthDrawing([{ tag: "div", kids: [{ tag: "img", kids: [] }] }]));
});

test("of a list to choose from, the first choice is drawn", () => {
  const choices = ["Any", "Mine"].map((words) => ({ tag: "option", kids: [words] }));
  const [drawn] = draw([{ tag: "select", kids: choices }], {}, {});
  assert.deepEqual(drawn.kids.map(({ kids }) => kids), [["Any"]]);
});

test("a fresh block begins with its example, each part with a name of its own", () => {
  const kind = { sample: { "@title": "Plans", children: [{ type: "p", props: { text: "One", children: [] } }] } };
  assert.deepEqual(fresh(kind, () => "1").children, [{ type: "p", props: { text: "One", children: [], id: "p-1" } }]);
  assert.ok(isFresh({ props: { id: "a", children: [] } }));
  assert.ok(!isFresh({ props: { id: "a", origin: "b" } }));
});
