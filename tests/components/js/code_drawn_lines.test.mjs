/** How many lines are in the page beside those that are seen. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { DrawnLines } from "../../../overskill/components/editor/code/drawn_lines.js";

const LINE = 20; // pixels

/** As CodeMirror's: 500 pixels more on each side, all of them ahead of one who scrolls; lines go when they are far away. */
class FakeViewState {
  visibleTop = 10_000;
  visibleBottom = 10_800;

  getViewport(bias) {
    const above = bias > 0 ? 0 : bias < 0 ? 1000 : 500;
    return { from: Math.floor((this.visibleTop - above) / LINE), to: Math.ceil((this.visibleBottom + 1000 - above) / LINE) };
  }

  viewportIsAppropriate({ from, to }) {
    const [top, bottom] = [from * LINE, to * LINE];
    const isEnough = top <= this.visibleTop - 10 && bottom >= this.visibleBottom + 10;
    return isEnough && top > this.visibleTop - 2000 && bottom < this.visibleBottom + 2000;
  }
}

class FakeTimers {
  callback = null;

  setTimeout = (callback) => {
    this.callback = callback;
    return 1;
  };

  clearTimeout = () => (this.callback = null);
}

function opened(viewState = new FakeViewState()) {
  const timers = new FakeTimers();
  const view = { viewState, measured: 0, requestMeasure: () => (view.measured += 1) };
  return { lines: new DrawnLines(view, timers), viewState, view, timers };
}

const pixels = ({ from, to }) => [from * LINE, to * LINE];

test("at rest there are a few lines more than are seen, and that is enough", () => {
  const { viewState } = opened();
  const drawn = viewState.getViewport(0, null);
  assert.deepEqual(pixels(drawn), [9_840, 10_960]);
  assert.equal(viewState.viewportIsAppropriate(drawn, 0), true);
});

test("a small editor, too, has lines beside those that are seen", () => {
  const { viewState } = opened();
  viewState.visibleBottom = viewState.visibleTop + 100;
  assert.deepEqual(pixels(viewState.getViewport(0, null)), [9_840, 10_260]);
});

test("who scrolls finds as many ahead as ever", () => {
  const { viewState, lines } = opened();
  assert.deepEqual(pixels(viewState.getViewport(1, null)), [10_000, 11_800]);
  lines.scrolled();
  const drawn = viewState.getViewport(0, null);
  assert.deepEqual(pixels(drawn), [9_500, 11_300]);
  assert.equal(viewState.viewportIsAppropriate(drawn, 0), true);
});

test("what scrolling drew is looked at again when it is over, and is too much then", () => {
  const { viewState, lines, view, timers } = opened();
  lines.scrolled();
  const drawn = viewState.getViewport(0, null);
  timers.callback();
  assert.equal(view.measured, 1);
  assert.equal(viewState.viewportIsAppropriate(drawn, 0), false);
});

test("too few lines are too few, at rest as well", () => {
  const { viewState } = opened();
  assert.equal(viewState.viewportIsAppropriate({ from: 505, to: 540 }, 0), false);
});

test("an editor that is gone is not measured", () => {
  const { lines, timers } = opened();
  lines.scrolled();
  lines.destroy();
  assert.equal(timers.callback, null);
});

test("a view whose inside is another stays as it is", () => {
  const viewState = {};
  opened(viewState);
  assert.deepEqual(viewState, {});
});
