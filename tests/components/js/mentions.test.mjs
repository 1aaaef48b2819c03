import assert from "node:assert/strict";
import test from "node:test";
import { fitting, mentionAt, withChips, withMention } from "../../../overskill/components/editor/mentions.js";

const PATHS = ["src/App.tsx", "src/pages/HomePage.tsx", "src/components/ui/page.tsx", "index.html"];

test("a name that is being typed behind an @ is seen, with where it begins", () => {
  assert.deepEqual(mentionAt("look at @src/A", 14), { query: "src/A", start: 8 });
  assert.deepEqual(mentionAt("@", 1), { query: "", start: 0 });
});

test("an address is not a name, and neither is what lies before the caret's word", () => {
  assert.equal(mentionAt("ada@example", 11), null);
  assert.equal(mentionAt("@App is here", 12), null);
});

test("files whose name begins with it come before those that only have it somewhere", () => {
  assert.deepEqual(fitting("page", PATHS), ["src/components/ui/page.tsx", "src/pages/HomePage.tsx"]);
  assert.deepEqual(fitting("nothing", PATHS), []);
});

test("choosing puts the whole path there, and the caret behind it", () => {
  assert.deepEqual(withMention("in @Ap please", { query: "Ap", start: 3 }, "src/App.tsx"), {
    text: "in @src/App.tsx please",
    caret: 16,
  });
});

test("what the message is about is sent below it", () => {
  assert.equal(withChips("Make it larger ", [{ label: "h1", text: "About <h1>" }]), "Make it larger\n\nAbout <h1>");
  assert.equal(withChips("Hi", []), "Hi");
});
