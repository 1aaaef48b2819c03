import assert from "node:assert/strict";
import test from "node:test";

import { compile, importPosition, originalPosition } from "../../../overskill/bundler/core/compile.mjs";
import { checkFiles, isTooDeep } from "../../../overskill/bundler/core/files.mjs";
import { readHead } from "../../../overskill/bundler/core/html-head.mjs";
import { isPackage, packageName, resolveFile } from "../../../overskill/bundler/core/resolve.mjs";
import { withIconImports } from "../../../overskill/bundler/production/own-files.mjs";

const files = (...names) => new Map(names.map((name) => [name, ""]));

test("imports are found by alias, by extension, as a folder, and in public/", () => {
  const app = files("src/App.tsx", "src/lib/index.ts", "src/a.json", "public/logo.svg");
  assert.equal(resolveFile(app, "src/main.tsx", "./App"), "src/App.tsx");
  assert.equal(resolveFile(app, "src/pages/home.tsx", "@/lib"), "src/lib/index.ts");
  assert.equal(resolveFile(app, "src/pages/home.tsx", "../a.json"), "src/a.json");
  assert.equal(resolveFile(app, "src/main.tsx", "/logo.svg"), "public/logo.svg");
  assert.equal(resolveFile(app, "src/lib/x.ts", "."), "src/lib/index.ts");
});

test("imports never lead out of the app", () => {
  assert.equal(resolveFile(files("src/a.ts"), "src/main.tsx", "../../../etc/passwd"), null);
});

test("a package is told from a file, and named without its parts", () => {
  assert.deepEqual(["react", "@dnd-kit/core", "@/lib", "./a", "/a", ".."].map(isPackage), [
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
  assert.deepEqual(["zustand/middleware", "@hookform/resolvers/zod"].map(packageName), [
    "zustand",
    "@hookform/resolvers",
  ]);
});

test("ordinary code with many generics is not too deep", () => {
  assert.equal(isTooDeep("const a = useState<string>(''); if (a < b) {}\n".repeat(2000)), false);
});

test("known dot files are kept, others are refused", () => {
  checkFiles(files(".gitignore"));
  assert.throws(() => checkFiles(files(".env.local")), /not a path/);
});

test("types leave no trace in what a module imports and exports", async () => {
  const text = `import { type A, B } from "./x"; import type { C } from "./y"; export type D = A | C; export const e: D = B;`;
  const { imports, exports } = await compile("src/a.ts", text);
  assert.deepEqual(imports, [{ specifier: "./x", names: ["B"], dynamic: false }]);
  assert.deepEqual([...exports], ["e"]);
});

test("re-exports ask for their names, and stars for none", async () => {
  const { imports, stars } = await compile("src/a.ts", 'export { a as b } from "./x"; export * from "./y";');
  assert.deepEqual(imports.find(({ specifier }) => specifier === "./x").names, ["a"]);
  assert.deepEqual(stars, ["./y"]);
});

test("a module's text may speak of the runtime's own words", async () => {
  const { code } = await compile("src/a.ts", "export const a = `\nx = await __vite_ssr_import__(`;");
  assert.match(code, /= await __vite_ssr_import__\(`/);
});

test("positions count characters, not bytes", async () => {
  const { diagnostics } = await compile("src/a.tsx", 'const ü = "日本語"; const = 1;');
  assert.deepEqual([diagnostics[0].line, diagnostics[0].column], [1, 24]);
});

test("a wrong name is placed where it stands", () => {
  const text = '/* 日本語 */ import {\n  Right,\n  Wrong,\n} from "lucide-react";';
  assert.deepEqual(importPosition("src/a.tsx", text, "lucide-react", "Wrong"), { line: 3, column: 3 });
});

test("a place in compiled code leads back to the file", async () => {
  const text = "interface A {\n  b: number;\n}\n\nexport function go(a: A) {\n  return a.b.c.d;\n}\n";
  const { code } = await compile("src/a.ts", text);
  const line = code.split("\n").findIndex((compiled) => compiled.includes("a.b.c.d")) + 1;
  assert.equal((await originalPosition("src/a.ts", text, { line, column: 9 })).line, 6);
});

test("icons are imported one by one, types and other names stay together", () => {
  const vendor = { icons: { Plus: ["plus"], X: ["x"] } };
  const text = 'import { Plus, X as Close, type LucideIcon, LucideProps } from "lucide-react";\nexport {};';
  assert.equal(
    withIconImports("src/a.tsx", text, vendor),
    'import Plus from "lucide-react/dist/esm/icons/plus.js"; import Close from "lucide-react/dist/esm/icons/x.js"; ' +
      'import { type LucideIcon as LucideIcon, LucideProps as LucideProps } from "lucide-react";\nexport {};',
  );
});

test("only what describes the app is taken from its page", () => {
  const head =
    readHead(`<!-- <title>No</title> --><html lang="de" onload="x()" class='dark'><head><title>A &amp; B</title>
    <meta name="description" content="D"><meta http-equiv="refresh" content="0;url=x"><script>evil()</script>
    <link rel="stylesheet" href="https://x/y.css"><link rel="icon" href="javascript:x"></head></html>`);
  assert.deepEqual(head, {
    title: "A & B",
    attributes: { lang: "de", class: "dark" },
    metas: [{ name: "description", content: "D" }],
    icon: "",
  });
});
