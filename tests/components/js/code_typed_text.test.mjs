/** Plain text that is typed: what the editor puts in by itself, and what it leaves to the browser. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { saysWhatIsTyped, TypedText } from "../../../overskill/components/editor/code/typed_text.js";

/** As much of CodeMirror's view as is asked for: one node, in which offsets are places in the text. */
class FakeView {
  events = [];

  /** `seen` is what the browser has selected. */
  constructor(text, { from, to = from, seen = [from, to], readOnly = false, composing = false, cursors = 1 }) {
    this.text = text;
    this.root = { getSelection: () => ({ anchorOffset: seen[0], focusOffset: seen[1] }) };
    this.composing = composing;
    this.compositionStarted = composing;
    this.state = {
      readOnly,
      selection: { main: { from, to, anchor: from, head: to }, ranges: Array(cursors) },
      replaceSelection: (insert) => ({ changes: { from, to, insert } }),
      update: (...specs) => Object.assign({}, ...specs),
    };
  }

  posAtDOM = (node, offset) => offset;

  dispatch({ changes: { from, to, insert }, userEvent }) {
    this.text = this.text.slice(0, from) + insert + this.text.slice(to);
    this.events.push(userEvent);
  }
}

class FakeFrames {
  timers = new Map();
  #waiting = new Map();
  #count = 0;

  requestAnimationFrame = (callback) => {
    this.#waiting.set(++this.#count, callback);
    return this.#count;
  };

  cancelAnimationFrame = (frame) => this.#waiting.delete(frame);

  setTimeout = (callback) => {
    this.timers.set(++this.#count, callback);
    return this.#count;
  };

  clearTimeout = (timer) => this.timers.delete(timer);

  next() {
    const callbacks = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const callback of callbacks) callback();
  }

  /** No frame comes, for long. */
  wait() {
    const callbacks = [...this.timers.values()];
    this.timers.clear();
    for (const callback of callbacks) callback();
  }
}

/** @returns {boolean} whether the editor puts it in by itself; then it has done so */
function takeTyped(event, view, handlers) {
  const frames = new FakeFrames();
  const isTaken = new TypedText(view, () => handlers, frames).take(event);
  frames.next();
  return isTaken;
}

function announced(data, { inputType = "insertText", isComposing = false } = {}) {
  return { data, inputType, isComposing };
}

test("a letter goes into the text where the cursor is, as something typed", () => {
  const view = new FakeView("const", { from: 5 });
  assert.equal(takeTyped(announced("s"), view, []), true);
  assert.equal(view.text, "consts");
  assert.deepEqual(view.events, ["input.type"]);
});

test("what is selected is replaced by what is typed", () => {
  const view = new FakeView("let a = 1", { from: 4, to: 5 });
  assert.equal(takeTyped(announced("b"), view, []), true);
  assert.equal(view.text, "let b = 1");
});

test("who closes brackets is asked first, and then nothing is put in twice", () => {
  const view = new FakeView("call", { from: 4 });
  const asked = [];
  const closing = (itself, from, to, text) => {
    asked.push([from, to, text]);
    itself.dispatch({ changes: { from, to, insert: "()" }, userEvent: "input.type" });
    return true;
  };
  assert.equal(takeTyped(announced("("), view, [closing]), true);
  assert.deepEqual(asked, [[4, 4, "("]]);
  assert.equal(view.text, "call()");
});

test("who is asked first may let it pass, and knows what would become of it", () => {
  const view = new FakeView("a", { from: 1 });
  let insert;
  takeTyped(announced("b"), view, [(...told) => ((insert = told[4]), false)]);
  assert.equal(view.text, "ab");
  assert.deepEqual(insert().changes, { from: 1, to: 1, insert: "b" });
});

test("a letter goes in once: in the next frame, or before something that must find it there", () => {
  const frames = new FakeFrames();
  const view = new FakeView("", { from: 0 });
  const typed = new TypedText(view, () => [], frames);
  typed.take(announced("a"));
  assert.equal(view.text, "");
  typed.insert();
  assert.equal(view.text, "a");
  frames.next();
  assert.equal(view.text, "a");
});

test("who types faster than frames come loses no letter", () => {
  const frames = new FakeFrames();
  const view = new FakeView("", { from: 0 });
  const typed = new TypedText(view, () => [], frames);
  for (const letter of "cba") typed.take(announced(letter));
  frames.next();
  assert.equal(view.text, "abc"); // this view's cursor stays where it is
});

