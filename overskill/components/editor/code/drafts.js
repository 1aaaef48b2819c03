/**
 * What was typed and is not known to be saved, kept in this browser: it outlives a crash, a reload and a lost connection.
 * Each tab keeps its own, so that two tabs don't erase each other's.
 *
 * @typedef {{ base: { checksum: string | null, text: string | null }, text: string, sent: string[], at: number }} Draft
 *   `sent` are texts that the server may have got: no answer came.
 */
import { commonBase, merge } from "./merge.js";

const PREFIX = "overskill:draft";
const ABANDONED_MS = 60_000; // a tab that lives keeps its draft anew at each try to save

export class Drafts {
  #storage;
  #slug;
  #tab;
  #now;

  constructor({ storage, slug, tab, now = Date.now }) {
    this.#storage = storage;
    this.#slug = slug;
    this.#tab = tab;
    this.#now = now;
  }

  /** False: the browser has no room for it, or keeps nothing. */
  keep(path, { base, text, sent }) {
    try {
      this.#storage.setItem(this.#key(path), JSON.stringify({ base, text, sent, at: this.#now() }));
      return true;
    } catch {
      return false;
    }
  }

  drop(path) {
    this.#storage.removeItem(this.#key(path));
  }

  /** The draft of a file: this tab's, else one that a tab left behind, which becomes this tab's. */
  take(path) {
    const own = this.#read(this.#key(path));
    if (own) return own;
    for (const key of this.#keys()) {
      const draft = keyed(key, this.#slug) === path ? this.#read(key) : null;
      if (!draft || this.#now() - draft.at < ABANDONED_MS) continue;
      this.#storage.removeItem(key);
      this.keep(path, draft);
      return draft;
    }
    return null;
  }

  /** The files that have a draft of this tab or of one that is gone. */
  paths() {
    const mine = this.#keys().filter((key) => {
      const draft = this.#read(key);
      return draft && (key.endsWith(`:${this.#tab}`) || this.#now() - draft.at >= ABANDONED_MS);
    });
    return [...new Set(mine.map((key) => keyed(key, this.#slug)))];
  }

  #key(path) {
    return `${PREFIX}:${this.#slug}:${path}:${this.#tab}`;
  }

  #keys() {
    const keys = Array.from({ length: this.#storage.length }, (_, index) => this.#storage.key(index));
    return keys.filter((key) => key.startsWith(`${PREFIX}:${this.#slug}:`));
  }

  #read(key) {
    try {
      const draft = JSON.parse(this.#storage.getItem(key));
      return typeof draft?.text === "string" && draft.base ? draft : null;
    } catch {
      return null;
    }
  }
}

function keyed(key, slug) {
  return key.slice(`${PREFIX}:${slug}:`.length, key.lastIndexOf(":"));
}

/**
 * A file as it opens: what is saved, with what a draft had besides.
 *
 * @param {{ checksum: string | null, text: string | null }} file `text` null: it is gone.
 * @param {Draft | null} draft
 */
export function reopened(file, draft) {
  if (!draft || draft.text === file.text) return { text: file.text ?? "", base: file, theirs: null, isRestored: false };
  const { base, text, sent } = draft;
  if (base.checksum === file.checksum) return { text, base: file, theirs: null, isRestored: true };
  const isThere = file.text !== null && base.text !== null;
  const merged = isThere ? merge(commonBase(base.text, sent, file.text), text, file.text) : null;
  if (merged !== null) return { text: merged, base: file, theirs: null, isRestored: merged !== file.text };
  return { text, base, theirs: file, isRestored: true };
}
