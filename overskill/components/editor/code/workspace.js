/**
 * The files of one app in the browser: the list, the open ones with their tabs, and what is wrong with them.
 * The page shows `read()` and looks again when told (useSyncExternalStore). What changes files as a whole (create,
 * move, delete) is in file_actions.js.
 *
 * @typedef {{ path: string, checksum: string, size: number, locked: boolean }} File
 * @typedef {{ file: string, message: string, line: number, column: number, code: string, severity: string }} Diagnostic
 * @typedef {{ path: string, line: number, column: number, count: number }} Place `count` tells two visits apart.
 */
import { diagnosticsOf } from "./diagnostics.js";
import { Document } from "./document.js";
import { reopened } from "./drafts.js";
import { FileActions } from "./file_actions.js";
import { afterRename, closed, closedOthers, existing, remember, remembered, reordered, shown } from "./tabs.js";
import { isInside } from "./tree.js";

const FIRST_FILE = "src/App.tsx";
const RETRY_MS = 4000;

export class Workspace {
  actions;

  #api;
  #storage;
  #drafts;
  #openBuffer;
  #tell;
  #slug;
  #documents = new Map(); // path -> { document, buffer }
  #opening = new Map(); // path -> promise
  #listeners = new Set();
  #shown = {
    isLoaded: false,
    problem: "", // why there is no list
    files: new Map(),
    folders: [], // that have no file yet
    tabs: { open: [], active: "" },
    statuses: new Map(), // of open files: path -> { status, problem, theirs, isReady }
    changed: new Set(), // by others, and not looked at since
    saved: [], // what the last save found wrong
    checked: { path: "", problems: [] }, // what the types of the file in front say
    diagnostics: [], // of both
    place: null, // to go to
  };
  #retry = 0;
  #isListing = false;
  #isListStale = false;
  #isClosed = false;
  #moving = ""; // what is being moved: the list may know it before the answer comes

  /**
   * @param {{ slug: string, api: ReturnType<typeof import("./api.js").filesApi>, storage: Storage, drafts: object,
   *   openBuffer: (path: string, text: string, onTyped: () => void) => object, tell?: (sentence: string) => void }} options
   */
  constructor({ slug, api, storage, drafts, openBuffer, tell = () => {} }) {
    this.#slug = slug;
    this.#api = api;
    this.#storage = storage;
    this.#drafts = drafts;
    this.#openBuffer = openBuffer;
    this.#tell = tell;
    this.actions = new FileActions(this, api);
  }

  subscribe = (listener) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  read = () => this.#shown;

  get slug() {
    return this.#slug;
  }

  get paths() {
    return [...this.#shown.files.keys()];
  }

  /** The list for the first time, the tabs of the last visit, and files with a draft. */
  async load() {
    await this.refresh();
    if (!this.#shown.isLoaded || this.#shown.tabs.open.length) return;
    const { files } = this.#shown;
    let tabs = existing(remembered(this.#storage, this.#slug), files);
    const wanted = this.#drafts.paths();
    const inFront = tabs.active || wanted[0] || (files.has(FIRST_FILE) ? FIRST_FILE : (this.paths[0] ?? ""));
    for (const path of [...wanted, inFront].filter(Boolean)) tabs = shown(tabs, path);
    this.#show({ tabs });
    await Promise.all([...new Set([...wanted, tabs.active])].filter(Boolean).map((path) => this.#open(path)));
  }

  /** Something may have changed anywhere: look at the list again, and at the open files that differ from it. */
  async refresh() {
    clearTimeout(this.#retry);
    this.#isListStale = true;
    if (this.#isListing) return;
    this.#isListing = true;
    try {
      while (this.#isListStale && !this.#isClosed) {
        this.#isListStale = false;
        this.#listed(await this.#api.list());
      }
    } catch (failure) {
      this.#show({ problem: failure.message });
      if (!this.#isClosed) this.#retry = setTimeout(() => (this.#shown.isLoaded ? this.refresh() : this.load()), RETRY_MS);
    } finally {
      this.#isListing = false;
    }
  }

  /** What the room says: these files were changed, by somebody or by this very page. Without files: some were. */
  filesChanged({ files }) {
    const isKnown = ({ path, checksum }) => (this.#shown.files.get(path)?.checksum ?? null) === checksum;
    if (this.#shown.isLoaded && !files?.every(isKnown)) this.refresh();
  }

  /** Bring a file to the front, at a line if one is given. */
  async show(path, { line = 0, column = 0 } = {}) {
    const changed = new Set(this.#shown.changed);
    changed.delete(path);
    const count = (this.#shown.place?.count ?? 0) + 1;
    const leaving = this.#documents.get(this.#shown.tabs.active);
    if (leaving && this.#shown.tabs.active !== path) leaving.document.flush();
    this.#setTabs(shown(this.#shown.tabs, path), { changed, ...(line ? { place: { path, line, column, count } } : {}) });
    await this.#open(path);
  }

  /** Its tab goes; the file itself only once it is saved. */
  async close(path) {
    this.#setTabs(closed(this.#shown.tabs, path));
    if (this.#shown.tabs.active) this.#open(this.#shown.tabs.active);
    await this.#forgetSaved(path);
  }

  async closeOthers(path) {
    const others = this.#shown.tabs.open.filter((each) => each !== path);
    this.#setTabs(closedOthers(this.#shown.tabs, path));
    this.#open(path);
    await Promise.all(others.map((each) => this.#forgetSaved(each)));
  }

  reorder(path, target) {
    this.#setTabs(reordered(this.#shown.tabs, path, target));
  }

  setTabs(tabs) {
    if (tabs.active) this.show(tabs.active);
  }

  /** `{ document, buffer }` of an open file, once it was read. */
  opened(path) {
    return this.#documents.get(path) ?? null;
  }

  /** Save all that waits. */
  async flush(options) {
    await Promise.all([...this.#documents.values()].map(({ document }) => document.flush(options)));
  }

  /** The page is left, or shows another app. */
  leave() {
    this.flush({ isLeaving: true });
    clearTimeout(this.#retry);
    this.#isClosed = true;
    for (const { document } of this.#documents.values()) document.close();
  }

  addFolder(path) {
    this.#show({ folders: [...new Set([...this.#shown.folders, path])] });
  }

  dropFolder(path) {
    this.#show({ folders: this.#shown.folders.filter((each) => each !== path) });
  }

  /** An answer to something that changed files: `{ files: [{ path, checksum, text? }], diagnostics?, said? }`. */
  took(answer) {
    for (const sentence of answer.said ?? []) this.#tell(sentence);
    const { files, changed } = this.#shown;
    const paths = answer.files.map(({ path }) => path);
    const isOther = answer.files.some(({ path, checksum }) => files.has(path) === (checksum === null));
    for (const { path, checksum } of answer.files) {
      if (checksum === null) files.delete(path);
      else files.set(path, { size: 0, locked: false, ...files.get(path), path, checksum });
      const open = this.#documents.get(path);
      if (open && open.document.base.checksum !== checksum) open.document.changedElsewhere(checksum);
    }
    if (paths.some((path) => path !== this.#shown.tabs.active)) this.#recheck();
    // The page draws only what is another object than before: a save mostly changes nothing that is seen.
    this.#show({
      ...(isOther ? { files: new Map(files) } : {}),
      ...(paths.some((path) => changed.has(path)) ? { changed: new Set([...changed].filter((path) => !paths.includes(path))) } : {}),
      ...(answer.diagnostics && !isSame(answer.diagnostics, this.#shown.saved) ? { saved: answer.diagnostics } : {}),
    });
  }

  /** What the types of a file say of its text as it stands. */
  checked(path, problems) {
    const now = { path, problems };
    if (!isSame(now, this.#shown.checked)) this.#show({ checked: now });
  }

  lockedAs(paths, locked) {
    const files = new Map(this.#shown.files);
    for (const path of paths) files.set(path, { ...files.get(path), locked });
    this.#show({ files });
  }

  /** From now on until `moved`, what is missing there is on its way. "": nothing any more. */
  moves(from) {
    this.#moving = from;
  }

  /** `bases` are what the files are now, by their paths after it. */
  moved(from, to, bases) {
    const documents = [...this.#documents];
    this.#documents = new Map(
      documents.map(([path, open]) => {
        const now = afterRename({ open: [path], active: "" }, from, to).open[0];
        if (now !== path) {
          open.buffer.moveTo?.(now);
          open.document.moveTo(now, bases.get(now));
        }
        return [now, open];
      }),
    );
    const folders = afterRename({ open: this.#shown.folders, active: "" }, from, to).open;
    this.#setTabs(afterRename(this.#shown.tabs, from, to), { folders });
    for (const { document } of this.#documents.values()) this.#noteStatus(document);
  }

  /** Deleted here: tabs close without asking. */
  gone(paths) {
    let { tabs } = this.#shown;
    for (const path of paths) {
      tabs = closed(tabs, path);
      this.#documents.get(path)?.document.discard();
      this.#documents.delete(path);
    }
    this.#setTabs(tabs);
    if (tabs.active) this.#open(tabs.active);
  }

  #listed({ files: rows }) {
    const before = this.#shown.files;
    const files = new Map(rows.map((file) => [file.path, file]));
    const changed = new Set([...this.#shown.changed].filter((path) => files.has(path)));
    for (const [path, { checksum }] of files) {
      const isOurs = this.#documents.get(path)?.document.base.checksum === checksum;
      const isSeen = path === this.#shown.tabs.active || isOurs || before.get(path)?.checksum === checksum;
      if (this.#shown.isLoaded && !isSeen) changed.add(path);
    }
    const isOther = ([path, { checksum }]) => path !== this.#shown.tabs.active && before.get(path)?.checksum !== checksum;
    if ([...files].some(isOther)) this.#recheck();
    this.#show({ isLoaded: true, problem: "", files, changed });
    for (const [path, { document }] of this.#documents) {
      const checksum = files.get(path)?.checksum ?? null;
      if (document.base.checksum === checksum || (this.#moving && isInside(path, this.#moving))) continue;
      if (checksum === null && !document.isDirty && document.status === "saved") this.#lost(path);
      else document.changedElsewhere(checksum);
    }
    const tabs = this.#shown.tabs.open
      .filter((path) => !files.has(path) && !this.#documents.has(path) && !this.#opening.has(path))
      .reduce(closed, this.#shown.tabs);
    if (tabs !== this.#shown.tabs) this.#setTabs(tabs);
  }

  /** Another file than the one in front has changed, which may mend or break what that imports. */
  #recheck() {
    this.#documents.get(this.#shown.tabs.active)?.buffer.recheck?.();
  }

  /** Deleted by somebody else, and nothing was typed in it. */
  #lost(path) {
    this.gone([path]);
  }

  #open(path) {
    if (this.#documents.has(path)) return Promise.resolve();
    if (!this.#opening.has(path)) {
      const opening = this.#read(path).finally(() => this.#opening.delete(path));
      this.#opening.set(path, opening);
    }
    return this.#opening.get(path);
  }

  async #read(path) {
    this.#setStatus(path, { isReady: false, problem: "" });
    let file;
    try {
      file = await this.#api.read(path);
    } catch (failure) {
      this.#setStatus(path, { isReady: false, problem: failure.message });
      return;
    }
    if (this.#isClosed || this.#documents.has(path)) return;
    const start = reopened(file, this.#drafts.take(path));
    if (file.text === null && !start.isRestored) {
      this.gone([path]);
      return;
    }
    const onChange = () => this.#documents.get(document.path)?.document === document && this.#noteStatus(document);
    const buffer = this.#openBuffer(path, start.text, () => document.typed());
    const document = new Document({
      path,
      ...start,
      isDirty: start.isRestored,
      buffer,
      server: { read: this.#api.read, save: (...asked) => this.#save(...asked) },
      drafts: this.#drafts,
      onChange,
    });
    this.#documents.set(path, { document, buffer });
    this.#noteStatus(document);
  }

  async #save(path, text, base, options) {
    const saved = await this.#api.save(path, text, base, options);
    this.took(saved.answer);
    return saved;
  }

  async #forgetSaved(path) {
    const open = this.#documents.get(path);
    if (!open) return;
    await open.document.flush();
    if (open.document.status !== "saved" || this.#shown.tabs.open.includes(path)) return;
    open.document.close();
    this.#documents.delete(path);
    const statuses = new Map(this.#shown.statuses);
    statuses.delete(path);
    this.#show({ statuses });
  }

  /** Whether it waits or is on its way makes no difference to who looks. */
  #noteStatus({ path, status: exact, problem, theirs }) {
    const status = exact === "waiting" ? "saving" : exact;
    const known = this.#shown.statuses.get(path);
    if (known?.isReady && known.status === status && known.problem === problem && known.theirs === theirs) return;
    this.#setStatus(path, { status, problem, theirs, isReady: true });
  }

  #setStatus(path, status) {
    this.#show({ statuses: new Map(this.#shown.statuses).set(path, status) });
  }

  #setTabs(tabs, others = {}) {
    remember(this.#storage, this.#slug, tabs);
    this.#show({ tabs, ...others });
  }

  #show(change) {
    if (!Object.keys(change).length) return;
    const now = { ...this.#shown, ...change };
    const found = diagnosticsOf(now.saved, now.checked, now.tabs.active);
    this.#shown = { ...now, diagnostics: isSame(found, now.diagnostics) ? now.diagnostics : found };
    for (const listener of this.#listeners) listener();
  }
}

function isSame(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
