/** Single rules of the canvas; whole apps are in test_canvas.py. */
import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";

import { listBlocks, listPages, readPage, writePage } from "../../../overskill/bundler/core/canvas/canvas.mjs";
import { Sources } from "../../../overskill/bundler/core/canvas/sources.mjs";

const PAGE = "src/App.tsx";
const page = (shown, head = "") => `${head}export default function App() {\n  return (\n    ${shown}\n  );\n}\n`;
const sourcesOf = (files) => new Sources(new Map(Object.entries(files)));

function open(shown, { head, files = {} } = {}) {
  const sources = sourcesOf({ [PAGE]: page(shown, head), ...files });
  const { document, imports } = readPage(sources, PAGE);
  const write = () => writePage(sources, PAGE, document, imports);
  return { document, write, becomes: (expected, above = head) => assert.equal(write(), page(expected, above)) };
}

const block = (type, props) => ({ type, props: { id: `new-${type}`, ...props } });

test("a text is changed where it stands, and nothing else", () => {
  const { document, becomes } = open('<main>\n      <h1 className="a"  id="b">Old</h1> {/* kept */}\n    </main>');
  document.content[0].props.text = "New";
  becomes('<main>\n      <h1 className="a"  id="b">New</h1> {/* kept */}\n    </main>');
});

test("characters that mean something in JSX are written as a string", () => {
  const { document, becomes } = open("<main>\n      <p>Old</p>\n    </main>");
  document.content[0].props.text = "a < b && {c}";
  becomes('<main>\n      <p>{"a < b && {c}"}</p>\n    </main>');
});

test("spaces beside an element stay when a line break would swallow them", () => {
  const { document, becomes } = open("<main>\n      <b>One</b> and <i>two</i>\n    </main>");
  document.content.push(document.content.shift());
  becomes('<main>\n      {" and "}<i>two</i>\n      <b>One</b>\n    </main>');
});

test("a block that moves deeper is indented as what is around it", () => {
  const { document, becomes } = open(
    "<main>\n      <section>\n        <h2>In</h2>\n      </section>\n      <ul>\n        <li>One</li>\n      </ul>\n    </main>",
  );
  const [section, list] = document.content;
  document.content.pop();
  section.props.children.push(list);
  becomes(
    "<main>\n      <section>\n        <h2>In</h2>\n        <ul>\n          <li>One</li>\n        </ul>\n      </section>\n    </main>",
  );
});

test("an attribute is added behind the others, and goes without a trace", () => {
  const { document, becomes } = open(
    '<main>\n      <p className="a" title="b" onClick={() => {}}>Text</p>\n    </main>',
  );
  const { props } = document.content[0];
  delete props["@title"];
  props["@lang"] = 'a "quoted" word';
  becomes('<main>\n      <p className="a" onClick={() => {}} lang={"a \\"quoted\\" word"}>Text</p>\n    </main>');
});

test("an import comes with the first use and goes with the last", () => {
  const head = 'import { Old } from "./Old";\n\n';
  const component = (name) =>
    `export function ${name}({ label = "" }: { label?: string }) {\n  return <b>{label}</b>;\n}\n`;
  const files = { "src/Old.tsx": component("Old"), "src/Fresh.tsx": component("Fresh") };
  const { document, becomes } = open("<main>\n      <Old />\n    </main>", { head, files });
  document.content[0] = block("Fresh", { "@label": "Hi" });
  becomes('<main>\n      <Fresh label="Hi" />\n    </main>', 'import { Fresh } from "@/Fresh";\n\n');
});

const CARD = "export function Card({ children }: { children: React.ReactNode }) {\n  return <b>{children}</b>;\n}\n\n";

test("the last of what a component needs can't be taken out of it, and it says so", () => {
  const { document, write } = open("<main>\n      <Card>\n        <p>In</p>\n      </Card>\n    </main>", {
    head: CARD,
  });
  document.content[0].props.children.pop();
  assert.throws(write, { message: "Card needs something in it. Put something else in first, or delete Card itself." });
});

