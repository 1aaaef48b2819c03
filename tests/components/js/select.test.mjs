/** Select to edit, without a browser: what the preview says, classes as values of controls, steps back. */
import assert from "node:assert/strict";
import test from "node:test";

import {
  colourOf,
  otherVariants,
  setColour,
  setSides,
  setValue,
  sideOf,
  split,
  stepped,
  TEXT_SIZES,
  tokensOf,
  typedValue,
  valueOf,
  widerValues,
} from "../../../overskill/components/editor/select/classes.js";
import { completions } from "../../../overskill/components/editor/select/completions.js";
import {
  based,
  lastDone,
  lastUndone,
  moved,
  nothingDone,
  saveFor,
  withStep,
} from "../../../overskill/components/editor/select/history.js";
import { coloursOf, isSamePlace, likeliestPlace, selectionOf } from "../../../overskill/components/editor/select/messages.js";
import { paletteColour } from "../../../overskill/components/editor/select/palette.js";

const PLACE = { file: "src/pages/Home.tsx", line: 3, column: 5, checksum: "0123456789abcdef", name: "h1", component: "Home" };

test("a selected element is taken with what is around it", () => {
  const listed = [{ name: "main", words: "Hello" }];
  const selection = selectionOf({ how: "click", places: [PLACE], index: 1, count: 3, tag: "h1", ancestors: listed });
  assert.deepEqual([selection.places, selection.index, selection.count], [[PLACE], 1, 3]);
  assert.deepEqual(selection.ancestors, [{ name: "main", words: "Hello", isThis: false }]);
});

test("what is no place in the app's code is not taken", () => {
  const wrong = [
    { file: "../etc/passwd.tsx" },
    { file: "public/a.tsx" },
    { file: 7 },
    { line: 0 },
    { line: "1" },
    { checksum: "" },
    { checksum: "x".repeat(16) },
  ];
  for (const each of wrong) assert.equal(selectionOf({ places: [{ ...PLACE, ...each }] }), null);
  for (const places of [undefined, "x", [null], [7]]) assert.equal(selectionOf({ places }), null);
});

test("of long lists and texts only the beginning is taken", () => {
  const many = Array.from({ length: 500 }, () => ({ name: "x".repeat(500), words: 7 }));
  const { siblings } = selectionOf({ places: [PLACE], siblings: many });
  assert.deepEqual([siblings.length, siblings[0].name.length, siblings[0].words], [40, 60, ""]);
});

test("of a part of a shared component the use is meant", () => {
  const button = { ...PLACE, file: "src/components/ui/button.tsx" };
  assert.equal(likeliestPlace({ places: [button, PLACE] }), 1);
  assert.equal(likeliestPlace({ places: [PLACE, button] }), 0);
  assert.equal(likeliestPlace({ places: [button] }), 0);
});

test("a place is the same by its text, however much of the checksum is known", () => {
  assert.ok(isSamePlace(PLACE, { ...PLACE, checksum: `${PLACE.checksum}${"0".repeat(48)}` }));
  assert.ok(!isSamePlace(PLACE, { ...PLACE, checksum: "f".repeat(16) }));
});

test("only colours are shown as colours", () => {
  const colours = [
    { name: "primary", colour: "oklch(0.5 0.2 268)" },
    { name: "bad", colour: "url(https://x)" + ";" },
    { name: "worse", colour: "red; background: url(x)" },
  ];
  assert.deepEqual(coloursOf({ colours }), { primary: "oklch(0.5 0.2 268)" });
});

test("a class is a variant and a base", () => {
  assert.deepEqual(split("md:hover:p-4"), ["md:hover:", "p-4"]);
  assert.deepEqual(split("[&_svg:not([class*='size-'])]:size-4"), ["[&_svg:not([class*='size-'])]:", "size-4"]);
  assert.deepEqual(split("data-[a:b]:bg-[url(a:b)]"), ["data-[a:b]:", "bg-[url(a:b)]"]);
});

const TOKENS = tokensOf("flex flex-col gap-2 text-sm text-primary font-bold md:gap-6 rounded border");

test("controls read their value of one variant", () => {
  const values = ["display", "direction", "gap", "textSize", "weight", "radius", "borderWidth", "width"];
  assert.deepEqual(
    values.map((control) => valueOf(TOKENS, control)),
    ["flex", "col", "2", "sm", "bold", "sm", "1", ""],
  );
  assert.equal(valueOf(TOKENS, "gap", "md:"), "6");
});

test("what wider screens have instead is told", () => {
  const tokens = tokensOf("text-sm md:text-lg xl:text-2xl hover:text-xl focus:p-2 [&>a]:p-1");
  assert.deepEqual(widerValues(tokens, "textSize"), [["md:", "lg"], ["xl:", "2xl"]]);
  assert.deepEqual(widerValues(tokens, "textSize", "md:"), [["xl:", "2xl"]]);
  assert.deepEqual(widerValues(tokens, "textSize", "hover:"), []);
  assert.deepEqual(otherVariants(tokens, ["", "md:", "hover:"]), ["xl:", "focus:"]);
});

