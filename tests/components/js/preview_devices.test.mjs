import assert from "node:assert/strict";
import { test } from "node:test";
import { dragged, frameIn, MARGIN, nudged, sizeWords, USUAL_VIEW, viewFrom } from "../../../overskill/components/editor/preview_devices.js";

const PANE = { width: 1000, height: 600 };
const IPHONE = { ...USUAL_VIEW, device: "iphone" };

test("at first the app has the whole pane", () => {
  assert.deepEqual(frameIn(USUAL_VIEW, PANE), { width: 1000, height: 600, scale: 1, left: 0, top: 0, isFramed: false });
  assert.equal(sizeWords(USUAL_VIEW, PANE), "");
});

test("a device that is larger than the pane is drawn smaller, in its middle", () => {
  const { width, height, scale, left } = frameIn(IPHONE, PANE);
  assert.deepEqual([width, height], [393, 852]);
  assert.ok(Math.abs(scale - (600 - 2 * MARGIN) / 852) < 1e-9);
  assert.ok(Math.abs(left - (1000 - 393 * scale) / 2) < 1e-9);
  assert.match(sizeWords(IPHONE, PANE), /^393 × 852, 66 %$/);
});

test("turned sideways it is as wide as it was high", () => {
  const { width, height } = frameIn({ ...IPHONE, isTurned: true }, PANE);
  assert.deepEqual([width, height], [852, 393]);
});

test("with a zoom of its own it may be larger than the pane", () => {
  assert.equal(frameIn({ ...IPHONE, zoom: 1 }, PANE).scale, 1);
});

test("dragging the edge widens the frame on both sides", () => {
  const view = dragged({ ...USUAL_VIEW, device: "custom", width: 500 }, PANE, 500, 50);
  assert.deepEqual([view.device, view.width], ["custom", 600]);
  assert.equal(dragged(USUAL_VIEW, PANE, 1000, -5000).width, 240);
});

test("arrow keys on the edge go on from what is shown", () => {
  assert.equal(nudged(IPHONE, PANE, 1).width, 393 + 16);
  assert.equal(nudged(USUAL_VIEW, PANE, -1).width, 1000 - 16);
});

test("what was kept counts as far as it means something", () => {
  assert.deepEqual(viewFrom({ device: "toaster", isTurned: "yes", width: "wide", zoom: 9 }), USUAL_VIEW);
  assert.deepEqual(viewFrom({ device: "custom", isTurned: true, width: 9e9, zoom: 0.5 }), { device: "custom", isTurned: true, width: 3840, zoom: 0.5 });
  assert.deepEqual(viewFrom(null), USUAL_VIEW);
});
