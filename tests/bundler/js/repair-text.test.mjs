import assert from "node:assert/strict";
import test from "node:test";

import { assertLeft, assertRepaired, repair } from "./repair-support.mjs";

const A = 'export const A = () => (\n  <div className="p">\n    <p>It’s “fine”</p>\n  </div>\n);\n';

for (const [what, before] of [
  ["fences", `\`\`\`tsx\n${A}\`\`\`\n`],
  ["prose and fences", `Here it is:\n\n\`\`\`tsx\n${A}\`\`\`\n\nDone.\n`],
  ["a closing tag of a protocol", `${A}</file>\n`],
  ["both tags of a protocol", `<file path="src/a.tsx">\n${A}</file>\n`],
  ["a byte order mark", `\uFEFF${A}`],
  ["typographic quotes in code", A.replace('"p"', "“p”")],
  ["a tag that is not closed", A.replace("</p>", "")],
  ["a block that is not closed", A.replace("  </div>\n", "")],
  ["a closing tag without its end", A.replace("</p>", "</p")],
  ["a misspelt closing tag", A.replace("</div>", "</dvi>")],
  ["a tag that is closed twice", A.replace("</p>", "</p></p>")],
  ["an opening tag without its end", A.replace('"p">', '"p"')],
  ["a missing end", A.replace("  </div>\n);\n", "")],
  ["an end in the middle of a line", A.replace("iv>\n);\n", "")],
]) {
  test(`${what}: repaired`, async () => {
    const { changes } = await repair({ "src/a.tsx": before });
    assert.equal(changes["src/a.tsx"].replace(/\s/g, "").replace(/;/g, ""), A.replace(/\s/g, "").replace(/;/g, ""));
  });
}

test("an arrow in a text is written as one", () =>
  assertRepaired("export const A = () => <p>a -> b => c</p>;\n", "export const A = () => <p>a -&gt; b =&gt; c</p>;\n", {
    kind: "tag",
  }));

test("a file that stops in the middle of a component is left to a model", () =>
  assertLeft("export function A() {\n  const a = 1;\n  useEffect(() => {\n    a();\n"));

test("an error in the middle of a file is not taken for its end", () =>
  assertLeft("export const a = (;\nexport const b = 1;\n"));

test("text that is no code keeps its quotes and fences", () =>
  assertLeft("# Notes\n\n```tsx\nconst a = “b”\n```\n", { file: "README.md" }));

test("JSON loses its fences", async () => {
  const { changes } = await repair({ "src/a.json": '```json\n{"a": 1}\n```\n' });
  assert.deepEqual(changes, { "src/a.json": '{"a": 1}\n' });
});

const list = (attributes, parameter = "item") =>
  `export const A = ({ items }) => <ul>{items.map((${parameter}) => <li${attributes}>{item.id}</li>)}</ul>;\n`;

test("elements of a list get the key that is read of them", () =>
  assertRepaired(list(""), list(" key={item.id}"), { kind: "key" }));

test("without anything to tell them apart, the position is the key", () =>
  assertRepaired(
    "export const A = ({ items }) => <ul>{items.map(item => <li>{item}</li>)}</ul>;\n",
    "export const A = ({ items }) => <ul>{items.map((item, index) => <li key={index}>{item}</li>)}</ul>;\n",
  ));

test("a fragment gets its key as one with a name", () =>
  assertRepaired(
    "export const A = ({ items }) => <>{items.map((item) => <>{item.id}</>)}</>;\n",
    'import { Fragment } from "react";\n\nexport const A = ({ items }) => <>{items.map((item) => <Fragment key={item.id}>{item.id}</Fragment>)}</>;\n',
  ));

test("a key that may be spread is not added again", () => assertLeft(list(" {...item}")));

test("lists that are not shown at once need no keys", () =>
  assertLeft("export const A = ({ items, List }) => <List rows={items.map((item) => <li>{item}</li>)} />;\n"));

test("the same import, twice, is there once", () =>
  assertRepaired(
    'import { useState } from "react";\nimport { useState, useEffect } from "react";\nexport const a = [useState, useEffect];\n',
    'import { useState } from "react";\nimport { useEffect } from "react";\nexport const a = [useState, useEffect];\n',
    { kind: "duplicate" },
  ));

