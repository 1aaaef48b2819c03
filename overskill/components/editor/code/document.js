/**
 * One open file between the person who types and the server, so that no character is lost and none comes twice.
 *
 * `base` is what the text was made from: the newest that the server is known to have. One save is under way at a time;
 * what is typed meanwhile waits for its answer. What others change is merged in; where both changed the same lines,
 * `theirs` holds the other text and nothing is saved until the person has chosen.
 *
 * @typedef {{ checksum: string | null, text: string | null }} Saved `text` null: there is no such file.
 * @typedef {"saved" | "waiting" | "saving" | "offline" | "conflict" | "refused"} Status
 * @typedef {{ read: () => string, apply: (changes: { from: number, to: number, insert: string }[],
 *   options?: { isUndoable: boolean }) => void }} Buffer
 * @typedef {{ save: (path: string, text: string, base: string | null,
 *   options: { isLeaving: boolean, isTyping: boolean }) => Promise<{ checksum: string, text?: string }>, read: (path: string) => Promise<Saved> }} Server
 */
import { Conflict, Refused } from "./failures.js";
import { changesBetween, commonBase, merge } from "./merge.js";

export const PAUSE_MS = 300; // after the last keystroke
export const LONGEST_WAIT_MS = 2000; // of one who does not pause
const SLOW_MS = 1000; // a save that takes longer is kept in the browser meanwhile
export const RETRY_MS = [1000, 2000, 4000, 8000, 15_000];
const FINISHED_BY_SERVER = "package.json"; // once nobody is typing there, its ranges become versions

export class Document {
  path;
  base;
  theirs;
  problem = ""; // why the server refuses it

  #buffer;
  #server;
  #drafts;
  #onChange;
  #edits = 0; // counts what is typed and merged in
  #savedEdits = 0; // of these, how many the server has
  #isUnfinished = false; // what it has, it takes for the middle of a word
  #unsure = []; // texts that were sent and never answered
  #sent = null; // that is on its way
  #sending = null; // a promise
  #isReading = false;
  #isStale = false; // somebody changed the file since it was last read
  #toldChecksum = undefined; // of what it became then
  #saves = 0; // begun so far
  #failures = 0;
  #timer = 0;
  #draftTimer = 0;
  #unsavedSince = 0;
  #isClosed = false;

  /**
   * @param {{ path: string, base: Saved, theirs?: Saved | null, isDirty?: boolean, buffer: Buffer, server: Server,
   *   drafts: { keep: Function, drop: Function }, onChange?: () => void }} options
   */
  constructor({ path, base, theirs = null, isDirty = false, buffer, server, drafts, onChange = () => {} }) {
    Object.assign(this, { path, base, theirs });
    this.#buffer = buffer;
    this.#server = server;
    this.#drafts = drafts;
    this.#onChange = onChange;
    if (isDirty) this.typed();
  }

