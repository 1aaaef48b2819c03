import assert from "node:assert/strict";
import test from "node:test";

import { blocks, delta } from "../../../overskill/bundler/core/css-delta.mjs";
import { rewriteUrls, withoutRemoteImports } from "../../../overskill/bundler/core/css-urls.mjs";
import { changedVariables, withVariables } from "../../../overskill/bundler/core/css-variables.mjs";

/** What a browser makes of the operations. */
function applied(rules, operations) {
  const result = rules.map(({ text, body, prelude }) => ({ text, body, prelude }));
  for (const { at, insert, replace, count, inside } of operations) {
    if (inside) {
      const inner = blocks(result[at].body);
      assert.equal(inner.length, count);
      const body = applied(inner, inside)
        .map(({ text }) => text)
        .join("");
      result[at] = blocks(`${result[at].prelude} {${body}}`)[0];
    } else {
      if (replace) result.splice(at, 1);
      result.splice(at, 0, blocks(insert ?? replace)[0]);
    }
  }
  return result;
}

const squeezed = (css) => css.replace(/\s+/g, "");

function assertTurnsInto(before, after) {
  const rules = applied(blocks(before), delta(blocks(before), blocks(after)));
  assert.equal(squeezed(rules.map(({ text }) => text).join("")), squeezed(after));
}

test("strings, comments and escapes do not end a rule", () => {
  const css = `/* } */ .a::after { content: "}"; } .b\\:c { color: red } @import "x;y";`;
  assert.deepEqual(
    blocks(css).map(({ prelude }) => prelude),
    [".a::after", ".b\\:c", '@import "x;y"'],
  );
});

test("an inserted rule keeps its place", () => assertTurnsInto(".a{x:1}.c{x:3}", ".a{x:1}.b{x:2}.c{x:3}"));

test("a rule inside a layer is inserted there", () => {
  assertTurnsInto("@layer utilities{.a{x:1}.c{x:3}} .z{x:9}", "@layer utilities{.a{x:1}.b{x:2}.c{x:3}} .z{x:9}");
});

test("a changed rule is replaced", () => assertTurnsInto(":root{--a:1}.b{x:2}", ":root{--a:2}.b{x:2}"));

test("a layer's statement is no layer's block", () => assertTurnsInto("@layer a;.b{x:1}", "@layer a{.c{x:1}}.b{x:1}"));

test("removed rules are left to a full replacement", () =>
  assert.equal(delta(blocks(".a{x:1}.b{x:2}"), blocks(".a{x:1}")), null));

test("many changes are left to a full replacement", () => {
  const many = Array.from({ length: 90 }, (_, index) => `.c${index}{x:1}`).join("");
  assert.equal(delta(blocks(".a{x:1}"), blocks(`.a{x:1}${many}`)), null);
});

test("a changed custom property is found with its rule", () => {
  const before = "@layer base { :root { --a: 1; --b: 2 } }";
  assert.deepEqual(changedVariables(before, before.replace("2", "3")), [
    { path: ["@layer base", ":root"], name: "--b", before: "2", after: "3" },
  ]);
});

for (const [what, before, after] of [
  ["another property", ".a { color: red }", ".a { color: blue }"],
  ["a value that Tailwind copies", "@theme { --color-a: red }", "@theme { --color-a: blue }"],
  ["a value the compiler evaluates", ":root { --a: --spacing(2) }", ":root { --a: --spacing(3) }"],
  ["a further property", ":root { --a: 1 }", ":root { --a: 1; --b: 2 }"],
  ["a renamed rule", ":root { --a: 1 }", ".dark { --a: 2 }"],
]) {
  test(`${what} needs a real compile`, () => assert.equal(changedVariables(before, after), null));
}

test("a variable is changed in its own rule only", () => {
  const css = ":root {\n  --a: 1;\n  --x--a: 1;\n}\n.dark {\n  --a: 1;\n}\n";
  const changed = withVariables(css, [{ path: [".dark"], name: "--a", before: "1", after: "7" }]);
  assert.equal(changed, ":root {\n  --a: 1;\n  --x--a: 1;\n}\n.dark {\n  --a: 7;\n}\n");
});

test("a variable that is not found for certain is left to a compile", () => {
  const change = { path: [":root"], name: "--a", before: "1", after: "2" };
  assert.equal(withVariables(":root {\n  --a: 5;\n}", [change]), null);
  assert.equal(withVariables(":root {\n  --a: 1;\n}\n:root {\n  --a: 1;\n}", [change]), null);
});

test("addresses in stylesheets are rewritten, remote ones and fragments are not", () => {
  const css = `a { b: url(./x.svg) url('y.svg') url("https://h/z") url(data:x,y) url(#grad) }`;
  const rewritten = `a { b: url("<./x.svg>") url("<y.svg>") url("https://h/z") url(data:x,y) url(#grad) }`;
  assert.equal(
    rewriteUrls(css, (url) => `<${url}>`),
    rewritten,
  );
});

test("imports of other hosts are taken out, in every spelling", () => {
  const css = `@import url(https://a/x.css);@import "https://b/y.css" layer(z);@import url('//c/w.css') print;@import "tailwindcss";`;
  const { text, remote } = withoutRemoteImports(css);
  assert.equal(text, '@import "tailwindcss";');
  assert.deepEqual(remote, ["https://a/x.css", "https://b/y.css", "//c/w.css"]);
});