test("an import of a name that is declared here is taken out", () =>
  assertRepaired('import { Card } from "./b";\n\nexport const Card = 1;\n', "\nexport const Card = 1;\n", {
    others: { "src/b.ts": "export const Card = 2;\n" },
  }));

test("a function that stands there twice, letter for letter, is there once", () => {
  const twice = "function a() {\n  return 1;\n}\n";
  return assertRepaired(`${twice}\n${twice}\nexport { a };\n`, `${twice}\nexport { a };\n`);
});

test("two different functions of a name are left to a model", () =>
  assertLeft("export const a = 1;\nexport const b = a;\nconst a = 2;\n"));

test("an icon and a component of one name are told apart by their use", () =>
  assertRepaired(
    'import { Link } from "lucide-react";\nimport { Link } from "react-router-dom";\nexport const A = () => <Link to="/"><Link className="p" /></Link>;\n',
    'import { Link as LinkIcon } from "lucide-react";\nimport { Link } from "react-router-dom";\nexport const A = () => <Link to="/"><LinkIcon className="p" /></Link>;\n',
  ));

const css = (before, after) => assertRepaired(before, after, { file: "src/index.css", kind: "tailwind" });

test("Tailwind 3's directives become version 4's import", () =>
  css(
    "@tailwind base;\n@tailwind components;\n@tailwind utilities;\n\na {\n}\n",
    '@import "tailwindcss";\n\na {\n}\n',
  ));

test("imports behind rules are put before them", () =>
  css('a {\n}\n@import "tailwindcss";\n', '@import "tailwindcss";\na {\n}\n'));

test("a stylesheet that applies classes imports Tailwind", () =>
  css("a {\n  @apply p-4;\n}\n", '@import "tailwindcss";\n\na {\n  @apply p-4;\n}\n'));

test("a stylesheet in order is left, comments and all", () =>
  assertLeft('/* @tailwind base; */\n@import "tailwindcss";\n@theme {\n  --a: 1;\n}\n', { file: "src/index.css" }));

test("the app is not rendered a second time", () =>
  assertRepaired(
    'import { createRoot } from "react-dom/client";\n\nexport default function App() {\n  return null;\n}\n\ncreateRoot(document.getElementById("root")!).render(<App />);\n',
    "\nexport default function App() {\n  return null;\n}\n\n",
    { file: "src/App.tsx", kind: "side_effect" },
  ));

test("there is one router", () => {
  const others = { "src/main.tsx": "<BrowserRouter><App /></BrowserRouter>;\n" };
  return assertRepaired(
    'import { BrowserRouter as Router, Routes } from "react-router-dom";\nexport default () => <Router><Routes /></Router>;\n',
    'import { Routes } from "react-router-dom";\nexport default () => <><Routes /></>;\n',
    { others, file: "src/App.tsx", kind: "side_effect" },
  );
});

test("variables of a process are those of the build, unless somebody asks whether there is one", async () => {
  await assertRepaired("export const a = process.env.VITE_URL;\n", "export const a = import.meta.env.VITE_URL;\n");
  await assertLeft('export const a = typeof process === "undefined" ? "" : process.env.VITE_URL;\n');
});

test("an element that is not there yet is left alone", () =>
  assertRepaired(
    'document.getElementById("menu")!.addEventListener("click", () => {});\nexport {};\n',
    'document.getElementById("menu")?.addEventListener("click", () => {});\nexport {};\n',
  ));

for (const [what, text] of [
  ["a chain of operators", `export const a = ${"1+".repeat(90_000)}1;`],
  ["a chain of functions", `export const a = ${"x=>".repeat(20_000)}1;`],
  ["open brackets", "(".repeat(100_000)],
  ["open tags", `export default () => ${"<div>".repeat(3_900)}`],
  ["thousands of unknown icons", `import {${Array.from({ length: 3000 }, (_, at) => `I${at}x`)}} from "lucide-react";`],
  ["half a megabyte", `export const a = [${'"b",'.repeat(120_000)}];`],
  ["fences without end", "```\n".repeat(50_000)],
]) {
  test(`${what}: left as it is, in bounded time`, async () => {
    const { changes } = await repair({ "src/a.tsx": text }, { milliseconds: 100 });
    assert.deepEqual(changes, {});
  });
}
