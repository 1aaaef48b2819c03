/** The server's side of saving, as services/apps/saving.py has it, behind a network that the test makes bad. */
import { createHash } from "node:crypto";
import { Conflict } from "../../../overskill/components/editor/code/failures.js";
import { merge } from "../../../overskill/components/editor/code/merge.js";

export const checksumOf = (text) => (text === null ? null : createHash("sha256").update(text).digest("hex"));
export const savedAs = (text) => ({ checksum: checksumOf(text), text });

export class FakeFiles {
  files = new Map();
  saves = []; // { path, text, base } that arrived
  atOnce = 0; // saves of one file under way
  mostAtOnce = 0;
  finish = (text) => text; // what becomes of a text that nobody is typing any more
  #texts = new Map();

  constructor(files) {
    for (const [path, text] of Object.entries(files)) this.put(path, text);
  }

  put(path, text) {
    if (text === null) this.files.delete(path);
    else this.files.set(path, text);
    this.#texts.set(checksumOf(text), text);
  }

  text(path) {
    return this.files.get(path) ?? null;
  }

  /** Raises Conflict. */
  take(path, sent, base, { isTyping = true } = {}) {
    this.saves.push({ path, text: sent, base });
    const text = isTyping ? sent : this.finish(sent);
    const now = this.text(path);
    const isUnchanged = checksumOf(now) === base;
    const known = this.#texts.get(base) ?? null;
    const isMergeable = known !== null && now !== null;
    const became = isUnchanged || text === now ? text : isMergeable ? merge(known, text, now) : null;
    if (became === null) throw new Conflict("Changed meanwhile.", savedAs(now));
    this.put(path, became);
    return { checksum: checksumOf(became), ...(became === sent ? {} : { text: became }) };
  }

  /** The way there and back. `network.delay()` is in milliseconds; `network.fails(leg)` loses that leg. */
  through(network) {
    const travel = (leg) =>
      new Promise((arrive, lose) => {
        setTimeout(() => (network.fails(leg) ? lose(new TypeError("Failed to fetch")) : arrive()), network.delay());
      });
    return {
      read: async (path) => {
        await travel("there");
        const now = savedAs(this.text(path));
        await travel("back");
        return now;
      },
      save: async (path, text, base, options) => {
        this.atOnce += 1;
        this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
        try {
          await travel("there");
          const answer = this.#answer(path, text, base, options);
          await travel("back");
          return answer();
        } finally {
          this.atOnce -= 1;
        }
      },
    };
  }

  #answer(path, text, base, options) {
    try {
      const saved = this.take(path, text, base, options);
      return () => saved;
    } catch (failure) {
      return () => {
        throw failure;
      };
    }
  }
}

export const GOOD_NETWORK = { delay: () => 40, fails: () => false };

/** A text as the editor holds it. */
export class FakeBuffer {
  constructor(text) {
    this.text = text;
  }

  read() {
    return this.text;
  }

  apply(changes) {
    for (const { from, to, insert } of changes.toReversed()) {
      this.text = this.text.slice(0, from) + insert + this.text.slice(to);
    }
  }
}

/** A browser's storage. */
export class FakeStorage {
  #items = new Map();
  isFull = false;

  get length() {
    return this.#items.size;
  }

  key(index) {
    return [...this.#items.keys()][index] ?? null;
  }

  getItem(key) {
    return this.#items.get(key) ?? null;
  }

  setItem(key, value) {
    if (this.isFull) throw new Error("QuotaExceededError");
    this.#items.set(key, value);
  }

  removeItem(key) {
    this.#items.delete(key);
  }
}

/** Let mocked time pass, and everything that waited for it happen. */
export async function pass(timers, milliseconds, step = 50) {
  for (let left = milliseconds; left > 0; left -= step) {
    timers.tick(Math.min(step, left));
    for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
    await new Promise(setImmediate);
  }
}
