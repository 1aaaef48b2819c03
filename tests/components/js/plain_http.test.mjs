/** Pages by plain http name messages, too. */
import assert from "node:assert/strict";
import { test } from "node:test";

test("a browser without a way to name things gets one", async () => {
  const own = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(crypto), "randomUUID");
  Object.defineProperty(crypto, "randomUUID", { value: undefined, configurable: true, writable: true });
  try {
    await import("../../../overskill/components/plain_http.js");
    const names = Array.from({ length: 100 }, () => crypto.randomUUID());
    assert.equal(new Set(names).size, 100);
    for (const name of names) assert.match(name, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  } finally {
    Object.defineProperty(crypto, "randomUUID", own);
  }
});
