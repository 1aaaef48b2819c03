import assert from "node:assert/strict";
import test from "node:test";

import { compile } from "../../../overskill/bundler/core/compile.mjs";

const MANY = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];

/** @type {[string, Record<string, string[] | null>, string[], string[]?][]} code; imports by file; exports; stars */
const MODULES = [
  [`import "./index.css"; import {} from "./effect";`, { "./index.css": [], "./effect": [] }, []],
  [`import R, { useState as s } from "react"; R; s;`, { react: ["default", "useState"] }, []],
  [`import { ${MANY} } from "./many"; use(${MANY});`, { "./many": MANY }, []],
  [`import * as zod from "zod"; zod.z;`, { zod: null }, []],
  [
    `export { default } from "./x"; export { default as Y, z } from './y';`,
    { "./x": ["default"], "./y": ["default", "z"] },
    ["default", "Y", "z"],
  ],
  [`export * from "./all"; export * as named from "./named";`, { "./all": [], "./named": null }, ["named"], ["./all"]],
  [`import { a as b } from "./q"; export { b as "a name" };`, { "./q": ["a"] }, ["a name"]],
  [
    `export const one = 1, { two, three: [four, ...five] } = rest; export let six; export { six as default };`,
    {},
    ["one", "two", "four", "five", "six", "default"],
  ],
  [`export default class {} export async function* steps() {}`, {}, ["default", "steps"]],
  [
    `"use client"; /* 1 */ import a from "./a"; /** 2 */ import b from './b"c'; a; b;`,
    { "./a": ["default"], './b"c': ["default"] },
    [],
  ],
  [
    `import type { A } from "./types"; export type B = A; export enum Size { S } export const c: A = 1;`,
    {},
    ["Size", "c"],
  ],
  [`import data from "./data.json" with { type: "json" }; data;`, { "./data.json": ["default"] }, []],
  ['import a from "./a\\x07b"; a;', { "./a\x07b": ["default"] }, []], // as JSON would not write it
];

for (const [text, imports, exports, stars = []] of MODULES) {
  test(`what a module imports and exports is found: ${text.slice(0, 60)}`, async () => {
    const found = await compile("src/a.tsx", text);
    assert.deepEqual(Object.fromEntries(found.imports.map(({ specifier, names }) => [specifier, names])), imports);
    assert.deepEqual([[...found.exports].sort(), found.stars], [[...exports].sort(), stars]);
  });
}

test("what is loaded later is told from what is needed now", async () => {
  const { imports } = await compile("src/a.ts", `import "./now"; export const open = () => import("./later");`);
  assert.deepEqual(imports, [
    { specifier: "./now", names: [], dynamic: false },
    { specifier: "./later", names: [], dynamic: true },
  ]);
});

test("a text that reads like a compiled import is none", async () => {
  const written = 'const __vite_ssr_import_7__ = await __vite_ssr_import__("./never");';
  const { imports } = await compile("src/a.ts", `import { a } from "./a"; export const text = \`\n${written}\n\`; a;`);
  assert.deepEqual(
    imports.map(({ specifier }) => specifier),
    ["./a"],
  );
});
