/** Lays files out, one after another, in a child that is bounded in time and memory. */
import { Refused, checkPath } from "../core/files.mjs";
import { BoundedChild } from "./bounded-child.mjs";

const CHILD = new URL("../format-child.mjs", import.meta.url);
const MOST_MEMORY = 256; // MB
const LONGEST = 5000; // ms
const IDLE_AFTER = 10 * 60_000; // who writes code saves now and then
const MOST_TEXT = 512 * 1024;
const FAILED = "This file could not be formatted. Split very long or deeply nested code, then try again.";

export class Formatting extends BoundedChild {
  constructor({ longest = LONGEST } = {}) {
    super(CHILD, { memory: MOST_MEMORY, longest, failed: FAILED, idleAfter: IDLE_AFTER });
  }

  /** @returns {Promise<{text: string}>} */
  format({ path, text }) {
    checkPath(path);
    if (typeof text !== "string" || text.length > MOST_TEXT)
      throw new Refused("invalid_input", "format needs a text of at most 512 KB.");
    return this.ask({ path, text });
  }

  /** What an edit wrote, laid out as the file was before; as it was written where that can't be done. */
  async tidy({ path, text, before }) {
    if (Math.max(text.length, before.length) > MOST_TEXT) return { text };
    return this.ask({ path, text, before }).catch((error) => {
      if (!(error instanceof Refused)) throw error;
      return { text };
    });
  }
}
