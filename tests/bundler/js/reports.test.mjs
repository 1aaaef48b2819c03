import assert from "node:assert/strict";
import { test } from "node:test";

import { Guards } from "../../../overskill/bundler/runtime/guards.js";
import { framesOf, Places } from "../../../overskill/bundler/runtime/stacks.js";
import { shown } from "../../../overskill/bundler/runtime/values.js";

test("values are sent as small trees, whatever they hold", () => {
  const film = { title: "Alien", year: 1979, tags: new Set(["dark"]), made: new Date(0), show() {} };
  assert.deepEqual(shown(film), {
    kind: "branch",
    text: "",
    isList: false,
    parts: [
      ["title", { kind: "text", text: "Alien" }],
      ["year", { kind: "plain", text: "1979" }],
      ["tags", { kind: "branch", text: "Set(1)", isList: false, parts: [["0", { kind: "text", text: "dark" }]], more: 0 }],
      ["made", { kind: "plain", text: "1970-01-01T00:00:00.000Z" }],
      ["show", { kind: "plain", text: "ƒ show()" }],
    ],
    more: 0,
  });
});

test("what holds itself, throws when it is read, or never ends is cut", () => {
  const round = { name: "round" };
  round.self = round;
  assert.equal(shown(round).parts[1][1].text, "[the same object again]");
  const hostile = new Proxy({}, { ownKeys: () => assert.fail("read") });
  assert.equal(shown(hostile).text, "[object that can't be read]");
  const long = shown(Array.from({ length: 1_000_000 }, (_, index) => ({ index })));
  assert.ok(JSON.stringify(long).length < 20_000);
  assert.equal(long.parts.length + long.more, 1_000_000);
  let deep = {};
  for (let depth = 0; depth < 10_000; depth += 1) deep = { deep };
  assert.ok(JSON.stringify(shown(deep)).length < 1000);
  assert.ok(shown("x".repeat(10_000)).text.length <= 2001);
});

test("of a stack the app's own functions are told, as Chromium and Firefox write them", () => {
  const chromium = `TypeError: x
    at RecipeCard (preview:///src/Card.tsx:18:9)
    at renderWithHooks (http://shared.preview.localhost/@vendor/react-dom.js:1:2)
    at preview:///src/pages/Week.tsx:40:2`;
  assert.deepEqual(framesOf(chromium), [
    { name: "RecipeCard", file: "src/Card.tsx", line: 17, column: 9 },
    { name: "", file: "src/pages/Week.tsx", line: 39, column: 2 },
  ]);
  assert.deepEqual(framesOf("App@preview:///src/App.tsx:3:4\n"), [{ name: "App", file: "src/App.tsx", line: 2, column: 4 }]);
  assert.deepEqual(framesOf(undefined), []);
});

test("a place is asked for once, and again where nobody knew it", async () => {
  const asked = [];
  const places = new Places((frames) => {
    asked.push(frames.map(({ line }) => line));
    return Promise.resolve(frames.map(({ file, line }) => ({ file, line: line === 7 ? 0 : line + 100, column: 1 })));
  });
  const frame = (line) => ({ name: "App", file: "src/App.tsx", line, column: 1 });
  assert.deepEqual(await places.of([frame(5), frame(7)]), [
    { name: "App", file: "src/App.tsx", line: 105, column: 1 },
    { name: "App", file: "src/App.tsx", line: 0, column: 1 },
  ]);
  await places.of([frame(5), frame(7)]);
  places.forget();
  await places.of([frame(5)]);
  assert.deepEqual(asked, [[5, 7], [7], [5]]);
});

test("a component that throws suspends while an update is tried, and throws at any other time", () => {
  const guards = new Guards();
  const Broken = guards.guard(function Broken() {
    throw new Error("Boom");
  });
  let thrown;
  const failure = guards.try(() => {
    try {
      Broken();
    } catch (wait) {
      thrown = wait;
    }
  });
  assert.equal(failure.error.message, "Boom");
  assert.equal(typeof thrown.then, "function");
  assert.throws(() => Broken(), /Boom/);
  assert.equal(Broken.name, "Broken");
});

test("a component that waits for something goes on waiting for it", () => {
  const guards = new Guards();
  const promise = Promise.resolve();
  const Waiting = guards.guard(() => {
    throw promise;
  });
  assert.equal(guards.try(() => assert.throws(() => Waiting(), (thrown) => thrown === promise)), null);
});

test("classes and wrapped components are left as they are", () => {
  const guards = new Guards();
  class Component {}
  Component.prototype.isReactComponent = {};
  assert.equal(guards.guard(Component), null);
  assert.equal(guards.guard({ $$typeof: Symbol.for("react.memo") }), null);
});