test("where no frame is drawn, what is typed goes in all the same, once", () => {
  const frames = new FakeFrames();
  const view = new FakeView("", { from: 0 });
  const typed = new TypedText(view, () => [], frames);
  typed.take(announced("a"));
  frames.wait();
  assert.equal(view.text, "a");
  frames.next();
  assert.equal(view.text, "a");
});

test("a letter that its frame has put in leaves nothing that waits", () => {
  const frames = new FakeFrames();
  const typed = new TypedText(new FakeView("", { from: 0 }), () => [], frames);
  for (const letter of "ab") typed.take(announced(letter));
  frames.next();
  assert.equal(frames.timers.size, 0);
});

test("at several cursors a letter goes in at once", () => {
  const view = new FakeView("", { from: 0, cursors: 2 });
  new TypedText(view, () => [], new FakeFrames()).take(announced("a"));
  assert.equal(view.text, "a");
});

/** As CodeMirror's commands: what it did is seen in the text. */
function endLine(view) {
  view.text += "\n";
  return true;
}

test("a line ends in the next frame, or before something that must find it there", () => {
  const frames = new FakeFrames();
  const view = new FakeView("a", { from: 1 });
  const typed = new TypedText(view, () => [], frames);
  assert.equal(typed.run(endLine), true);
  assert.equal(view.text, "a");
  frames.next();
  assert.equal(view.text, "a\n");
  typed.run(endLine);
  typed.insert();
  frames.next();
  assert.equal(view.text, "a\n\n");
});

test("letters and ends of lines come in the order of their keys, however late the frame", () => {
  const frames = new FakeFrames();
  const view = new FakeView("", { from: 0 });
  const typed = new TypedText(view, () => [], frames);
  typed.take(announced("a"));
  typed.run(endLine);
  typed.run(endLine);
  frames.next();
  assert.equal(view.text, "a\n\n");
});

const AT_ONCE = {
  "at several cursors": { cursors: 2 },
  "while something is composed": { composing: true },
  "in a text that may only be read": { readOnly: true },
};
for (const [when, options] of Object.entries(AT_ONCE)) {
  test(`${when} a key's command runs at once`, () => {
    const view = new FakeView("", { from: 0, ...options });
    new TypedText(view, () => [], new FakeFrames()).run(endLine);
    assert.equal(view.text, "\n");
  });
}

test("a command that is not for a text that may only be read leaves the key to others", () => {
  const view = new FakeView("read", { from: 4, readOnly: true });
  assert.equal(new TypedText(view, () => [], new FakeFrames()).run(() => false), false);
});

test("what was typed is not put in once its editor is gone", () => {
  const frames = new FakeFrames();
  const view = new FakeView("", { from: 0 });
  const typed = new TypedText(view, () => [], frames);
  typed.run(endLine);
  typed.destroy();
  frames.next();
  assert.equal(view.text, "");
});

const LEFT = {
  "what is being composed": [{ inputType: "insertCompositionText" }, {}],
  "what comes while something is composed": [{ isComposing: true }, {}],
  "what ends a composition": [{}, { composing: true }],
  "a correction": [{ inputType: "insertReplacementText" }, {}],
  "what replaces something else than the selection": [{}, { seen: [2, 3] }],
};
for (const [what, [event, view]] of Object.entries(LEFT)) {
  test(`${what} is left to the browser`, () => {
    const here = new FakeView("teh", { from: 3, ...view });
    assert.equal(takeTyped(announced("e", event), here, []), false);
    assert.equal(here.text, "teh");
  });
}

test("text of several lines, and none at all, are left to the browser", () => {
  for (const data of ["a\nb", "\r\n", "", null]) {
    assert.equal(takeTyped(announced(data), new FakeView("", { from: 0 }), []), false);
  }
});

test("a text that may only be read stays as it is", () => {
  const view = new FakeView("read", { from: 4, readOnly: true });
  assert.equal(takeTyped(announced("y"), view, []), true);
  assert.equal(view.text, "read");
});

test("phones, and browsers that don't say who they are, type as ever", () => {
  assert.equal(saysWhatIsTyped({ userAgentData: { mobile: false, platform: "Linux" } }), true);
  assert.equal(saysWhatIsTyped({ userAgentData: { mobile: true, platform: "Android" } }), false);
  assert.equal(saysWhatIsTyped({ userAgentData: { mobile: false, platform: "Android" } }), false);
  assert.equal(saysWhatIsTyped({}), false);
});
