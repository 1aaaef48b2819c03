import assert from "node:assert/strict";
import { test } from "node:test";
import { decimal, moneyText } from "../../../overskill/components/market/money.js";

const said = (text) => text.replace(/[\u00a0\u202f]/g, " ");

test("an amount is written as the reader's locale does", () => {
  assert.equal(moneyText(99999999, "usd", "en-US"), "$999,999.99");
  assert.equal(said(moneyText(123456, "eur", "de-DE")), "1.234,56 €");
  assert.equal(said(moneyText(123456, "eur", "fr-FR")), "1 234,56 €");
});

test("each currency has its own decimal places", () => {
  assert.equal(moneyText(1, "usd", "en-US"), "$0.01");
  assert.equal(moneyText(1200, "jpy", "en-US"), "¥1,200");
  assert.equal(said(moneyText(1250, "kwd", "en-US")), "KWD 1.250");
  assert.equal(said(moneyText(500, "isk", "en-US")), "ISK 5.00"); // as Stripe counts it
});

test("amounts below zero, gains and whole figures", () => {
  assert.equal(moneyText(-500, "usd", "en-US"), "-$5.00");
  assert.equal(moneyText(500, "usd", "en-US", { signed: true }), "+$5.00");
  assert.equal(moneyText(0, "usd", "en-US", { signed: true }), "$0.00");
  assert.equal(moneyText(1200, "usd", "en-US", { short: true }), "$12");
  assert.equal(moneyText(1250, "usd", "en-US", { short: true }), "$12.50");
});

test("a large sum is exact", () => {
  assert.equal(decimal(9007199254740991, "usd"), "90071992547409.91");
  assert.equal(decimal(-5, "usd"), "-0.05");
  assert.equal(decimal(0, "jpy"), "0");
});
