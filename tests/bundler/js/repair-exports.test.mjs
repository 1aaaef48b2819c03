import assert from "node:assert/strict";
import test from "node:test";

import { assertLeft, assertRepaired, repair, vendor } from "./repair-support.mjs";

const b = (text) => ({ others: { "src/b.tsx": text } });

test("a default export that is imported by name is imported as the default", () =>
  assertRepaired(
    'import { Card } from "./b";\nexport const A = Card;\n',
    'import Card from "./b";\nexport const A = Card;\n',
    b("export default function Card() {}\n"),
  ));

test("a named export that is imported as the default is imported by name", () =>
  assertRepaired(
    'import Card, { other } from "./b";\nexport const A = [Card, other];\n',
    'import { other, Card } from "./b";\nexport const A = [Card, other];\n',
    b("export function Card() {}\nexport const other = 1;\n"),
  ));

test("what others import is exported", async () => {
  const files = {
    "src/a.tsx": 'import { Card } from "./b";\nexport const A = Card;\n',
    "src/b.tsx": "function Card() {}\n",
  };
  const { changes, repairs } = await repair(files);
  assert.deepEqual(changes, { "src/b.tsx": "export function Card() {}\n" });
  assert.equal(repairs[0].kind, "export");
});

test("a lost default export is found again", async () => {
  const { changes } = await repair({ "src/App.tsx": "const App = () => null;\n" });
  assert.deepEqual(changes, { "src/App.tsx": "const App = () => null;\n\nexport default App;\n" });
});

test("a renamed export is imported under its name", () =>
  assertRepaired(
    'import { formatPrice } from "./b";\nexport const a = formatPrice;\n',
    'import { formatPrize as formatPrice } from "./b";\nexport const a = formatPrice;\n',
    b("export const formatPrize = 1;\nexport const other = 2;\n"),
  ));

test("a name that nothing is near to is left to a model", () =>
  assertLeft(
    'import { formatPrice } from "./b";\nexport const a = formatPrice;\n',
    b("export const x = 1;\nexport const y = 2;\n"),
  ));

test("a file that may not change gets what it wants from the other", async () => {
  const { changes } = await repair({ "src/App.tsx": "export const Application = () => null;\n" });
  assert.deepEqual(changes, {
    "src/App.tsx": "export const Application = () => null;\n\nexport { Application as default };\n",
  });
});

test("names of a package are looked up where they are", () =>
  assertRepaired(
    'import { confetti } from "canvas-confetti";\nimport { motion } from "react";\nexport const a = () => [confetti, motion];\n',
    'import { confetti } from "canvas-confetti";\nimport { motion } from "react";\nexport const a = () => [confetti, motion];\n'
      .replace("{ confetti }", "confetti")
      .replace('"react"', '"motion/react"'),
  ));

test("JSX in a .ts file renames it, and imports follow", async () => {
  const files = {
    "src/a.ts": 'import { B } from "./b.ts";\nexport const a = B;\n',
    "src/b.ts": "export const B = () => <p />;\n",
  };
  const { changes } = await repair(files);
  assert.deepEqual(changes, {
    "src/a.ts": 'import { B } from "./b.tsx";\nexport const a = B;\n',
    "src/b.ts": null,
    "src/b.tsx": "export const B = () => <p />;\n",
  });
});

test("a repair that fails leaves the file, and the others are repaired", async (context) => {
  context.mock.method(console, "error", () => {});
  const exportsOf = (specifier) => {
    if (specifier === "clsx") throw new Error("planned");
    return vendor.exportsOf(specifier);
  };
  const files = {
    "src/a.tsx": 'import { clsx } from "clsx";\nexport const a = () => useState(clsx);\n',
    "src/b.tsx": "export const b = () => useState(0);\n",
  };
  const { changes } = await repair(files, { vendor: { ...vendor, exportsOf } });
  assert.deepEqual(Object.keys(changes), ["src/b.tsx"]);
});
