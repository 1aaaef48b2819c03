import assert from "node:assert/strict";
import test from "node:test";
import { isEmpty, placeText, tickText, valueText } from "../../../overskill/components/chart_values.js";

const DOLLARS = { currency: "usd" };

test("a day is said in the reader's words, and is the same day in every time zone", () => {
  assert.equal(placeText("2026-11-01", "en-GB"), "1 Nov");
  assert.equal(placeText("Checking", "en-GB"), "Checking");
});

test("a value has its unit, and money its currency's digits", () => {
  assert.equal(valueText(1234, {}, "en-US"), "1,234");
  assert.equal(valueText(4.25, { unit: "%" }, "en-US"), "4.3 %");
  assert.equal(valueText(1234, DOLLARS, "en-US"), "$12.34");
  assert.equal(valueText(1234, { currency: "jpy" }, "en-US"), "¥1,234");
  assert.equal(valueText(null), "–");
});

test("an axis has room for short figures only", () => {
  assert.equal(tickText(123_456, {}, "en-US"), "123.5K");
  assert.equal(tickText(1_200_000, DOLLARS, "en-US"), "$12K");
  assert.deepEqual([360, 700, 0].map((cents) => tickText(cents, DOLLARS, "en-US")), ["$3.60", "$7", "$0"]);
  assert.equal(tickText(50, { unit: "%" }, "en-US"), "50 %");
});

test("rows of nothing but zeros are nothing to draw", () => {
  const series = [{ key: "views" }, { key: "sales" }];
  assert.equal(isEmpty([], series), true);
  assert.equal(isEmpty(undefined, series), true);
  assert.equal(isEmpty([{ views: 0, sales: 0 }], series), true);
  assert.equal(isEmpty([{ views: 0, sales: 1 }], series), false);
});
