import assert from "node:assert/strict";
import test from "node:test";

import { assertLeft, assertRepaired, repair } from "./repair-support.mjs";

const LIST = "export const List = () => null;\n";
const CN = 'import { clsx } from "clsx";\n\nexport const cn = clsx;\n';

test("a hook is imported beside what is imported of react", () =>
  assertRepaired(
    'import { useEffect } from "react";\n\nexport const useA = () => {\n  useEffect(() => {});\n  return useState(0);\n};\n',
    'import { useEffect, useState } from "react";\n\nexport const useA = () => {\n  useEffect(() => {});\n  return useState(0);\n};\n',
    { kind: "import" },
  ));

test("the quotes and semicolons of the file are kept", () =>
  assertRepaired(
    "import x from './x'\nexport const a = () => useState(x)\n",
    "import x from './x'\nimport { useState } from 'react'\nexport const a = () => useState(x)\n",
    { others: { "src/x.ts": "export default 1;\n" } },
  ));

test("what exactly one file exports is imported from there", () =>
  assertRepaired(
    "export const A = () => <List className={cn()} />;\n",
    'import { List } from "./list";\nimport { cn } from "@/lib/cn";\n\nexport const A = () => <List className={cn()} />;\n',
    { others: { "src/list.tsx": LIST, "src/lib/cn.ts": CN } },
  ));

test("what two files export is not guessed", () =>
  assertLeft("export const A = () => <List />;\n", { others: { "src/list.tsx": LIST, "src/other.tsx": LIST } }));

test("types alone are imported as types", () =>
  assertRepaired(
    "export const a = (node: ReactNode) => node;\n",
    'import type { ReactNode } from "react";\n\nexport const a = (node: ReactNode) => node;\n',
  ));

test("icons are imported where they are shown", () =>
  assertRepaired(
    "export const A = () => <Trash2 />;\n",
    'import { Trash2 } from "lucide-react";\n\nexport const A = () => <Trash2 />;\n',
  ));

test("a name of several things is what it is used as", async () => {
  await assertRepaired(
    'import { BarChart } from "recharts";\nexport const A = () => <BarChart><Tooltip /></BarChart>;\n',
    'import { BarChart, Tooltip } from "recharts";\nexport const A = () => <BarChart><Tooltip /></BarChart>;\n',
    { others: { "src/tooltip.tsx": "export const Tooltip = () => null;\n" } },
  );
  await assertRepaired(
    "export const a = { icon: Table };\n",
    'import { Table } from "lucide-react";\n\nexport const a = { icon: Table };\n',
    { others: { "src/table.tsx": "export const Table = () => null;\n" } },
  );
});

test("parts of a package are imported with all of it", () =>
  assertRepaired(
    "export const A = () => <DialogPrimitive.Root />;\n",
    'import * as DialogPrimitive from "@radix-ui/react-dialog";\n\nexport const A = () => <DialogPrimitive.Root />;\n',
  ));

for (const [what, text] of [
  ["a parameter", "export const a = (useState: () => void) => useState();\n"],
  ["a hoisted function", "export const a = () => List();\nfunction List() {}\n"],
  ["a variable of an outer scope", "export function a() {\n  const List = 1;\n  return () => List;\n}\n"],
  ["a type parameter", "export const a = <List,>(list: List) => list;\n"],
  ["an inferred type", "export type A<T> = T extends Array<infer List> ? List : never;\n"],
  ["a mapped type's key", 'export type A = { [List in "a"]: List };\n'],
  ["a member", "export const a = (b: { List: number }) => b.List;\n"],
  ["a label", "export function a() {\n  List: for (;;) break List;\n}\n"],
  ["a global of the browser", "export const a = () => new Image();\n"],
  ["a name that is asked for", 'export const a = typeof List === "undefined" ? 1 : 2;\n'],
  ["a destructured default", "export const a = ({ List = 1, ...rest }) => [List, rest];\n"],
  ["React's types", "export const a = (b: React.ReactNode) => b;\n"],
  ["an enumeration's member", "export enum A {\n  List = 1,\n  B = List,\n}\n"],
  ["a caught error", "export function a() {\n  try {\n    return 1;\n  } catch (List) {\n    return List;\n  }\n}\n"],
]) {
  test(`${what} needs no import`, () => assertLeft(text, { others: { "src/list.tsx": LIST } }));
}