  /** @returns {Status} */
  get status() {
    if (this.theirs) return "conflict";
    if (this.problem) return "refused";
    if (this.#failures) return "offline";
    if (this.#sending) return "saving";
    return this.isDirty ? "waiting" : "saved";
  }

  get isDirty() {
    return this.#edits !== this.#savedEdits;
  }

  /** Somebody changed the text in the buffer. */
  typed() {
    this.#edits += 1;
    this.problem = "";
    this.#unsavedSince ||= Date.now();
    if (this.theirs || this.#failures) this.#keepDraftSoon(PAUSE_MS);
    else if (!this.#sending) this.#schedule();
    this.#onChange();
  }

  /**
   * Save now. Resolves once that was tried. `isLeaving`: the page may be gone before the answer. `isTyping`: it is not
   * the person who wants it saved.
   */
  async flush({ isLeaving = false, isTyping = false } = {}) {
    if (isLeaving && this.isDirty) this.#keepDraft();
    while (this.#sending) await this.#sending;
    const isWanted = this.isDirty || (this.#isUnfinished && !isTyping);
    if (isWanted && !this.theirs && !this.#isClosed) await this.#send({ isLeaving, isTyping });
  }

  /** Somebody changed the file. `checksum`: of what it became, if that was told; it may be of one's own save. */
  async changedElsewhere(checksum) {
    this.#toldChecksum = checksum;
    this.#isStale = true;
    if (this.#isReading) return;
    this.#isReading = true;
    try {
      while (this.#isStale && !this.#sending && !this.#isClosed) {
        this.#isStale = false;
        if (this.#toldChecksum === this.base.checksum) continue;
        const saves = this.#saves;
        const now = await this.#server.read(this.path);
        // What was read while a save was under way may be older than what that save made.
        if (saves === this.#saves) this.#take(now);
        else this.#isStale = true;
      }
    } catch {
      this.#isStale = true; // it is looked for again after the next save, or when a change is told again
    } finally {
      this.#isReading = false;
    }
  }

  /** In a conflict: what is here replaces theirs. */
  keepMine() {
    this.base = this.theirs;
    this.theirs = null;
    this.#edits += 1;
    this.#onChange();
    return this.flush();
  }

  /** In a conflict: theirs replaces what is here. Undo brings it back. */
  takeTheirs() {
    this.base = this.theirs;
    this.theirs = null;
    this.#write(this.base.text ?? "", { isUndoable: true });
    this.#clean();
  }

  /** It lies elsewhere now, and is `now` there: what it imports may have been written anew. */
  moveTo(path, now) {
    this.#drafts.drop(this.path);
    this.path = path;
    if (now) this.#take(now);
    this.#onChange();
  }

  close() {
    clearTimeout(this.#timer);
    clearTimeout(this.#draftTimer);
    this.#isClosed = true;
  }

  /** Closed, and nothing of it is to be kept. */
  discard() {
    this.close();
    this.#drafts.drop(this.path);
  }

  #schedule() {
    clearTimeout(this.#timer);
    if (this.#isClosed) return;
    const left = this.#unsavedSince + LONGEST_WAIT_MS - Date.now();
    const pause = this.#failures ? retryAfter(this.#failures) : Math.max(Math.min(PAUSE_MS, left), 0);
    this.#timer = setTimeout(() => this.flush({ isTyping: true }), pause);
  }

  async #send(options) {
    clearTimeout(this.#timer);
    this.#sending = this.#exchange(options);
    this.#onChange();
    await this.#sending;
  }

  async #exchange(options) {
    let isAgain = true;
    while (isAgain) isAgain = await this.#attempt(options);
    this.#sending = null;
    clearTimeout(this.#draftTimer);
    this.#onChange();
    if (this.isDirty && !this.theirs && !this.problem) this.#schedule();
    if (this.#isStale && !this.#failures) this.changedElsewhere(this.#toldChecksum);
  }

  /** Whether to try again at once. */
  async #attempt(options) {
    let text = "";
    try {
      if (this.#unsure.length && !options.isLeaving) {
        this.#take(await this.#server.read(this.path)); // what is unsure stays so: it may arrive after this look
        if (this.theirs) return false;
      }
      text = this.#buffer.read();
      const isFinishing = this.#isUnfinished && !options.isTyping;
      if (text === this.base.text && !isFinishing) {
        this.#clean();
        return false;
      }
      const edits = this.#edits;
      this.#saves += 1;
      this.#unsavedSince = 0;
      this.#keepDraftSoon(SLOW_MS);
      this.#sent = text;
      this.#accepted(await this.#server.save(this.path, text, this.base.checksum, options), text, edits);
      this.#isUnfinished = options.isTyping && this.path === FINISHED_BY_SERVER;
      return false;
    } catch (failure) {
      return this.#failed(failure, text);
    }
  }

  #accepted(answer, text, edits) {
    this.#sent = null;
    this.#failures = 0;
    this.#unsure = [];
    this.#savedEdits = edits;
    const isMore = this.isDirty;
    const became = { checksum: answer.checksum, text: answer.text ?? text };
    const merged = became.text === text ? this.#buffer.read() : merge(text, this.#buffer.read(), became.text);
    if (merged === null) {
      this.#disagree({ checksum: null, text }, became);
      return;
    }
    this.base = became;
    this.#write(merged);
    if (isMore) this.#unsavedSince = Date.now();
    else this.#clean();
  }

  #failed(failure, text) {
    this.#sent = null;
    if (failure instanceof Refused) {
      this.#failures = 0;
      this.problem = failure.message;
      this.#keepDraft();
      return false;
    }
    if (failure instanceof Conflict && failure.theirs.checksum !== this.base.checksum) {
      this.#failures = 0;
      return this.#take(failure.theirs);
    }
    this.#failures += 1;
    if (text) this.#unsure.push(text);
    this.#keepDraft();
    return false;
  }

  /** The file is this on the server now. Whether what is here goes with it and is still to be saved. */
  #take(now) {
    const merged = now.checksum === this.base.checksum ? this.#buffer.read() : this.#mergedWith(now.text);
    if (merged === null) {
      this.#disagree(this.base, now);
      return false;
    }
    this.base = now;
    this.theirs = null;
    this.#write(merged);
    if (this.isDirty && this.#buffer.read() === now.text) this.#clean();
    if (this.isDirty && !this.#sending) this.#schedule();
    this.#onChange();
    return this.isDirty;
  }

  /** null: not without asking. A file that is gone on one side goes only with one that is the same. */
  #mergedWith(theirs) {
    const here = this.#buffer.read();
    if (this.base.text === null || theirs === null) return here === theirs ? here : null;
    return merge(commonBase(this.base.text, this.#unsure, theirs), here, theirs);
  }

  #disagree(base, theirs) {
    this.base = base;
    this.theirs = theirs;
    this.#keepDraft();
    this.#onChange();
  }

  #write(text, options) {
    const changes = changesBetween(this.#buffer.read(), text);
    if (changes.length) this.#buffer.apply(changes, options);
  }

  #clean() {
    clearTimeout(this.#timer);
    clearTimeout(this.#draftTimer);
    this.#savedEdits = this.#edits;
    this.#failures = 0;
    this.#unsure = [];
    this.#unsavedSince = 0;
    this.problem = "";
    this.#drafts.drop(this.path);
    this.#onChange();
  }

  #keepDraftSoon(wait) {
    clearTimeout(this.#draftTimer);
    this.#draftTimer = setTimeout(() => this.#keepDraft(), wait);
  }

  #keepDraft() {
    const sent = this.#sent === null ? this.#unsure : [...this.#unsure, this.#sent];
    this.#drafts.keep(this.path, { base: this.base, text: this.#buffer.read(), sent });
  }
}

function retryAfter(failures) {
  return RETRY_MS[Math.min(failures, RETRY_MS.length) - 1];
}
