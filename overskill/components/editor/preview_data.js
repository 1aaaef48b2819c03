/**
 * What the app in the preview keeps in the browser (bundler/runtime/kept.js), for the Data view, and the way to change it.
 * The preview runs anybody's code: nothing of a message is used that is not limited here.
 *
 * @typedef {{ key: string, text: string | null, size: number, isStored: boolean }} Entry
 *   `text` null: too long to be sent. `isStored` false: what the app begins with.
 * @typedef {{ isThere: boolean, entries: Entry[], more: number, problem: string, canUndo: boolean }} Kept
 */
import { limited } from "./preview_messages.js";

const MOST_ENTRIES = 100;
const LONGEST = { key: 200, text: 500_000, message: 300 };
const MOST_UNDOS = 50;

/** @type {Kept} */
const UNKNOWN = { isThere: false, entries: [], more: 0, problem: "", canUndo: false };

export class PreviewData {
  #now = UNKNOWN;
  #say = null;
  #isWatched = false;
  #isReady = false; // it listens
  #undos = []; // {key, text}: what was there before each change made here
  #listeners = new Set();

  now = () => this.#now;

  subscribe = (listener) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** @param {(message: object) => void} say to the preview's frame */
  connect(say) {
    this.#say = say;
  }

  /** Another app's preview is shown, or none. */
  forget() {
    this.#undos = [];
    this.#isReady = false;
    this.#show(UNKNOWN);
  }

  /** It tells what it has only while somebody looks. */
  watch(on) {
    this.#isWatched = on;
    if (this.#isReady) this.#say?.({ type: "kept-watch", on });
  }

  hear(message) {
    if (message.type === "begin") this.#leave();
    if (message.type === "ready") {
      this.#isReady = true;
      this.watch(this.#isWatched);
    }
    if (message.type === "kept") this.#show({ ...this.#now, ...keptFrom(message), isThere: true });
    if (message.type === "kept-refused") this.#refuse(message);
  }

  /** @param {string | null} text null: back to what the app begins with */
  change(key, text) {
    const entry = this.#now.entries.find((each) => each.key === key);
    if (!entry) return;
    if (!this.#now.isThere) {
      this.#show({ ...this.#now, problem: "the preview is not running. It comes back by itself: then try again." });
      return;
    }
    this.#undos = [...this.#undos.slice(1 - MOST_UNDOS), { key, text: entry.isStored ? entry.text : null }];
    this.#set(key, text);
  }

  undo() {
    const last = this.#undos.pop();
    if (last) this.#set(last.key, last.text);
  }

  #leave() {
    this.#isReady = false;
    this.#show({ ...this.#now, isThere: false });
  }

  #set(key, text) {
    const entries = this.#now.entries.map((each) =>
      each.key === key && text !== null ? { ...each, text, size: text.length, isStored: true } : each,
    );
    this.#show({ ...this.#now, entries, problem: "" });
    this.#say?.({ type: "kept-set", key, text });
  }

  #refuse({ message }) {
    this.#undos.pop();
    this.#show({ ...this.#now, problem: limited(message, LONGEST.message) || "The browser did not keep it." });
    this.watch(this.#isWatched); // what is there again
  }

  #show(now) {
    this.#now = { ...now, canUndo: this.#undos.length > 0 };
    for (const listener of this.#listeners) listener();
  }
}

export const previewData = new PreviewData();

function keptFrom({ entries, more }) {
  const sent = (Array.isArray(entries) ? entries : []).slice(0, MOST_ENTRIES).filter((each) => typeof each?.key === "string" && each.key.length <= LONGEST.key);
  return {
    entries: sent.map(({ key, text, size, isStored }) => ({
      key,
      text: typeof text === "string" && text.length <= LONGEST.text ? text : null,
      size: Number.isInteger(size) && size > 0 ? size : 0,
      isStored: isStored === true,
    })),
    more: Number.isInteger(more) && more > 0 ? more : 0,
  };
}