test("an import of nowhere leads to the one file that is meant", async () => {
  const others = { "src/components/user-card.tsx": "export const UserCard = () => null;\n", "src/lib/cn.ts": CN };
  for (const [wrong, right] of [
    ["@/components/UserCard", "@/components/user-card"],
    ["./components/user-card.jsx", "./components/user-card"],
    ["../components/user-card", "./components/user-card"],
    ["@/user-card", "@/components/user-card"],
  ]) {
    const use = "export const A = UserCard;\n";
    await assertRepaired(
      `import { UserCard } from "${wrong}";\n${use}`,
      `import { UserCard } from "${right}";\n${use}`,
      {
        others,
        kind: "import",
      },
    );
  }
  await assertRepaired(
    'import { cn } from "@/lib/utils";\nexport const a = cn;\n',
    'import { cn } from "@/lib/cn";\nexport const a = cn;\n',
    { others },
  );
});

test("before the end, an import that leads nowhere is left: its file may come", () =>
  assertLeft('import { cn } from "@/lib/utils";\nexport const a = cn;\n', {
    others: { "src/lib/cn.ts": CN },
    isFinal: false,
  }));

test("a stylesheet that was never written is not imported", () =>
  assertRepaired('import "./a.css";\nexport const a = 1;\n', "export const a = 1;\n"));

test("a package of another name with the same parts is replaced", async () => {
  await assertRepaired(
    'import cx from "classnames";\nexport const a = cx;\n',
    'import cx from "clsx";\nexport const a = cx;\n',
  );
  await assertRepaired(
    'import debounce from "lodash/debounce";\nexport const a = debounce;\n',
    'import { debounce } from "lodash-es";\nexport const a = debounce;\n',
  );
  await assertRepaired(
    'import { MagnifyingGlassIcon } from "@heroicons/react/24/outline";\nexport const A = () => <MagnifyingGlassIcon />;\n',
    'import { Search as MagnifyingGlassIcon } from "lucide-react";\nexport const A = () => <MagnifyingGlassIcon />;\n',
    { kind: "package" },
  );
});

test("a package without an equal is left to a model", () =>
  assertLeft('import { z } from "yup";\nexport const a = z;\n'));

test("a package that package.json lacks is named", async () => {
  const files = {
    "package.json": '{"dependencies": {"react": "19"}}',
    "src/a.ts": 'import { clsx } from "clsx";\nexport const a = clsx;\n',
  };
  const { packages, repairs } = await repair(files, { paths: ["src/a.ts"] });
  assert.deepEqual(packages, ["clsx"]);
  assert.deepEqual(repairs, [{ path: "src/a.ts", kind: "package", message: "Added the package clsx", line: 0 }]);
});

test("an unknown icon becomes the nearest, or a neutral one", async () => {
  for (const [wrong, right] of [
    ["Calender", "Calendar"],
    ["CheckCircle", "CircleCheck"],
    ["Dashboard", "LayoutDashboard"],
    ["TrashIcon", "Trash2"],
    ["Zylophrone", "Circle"],
  ]) {
    const use = `export const A = () => <${wrong} />;\n`;
    await assertRepaired(
      `import { ${wrong} } from "lucide-react";\n${use}`,
      `import { ${right} as ${wrong} } from "lucide-react";\n${use}`,
      {
        kind: "icon",
      },
    );
  }
});

test("types of the icons' package are no icons", () =>
  assertLeft(
    'import { Plus, type LucideProps, LucideIcon } from "lucide-react";\nexport const a: LucideIcon = (p: LucideProps) => <Plus {...p} />;\n',
  ));