test("a component that needs something in it can go with all that is in it", () => {
  const { document, becomes } = open("<main>\n      <Card>In</Card>\n      <p>Beside</p>\n    </main>", { head: CARD });
  document.content.shift();
  becomes("<main>\n      <p>Beside</p>\n    </main>");
});

test("what already stood empty can be edited", () => {
  const { document, becomes } = open("<main>\n      <Card />\n      <p>Old</p>\n    </main>", { head: CARD });
  document.content[1].props.text = "New";
  becomes("<main>\n      <Card />\n      <p>New</p>\n    </main>");
});

test("a copy has no key of its own, the block itself keeps it", () => {
  const { document, becomes } = open('<main>\n      <p key="a">Text</p>\n    </main>');
  const [first] = document.content;
  document.content.push({ ...first, props: { ...first.props, id: "new-1" } });
  becomes('<main>\n      <p key="a">Text</p>\n      <p>Text</p>\n    </main>');
});

test("a function that a component calls can't be moved, other code can", () => {
  const { document } = open("<main>\n      <Given>{(one) => one}</Given>\n      {[1].map(String)}\n    </main>", {
    head: "const Given = ({ children }: any) => children(1);\n",
  });
  const [given, list] = document.content;
  assert.equal(given.props.children[0].props.reason, "Given calls it, so it has to stay there.");
  assert.equal(list.props.reason, "");
});

test("pages are listed with their routes, also nested and with placeholders", () => {
  const part = (name) => `export function ${name}() {\n  return <p>${name}</p>;\n}\n`;
  const sources = sourcesOf({
    [PAGE]: page(
      '<Routes>\n      <Route path="/recipes">\n        <Route index element={<List />} />\n        <Route path=":id" element={<One />} />\n      </Route>\n    </Routes>',
      'import { Route, Routes } from "react-router-dom";\nimport { List } from "./pages/List";\nimport { One } from "./pages/One";\n\n',
    ),
    "src/pages/List.tsx": part("List"),
    "src/pages/One.tsx": part("One"),
    "src/components/Part.tsx": part("Part"),
  });
  assert.deepEqual(
    listPages(sources).map(({ path, route, kind }) => [path, route, kind]),
    [
      ["src/pages/List.tsx", "/recipes", "page"],
      ["src/pages/One.tsx", "/recipes/:id", "page"],
      ["src/App.tsx", null, "page"],
      ["src/components/Part.tsx", null, "component"],
    ],
  );
});

function kind(code, others = {}) {
  const sources = sourcesOf({ [PAGE]: page("<main />"), "src/Part.tsx": code, ...others });
  return listBlocks(sources, PAGE).find(({ type }) => type === "Part");
}

test("fields follow interfaces, other files, and what an element takes", () => {
  const { fields, takesChildren } = kind(
    'import type { ComponentProps } from "react";\nimport type { Tone } from "./tone";\n' +
      'interface PartProps extends Omit<ComponentProps<"a">, "target"> {\n  /** How loud. */\n  tone?: Tone;\n  plans: { name: string; price?: number }[];\n  tags: readonly string[];\n}\n' +
      "export function Part({ tone, ...props }: PartProps) {\n  return <a {...props} />;\n}\n",
    { "src/tone.ts": 'export type Tone = "calm" | "loud" | undefined;\n' },
  );
  assert.deepEqual(
    fields.map(({ name, label, type, optional }) => [name, label, type, optional]),
    [
      ["href", "Address", "text", true],
      ["className", "Classes", "textarea", true],
      ["id", "Name for links to it", "text", true],
      ["tone", "How loud", "select", true],
      ["plans", "Plans", "array", false],
      ["tags", "Tags", "list", false],
    ],
  );
  assert.ok(takesChildren);
});

