/**
 * One page that is open on the canvas: what is shown, what of it is saved, and what others do to it.
 *
 * Each edit is saved by itself a moment later, one after the other; the server merges it with what others saved. What
 * can't be merged is shown as they left it, and said.
 *
 * @typedef {{status: "opening" | "ready" | "failed", problem: string, saving: "saved" | "waiting" | "saving" | "failed",
 *   notice: string, offer: {id: string, label: string} | null, page: object | null, styles: number}} View
 *   `offer` is the block to delete instead, where that would do; `styles` counts what may have changed the styles
 */
import { emptied } from "./contents.js";
import { removeNode } from "./list_edits.js";
import { PageNames } from "./page_names.js";

export const PAUSE_MS = 400;
const RETRY_MS = 3000;
const DRAWN = /\.([jt]sx?|css)$/;
const TAKEN = "Somebody else changed the same place. The page is shown as it is now; your last change was not saved.";

export class PageSession {
  #names = new PageNames();
  #checksum = "";
  #imports = {};
  #pending = null; // what is shown and not saved
  #shown = null;
  #timer = 0;
  #isBusy = false;
  #isClosed = false;
  #isStale = false; // others changed it while something was being saved
  #watchers = new Set();
  /** @type {View} */
  #view = { status: "opening", problem: "", saving: "saved", notice: "", offer: null, page: null, styles: 0 };

  /**
   * @param {string} path
   * @param {{read: Function, save: Function}} api
   * @param {(document: object, options?: {isEdit: boolean}) => void} onShow  the page has to be drawn anew; `isEdit`: by
   *   something that was done here, and can be undone
   */
  constructor(path, api, onShow) {
    this.path = path;
    this.api = api;
    this.onShow = onShow;
  }

  subscribe = (watcher) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  read = () => this.#view;

  get shown() {
    return this.#shown;
  }

  async open() {
    try {
      const answer = await this.api.read(this.path);
      if (this.#isClosed) return;
      this.#take(answer);
      this.#shown = this.#names.begin(answer.page.document);
      this.#tell({ status: "ready", problem: "", page: answer });
    } catch (failure) {
      this.#tell({ status: "failed", problem: failure.message });
    }
  }

  /** Something was done on the canvas. */
  edit(shown) {
    this.#shown = shown;
    this.#pending = shown;
    this.#tell({ saving: "waiting", notice: "", offer: null });
    this.#later(PAUSE_MS);
  }

  /** What `offer` is for. */
  remove(id) {
    this.edit(removeNode(this.#shown, id));
    this.onShow(this.#shown, { isEdit: true });
  }

  /** Files of the app changed. @param {{files?: {path: string, checksum: string | null}[]}} change */
  async hear({ files }) {
    if (this.#view.status !== "ready") return;
    const others = files?.filter(({ path, checksum }) => path !== this.path || checksum !== this.#checksum);
    if (others?.every(({ path }) => !DRAWN.test(path))) return;
    this.#isStale = true; // also where another file changed: its components may look different, or be new
    if (!this.#pending && !this.#isBusy) await this.#refresh();
  }

  /** Save at once: the page is left. */
  flush = async () => {
    clearTimeout(this.#timer);
    if (!this.#pending || this.#isBusy) return;
    const sent = this.#pending;
    this.#pending = null;
    this.#isBusy = true;
    this.#tell({ saving: "saving" });
    try {
      const body = { document: this.#names.send(sent), base: this.#checksum, imports: this.#imports };
      this.#saved(sent, await this.api.save(this.path, body));
    } catch (failure) {
      await this.#failed(sent, failure);
    }
    this.#isBusy = false;
    if (this.#pending) this.#later(this.#view.saving === "failed" ? RETRY_MS : PAUSE_MS);
    else if (this.#isStale) await this.#refresh();
  };

  close() {
    void this.flush();
    this.#isClosed = true;
    this.#watchers.clear();
  }

  #saved(sent, answer) {
    const isShown = !answer.is_merged && this.#names.sent(sent, answer.document);
    // What is merged has more in it than is shown: what was done since is merged with that in the same way.
    const isAhead = answer.is_merged && this.#pending !== null;
    if (!isAhead) {
      this.#checksum = answer.checksum;
      this.#isStale = false;
    }
    if (!isShown && !this.#pending) this.#show(answer.document);
    this.#tell({ saving: this.#pending ? "waiting" : "saved", styles: this.#view.styles + 1 });
  }

  async #failed(sent, failure) {
    if (failure.isFinal) {
      this.#pending = null;
      await this.#refresh();
      const notice = failure.status === 409 ? TAKEN : failure.message;
      this.#tell({ saving: "saved", notice, offer: emptied(this.#shown, sent, this.#view.page.page.kinds) });
      return;
    }
    this.#pending ??= sent;
    this.#tell({ saving: "failed", notice: failure.message });
  }

  async #refresh() {
    this.#isStale = false;
    try {
      const answer = await this.api.read(this.path);
      if (this.#isClosed || this.#pending) return;
      if (answer.checksum !== this.#checksum || this.#view.saving !== "saved") this.#show(answer.page.document);
      this.#take(answer);
      this.#tell({ problem: "", page: answer, styles: this.#view.styles + 1 });
    } catch (failure) {
      this.#tell({ problem: failure.message });
    }
  }

  #take({ checksum, page }) {
    this.#checksum = checksum;
    this.#imports = { ...page.imports, ...this.#imports }; // also those that the file has lost: undo may need them
  }

  #show(document) {
    this.#shown = this.#names.show(document, this.#shown);
    this.onShow(this.#shown);
  }

  #later(milliseconds) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.flush, milliseconds);
  }

  #tell(change) {
    this.#view = { ...this.#view, ...change };
    for (const watcher of this.#watchers) watcher();
  }
}
