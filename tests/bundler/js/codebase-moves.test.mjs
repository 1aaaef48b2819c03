import assert from "node:assert/strict";
import test from "node:test";

import { moveFiles } from "../../../overskill/bundler/core/codebase/moves.mjs";

const LIST = "export const List = () => null;\n";

/** What a file says once `from` is called `to`, beside what else differs. */
function moved(files, from, to) {
  return moveFiles(files, { [from]: to }).changes;
}

/** How `specifier`, in a file that imports what moves, is written afterwards. */
function followed(
  specifier,
  { from = "src/list.tsx", to = "src/lists/habits.tsx", importer = "src/App.tsx", others = {} } = {},
) {
  const text = `import { List } from "${specifier}";\n`;
  const changes = moved({ [from]: LIST, [importer]: text, ...others }, from, to);
  return (changes[importer] ?? text).match(/"(.*)"/)[1];
}

test("the file has its new name and no longer the old one", () =>
  assert.deepEqual(moved({ "src/list.tsx": LIST }, "src/list.tsx", "src/habits.tsx"), {
    "src/list.tsx": null,
    "src/habits.tsx": LIST,
  }));

test("imports follow in the manner they were written", () => {
  assert.equal(followed("./list"), "./lists/habits");
  assert.equal(followed("./list.tsx"), "./lists/habits.tsx");
  assert.equal(followed("@/list"), "@/lists/habits");
  assert.equal(followed("/src/list"), "/src/lists/habits");
  assert.equal(followed("../list", { importer: "src/pages/Day.tsx" }), "../lists/habits");
});

test("a query stays behind the name", () =>
  assert.equal(followed("./a.svg?raw", { from: "src/a.svg", to: "src/b.svg" }), "./b.svg?raw"));

test("a folder goes on standing for its index", () => {
  assert.equal(followed("./list", { from: "src/list/index.tsx", to: "src/habits/index.tsx" }), "./habits");
  assert.equal(followed("./list/index", { from: "src/list/index.tsx", to: "src/habits/index.tsx" }), "./habits/index");
  assert.equal(followed("./list", { from: "src/list/index.tsx", to: "src/list/main.tsx" }), "./list/main");
});

test("where two files could be meant the ending is written", () =>
  assert.equal(
    followed("./list", { from: "src/list.tsx", to: "src/day.tsx", others: { "src/day.ts": "" } }),
    "./day.tsx",
  ));

test("what is not meant stays as it is", () => {
  assert.equal(followed("./other", { others: { "src/other.ts": "" } }), "./other");
  assert.equal(followed("./nowhere"), "./nowhere");
  assert.equal(followed("list"), "list");
});

test("a file that moves goes on importing what it imported", () => {
  const text = 'import { cn } from "./cn";\nimport { a } from "@/a";\nimport "react";\n';
  const changes = moved({ "src/list.tsx": text, "src/cn.ts": "", "src/a.ts": "" }, "src/list.tsx", "src/ui/list.tsx");
  assert.equal(changes["src/ui/list.tsx"], 'import { cn } from "../cn";\nimport { a } from "@/a";\nimport "react";\n');
});

test("files that move together keep what they say of each other", () => {
  const files = { "src/a/one.ts": 'export * from "./two";\n', "src/a/two.ts": "export const two = 2;\n" };
  const { changes } = moveFiles(files, { "src/a/one.ts": "src/b/one.ts", "src/a/two.ts": "src/b/two.ts" });
  assert.equal(changes["src/b/one.ts"], files["src/a/one.ts"]);
});

test("two files can change places", () => {
  const files = { "src/a.ts": "a", "src/b.ts": "b", "src/App.tsx": 'import "./a";\n' };
  const { changes } = moveFiles(files, { "src/a.ts": "src/b.ts", "src/b.ts": "src/a.ts" });
  assert.deepEqual(changes, { "src/a.ts": "b", "src/b.ts": "a", "src/App.tsx": 'import "./b";\n' });
});

test("every way of importing follows, and nothing but imports", () => {
  const before = [
    'import type { Habit } from "./list";',
    'export { List } from "./list";',
    'export * from "./list";',
    'const Later = lazy(() => import("./list"));',
    "const Again = import(`./list`);",
    'type One = import("./list").Habit;',
    'const words = "./list"; // ./list',
    "",
  ].join("\n");
  const changes = moved({ "src/list.tsx": LIST, "src/App.tsx": before }, "src/list.tsx", "src/day.tsx");
  const [imports, rest] = [before.split("\n").slice(0, 6), before.split("\n").slice(6)];
  assert.equal(changes["src/App.tsx"], [...imports.map((line) => line.replace("./list", "./day")), ...rest].join("\n"));
});

test("stylesheets follow what they import and show", () => {
  const css = '/* ./base.css */\n@import "tailwindcss";\n@import "./base.css";\n.a { background: url("./a.svg"); }\n';
  const files = { "src/index.css": css, "src/base.css": "", "src/a.svg": "<svg/>" };
  const { changes } = moveFiles(files, { "src/base.css": "src/styles/base.css", "src/a.svg": "src/art/a.svg" });
  assert.equal(
    changes["src/index.css"],
    '/* ./base.css */\n@import "tailwindcss";\n@import "./styles/base.css";\n.a { background: url("./art/a.svg"); }\n',
  );
});

test("a file that can't be read stays as it is", () => {
  const files = { "src/list.tsx": LIST, "src/App.tsx": 'import "./list";\nexport const = ;\n' };
  assert.deepEqual(Object.keys(moved(files, "src/list.tsx", "src/day.tsx")), ["src/list.tsx", "src/day.tsx"]);
});

test("two files can't have one name", () =>
  assert.throws(() => moved({ "src/a.ts": "a", "src/b.ts": "b" }, "src/a.ts", "src/b.ts"), /same name/));