test("choices are read from constants, other types and older ways to write a component", () => {
  const { fields } = kind(
    `const TONES = { calm: "a", loud: "b" };
const SIZES = ["small", "large"] as const;
const PLANS = [{ id: "free" }, { id: "team" }] as const satisfies { id: string }[];
const LEVELS: Record<"low" | "high", number> = { low: 1, high: 2 };
const WORDS = ["any", "word"];
interface Other { kind?: "one" | "two"; }
interface PartProps {
  tone: keyof typeof TONES;
  size: (typeof SIZES)[number];
  plan: (typeof PLANS)[number]["id"];
  level: keyof typeof LEVELS;
  word: (typeof WORDS)[number];
  kind: Other["kind"];
  some: Exclude<"a" | "b" | "c", "b">;
}
export const Part: React.FC<PartProps> = memo((props) => {
  return <p>{props.word}</p>;
});
`,
  );
  assert.deepEqual(
    fields.map(({ name, type, options, optional }) => [name, options ?? type, optional]),
    [
      ["tone", ["calm", "loud"], false],
      ["size", ["small", "large"], false],
      ["plan", ["free", "team"], false],
      ["level", ["low", "high"], false],
      ["word", "text", false],
      ["kind", ["one", "two"], true],
      ["some", ["a", "c"], false],
    ],
  );
});

test("what stands on a page and no type tells about is chosen or typed only where that is safe", () => {
  const head = 'import { Line } from "recharts";\n';
  const shown = '<main>\n      <img loading="lazy" lang="de" />\n      <Line type="monotone" name="Sales" />\n    </main>';
  const { kinds } = readPage(sourcesOf({ [PAGE]: page(shown, head) }), PAGE);
  const given = (type) => kinds.find((each) => each.type === type).fields.map((field) => [field.name, field.options ?? field.type]);
  assert.deepEqual(given("img").slice(-2), [["loading", ["eager", "lazy"]], ["lang", "text"]]);
  assert.deepEqual(given("Line"), [["type", "locked"], ["name", "text"]]);
});

test("the starter's picture is one that can be added, described and drawn", () => {
  const file = "src/components/ui/picture.tsx";
  const code = fs.readFileSync(new URL(`../../../overskill/starter/app/${file}`, import.meta.url), "utf8");
  const blocks = listBlocks(sourcesOf({ [PAGE]: page("<main />"), [file]: code }), PAGE);
  const { fields, sample, sketch, takesChildren } = blocks.find(({ type }) => type === "Picture");
  const labels = Object.fromEntries(fields.map(({ name, label }) => [name, label]));
  assert.deepEqual([labels.src, labels.alt], ["Address", "Description for who can't see it"]);
  assert.deepEqual(sample, { "@src": "", "@alt": "" });
  assert.deepEqual([sketch[0].tag, sketch[0].alt, takesChildren], ["img", { prop: "alt" }, false]);
});

test("what needs a record of the app can't be added, and says so", () => {
  const { sample, needs } = kind(
    "export function Part({ task }: { task: { id: string; title: string } }) {\n  return <b>{task.title}</b>;\n}\n",
  );
  assert.equal(sample, null);
  assert.equal(needs, "It needs task, which only code can give it.");
});

test("a component that shows this page can't be put on it", () => {
  const sources = sourcesOf({
    [PAGE]: page("<main />"),
    "src/Around.tsx": 'import App from "./App";\n\nexport function Around() {\n  return <App />;\n}\n',
  });
  assert.ok(!listBlocks(sources, PAGE).some(({ type }) => type === "Around"));
});

test("a drawing has variants, written lists, and blanks for what only the app knows", () => {
  const { sketch } = kind(
    'import { cva } from "class-variance-authority";\n' +
      'const styles = cva("rounded", { variants: { tone: { calm: "bg-a", loud: "bg-b" } }, defaultVariants: { tone: "calm" } });\n' +
      'const FACTS = [{ label: "One" }, { label: "Two" }];\n' +
      'export function Part({ tone }: { tone?: "calm" | "loud" }) {\n  const user = useUser();\n' +
      "  return (\n    <section className={styles({ tone })}>\n      {FACTS.map(({ label }) => <b key={label}>{label}</b>)}\n      <i>{user.name}</i>\n    </section>\n  );\n}\n",
  );
  const bold = (text) => ({ tag: "b", kids: [text] });
  assert.deepEqual(sketch, [
    {
      tag: "section",
      cls: { all: ["rounded", { pick: { prop: "tone", or: "calm" }, from: { calm: "bg-a", loud: "bg-b" } }] },
      kids: [bold("One"), bold("Two"), { tag: "i", kids: [{ blank: "words" }] }],
    },
  ]);
});