test("a control's new value takes the place of its old one", () => {
  assert.deepEqual(setValue(TOKENS, "gap", "4"), { kind: "classes", add: ["gap-4"], remove: ["gap-2"] });
  assert.deepEqual(setValue(TOKENS, "gap", "8", "md:"), { kind: "classes", add: ["md:gap-8"], remove: ["md:gap-6"] });
  assert.deepEqual(setValue(TOKENS, "textSize", ""), { kind: "classes", add: [], remove: ["text-sm"] });
  assert.deepEqual(setValue(TOKENS, "borderWidth", "1"), { kind: "classes", add: ["border"], remove: [] });
});

test("a side has the value of the nearest class that sets it", () => {
  const tokens = tokensOf("p-4 px-2 pt-8 -mt-2 mx-auto md:p-0");
  assert.deepEqual(["t", "r", "b", "l"].map((side) => sideOf(tokens, "p", side)), ["8", "2", "4", "2"]);
  assert.deepEqual(["t", "l"].map((side) => sideOf(tokens, "m", side)), ["-2", "auto"]);
  assert.equal(sideOf(tokens, "p", "t", "md:"), "0");
});

test("all sides take the place of each, and each leaves all", () => {
  const tokens = tokensOf("p-4 px-2 pt-8");
  assert.deepEqual(setSides(tokens, "p", "", "6"), { kind: "classes", add: ["p-6"], remove: ["p-4", "px-2", "pt-8"] });
  assert.deepEqual(setSides(tokens, "p", "t", "1"), { kind: "classes", add: ["pt-1"], remove: ["pt-8"] });
  assert.deepEqual(setSides(tokens, "m", "y", "-3"), { kind: "classes", add: ["-my-3"], remove: [] });
});

test("steps go along Tailwind's scale", () => {
  assert.deepEqual([stepped("4", 1), stepped("0.5", -1), stepped("0", -1), stepped("", 1)], ["5", "px", "0", "1"]);
  assert.deepEqual([stepped("-2", 1), stepped("-2", -1), stepped("auto", 1)], ["-1.5", "-2.5", "auto"]);
  assert.equal(stepped("base", 1, TEXT_SIZES), "lg");
});

test("what is typed becomes a value, or nothing", () => {
  const typed = { 12: "12", "1.5rem": "[1.5rem]", "50%": "[50%]", auto: "auto", "1/2": "1/2", "[3px]": "[3px]", "a b": "", '"': "" };
  for (const [text, value] of Object.entries(typed)) assert.equal(typedValue(text), value);
});

test("a colour is told from a size and an alignment", () => {
  const isColour = (name) => name === "primary" || paletteColour(name) !== "";
  assert.equal(colourOf(TOKENS, "text", isColour), "primary");
  assert.equal(colourOf(tokensOf("text-center text-red-500/20"), "text", isColour), "red-500/20");
  assert.deepEqual(setColour(TOKENS, "text", "blue-500", isColour), {
    kind: "classes",
    add: ["text-blue-500"],
    remove: ["text-primary"],
  });
  assert.deepEqual(setColour(TOKENS, "bg", "", isColour), { kind: "classes", add: [], remove: [] });
});

test("classes are completed, the app's own colours first, with the variant that was typed", () => {
  assert.ok(completions("flex-c").includes("flex-col"));
  assert.equal(completions("md:bg-pri", ["primary"])[0], "md:bg-primary");
  assert.deepEqual(completions(""), []);
});

const step = (before, after, checksum) => ({ path: "src/App.tsx", before, after, checksum });

test("a step is taken back and done again, each on the file as it is", () => {
  let history = withStep(nothingDone, step("a", "b", "B"));
  assert.deepEqual(saveFor(lastDone(history), false).changes, [{ path: "src/App.tsx", text: "a", base: "B" }]);
  history = moved(history, false, "A");
  assert.equal(lastDone(history), null);
  assert.deepEqual(saveFor(lastUndone(history), true).changes, [{ path: "src/App.tsx", text: "b", base: "A" }]);
  history = moved(history, true, "B");
  assert.deepEqual([lastDone(history).checksum, lastUndone(history)], ["B", null]);
});

test("steps of the same file build on what it has become", () => {
  const first = withStep(nothingDone, step("a", "b", "B"));
  const history = withStep(based(first, "src/App.tsx", "C"), step("b", "c", "C"));
  const back = moved(history, false, "B2");
  assert.equal(lastDone(back).checksum, "B2");
  assert.equal(withStep(back, step("b", "d", "D")).undone.length, 0);
});
