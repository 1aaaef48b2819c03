/**
 * What the app keeps in its browser, told to the editor while it looks, and changed by it. Stores of the starter's
 * `lib/storage` announce themselves, so that the samples an app begins with are there before anything is stored.
 */

const MOST_ENTRIES = 100;
const LONGEST_TEXT = 500_000; // characters, of one entry
const LONGEST_TOTAL = 2_000_000;
const PAUSE_MS = 100;

export class Kept {
  #post;
  #scope;
  #stores = new Map(); // key -> {store, leave}
  #isWatched = false;
  #isHearing = false;
  #timer = 0;

  /** @param {(type: string, details: object) => void} post */
  constructor(post, scope = window) {
    this.#post = post;
    this.#scope = scope;
  }

  start() {
    this.#scope.addEventListener("app:store", ({ detail }) => this.#meet(detail));
    this.#scope.addEventListener("storage", () => this.#tellSoon()); // another tab's
    this.#scope.addEventListener("app:stored", () => this.#tellSoon()); // in memory (storage.js)
  }

  commands = {
    "kept-watch": ({ on }) => {
      this.#isWatched = on === true;
      if (!this.#isWatched) return;
      this.#hearStorage();
      this.#tell();
    },
    "kept-set": ({ key, text }) => this.#change(key, text),
  };

  #meet(detail) {
    const { key, store } = detail ?? {};
    if (typeof key !== "string" || typeof store?.get !== "function" || typeof store.subscribe !== "function") return;
    this.#stores.get(key)?.leave?.(); // the module was replaced
    this.#stores.set(key, { store, leave: store.subscribe(() => this.#tellSoon()) });
    this.#tellSoon();
  }

  /** As another tab would: an app that listens shows it at once. `text` null: back to what the app begins with. */
  #change(key, text) {
    if (typeof key !== "string" || (text !== null && typeof text !== "string")) return;
    const { localStorage } = this.#scope;
    const before = localStorage.getItem(key);
    try {
      if (text === null) localStorage.removeItem(key);
      else localStorage.setItem(key, text);
    } catch (error) {
      this.#post("kept-refused", { key, message: String(error?.message ?? error) });
      return;
    }
    this.#scope.dispatchEvent(new this.#scope.StorageEvent("storage", { key, oldValue: before, newValue: text }));
    this.#tell();
  }

  /** Apps that use the browser's storage without `lib/storage`. */
  #hearStorage() {
    const native = this.#scope.Storage?.prototype;
    if (this.#isHearing || !native) return;
    this.#isHearing = true;
    for (const name of ["setItem", "removeItem", "clear"]) {
      const original = native[name];
      const kept = this;
      native[name] = function (...values) {
        const answer = original.apply(this, values);
        kept.#tellSoon();
        return answer;
      };
    }
  }

  #tellSoon() {
    if (!this.#isWatched || this.#timer) return;
    this.#timer = setTimeout(() => this.#tell(), PAUSE_MS);
  }

  #tell() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (!this.#isWatched) return;
    const stored = this.#stored();
    const keys = [...new Set([...this.#stores.keys(), ...stored.keys()])];
    let left = LONGEST_TOTAL;
    const entries = keys.slice(0, MOST_ENTRIES).map((key) => {
      const text = stored.get(key) ?? this.#begun(key);
      const size = text.length;
      const isTooLong = size > Math.min(LONGEST_TEXT, left);
      if (!isTooLong) left -= size;
      return { key, text: isTooLong ? null : text, size, isStored: stored.has(key) };
    });
    this.#post("kept", { entries, more: Math.max(keys.length - MOST_ENTRIES, 0) });
  }

  #stored() {
    const { localStorage } = this.#scope;
    const keys = Array.from({ length: localStorage.length }, (_, index) => localStorage.key(index));
    return new Map(keys.map((key) => [key, String(localStorage.getItem(key))]));
  }

  /** What an app shows that nobody has changed yet. */
  #begun(key) {
    try {
      return JSON.stringify(this.#stores.get(key).store.get()) ?? "null";
    } catch {
      return "null"; // what can't be written as JSON is never stored either
    }
  }
}
