/** The apps this daemon holds, what their viewers are shown, and the methods Python calls. */
import { App } from "../core/app.mjs";
import { originalPosition } from "../core/compile.mjs";
import { excerpt } from "../core/diagnostics.mjs";
import { isCode, Refused } from "../core/files.mjs";
import { problems, stateSince, wholeState } from "./messages.mjs";

const KEY = /^[a-z0-9](?:[a-z0-9-]{1,60}[a-z0-9])$/;
export const SHARED_LABEL = "shared"; // the host that serves packages to all apps; never an app's key
const LONGEST_PATH = 200;
const SETTLE_AFTER = 200; // ms after an edit of CSS variables
const IDLE_AFTER = 30 * 60_000;
const SWEEP_EVERY = 60_000;

/**
 * @typedef {object} Entry
 * @property {App} app
 * @property {Set<import("./viewer.mjs").Viewer>} viewers
 * @property {import("../core/app.mjs").Snapshot | null} shown
 * @property {boolean} hasFiles     false: a shell that waits for them
 * @property {boolean} isRestored   it came from the journal, which may lag behind: only `open` makes it certain again
 * @property {boolean} hidesProblems  a turn is being written
 * @property {string} toldProblems  what viewers know to be wrong, as JSON
 * @property {number} touched
 */

export class OpenApps {
  #entries = new Map();
  #connections = new Set();
  #sent = 0; // bytes, over connections that are closed

  constructor({ vendor, journal, guard, added }) {
    this.vendor = vendor;
    this.added = added;
    this.journal = journal;
    this.guard = guard;
    this.sweeper = setInterval(() => this.#evictIdle(), SWEEP_EVERY).unref();
  }

  /** The app a browser asks for: held, or lazily reopened from the journal. @returns {Promise<Entry | null>} */
  async find(key) {
    if (!isKey(key)) return null;
    const held = this.#entries.get(key);
    if (held) {
      await held.ready;
      return held;
    }
    const saved = this.journal.read(key);
    return saved ? this.#restore(key, saved) : null;
  }

  async #restore(key, { files, isDraft }) {
    const entry = this.#add(key);
    entry.isRestored = true;
    entry.hasFiles = files !== null;
    entry.ready = files ? this.#apply(entry, files, { isWhole: true, isDraft }) : Promise.resolve();
    try {
      await entry.ready;
      return entry;
    } catch (error) {
      this.close({ key }); // what was saved can't be opened any more: the studio opens it again
      throw error;
    }
  }

  async open({ key, files }) {
    checkKey(key);
    if (!isRecord(files)) throw new Refused("invalid_input", "open needs the app's files.");
    const known = await this.find(key);
    const entry = known ?? this.#add(key);
    try {
      const result = await this.#apply(entry, files, { isWhole: true });
      entry.isRestored = false;
      return result;
    } catch (error) {
      if (!known) this.close({ key });
      throw error;
    }
  }

  async shell({ key }) {
    checkKey(key);
    const entry = (await this.find(key)) ?? this.#add(key);
    entry.touched = Date.now();
    if (!entry.hasFiles) entry.isRestored = false;
    this.#save(entry);
    return {};
  }

  async update({ key, changes, draft = false }) {
    checkKey(key);
    if (!isRecord(changes)) throw new Refused("invalid_input", "update needs the changes.");
    const entry = await this.find(key);
    if (!entry?.hasFiles || entry.isRestored) {
      throw new Refused("unknown_app", "The preview was restarted and does not hold this app. Open it again.");
    }
    return this.#apply(entry, changes, { isDraft: draft });
  }

  close({ key }) {
    checkKey(key);
    const entry = this.#entries.get(key);
    this.#entries.delete(key);
    this.journal.remove(key);
    for (const viewer of entry?.viewers ?? []) viewer.send({ type: "gone" });
    return {};
  }

  async css({ key }) {
    const entry = await this.find(key);
    if (!entry) throw new Refused("unknown_app", "The preview does not hold this app. Open it again.");
    return { css: entry.shown?.sheet.text ?? "" };
  }

  stats() {
    const { rss, heapUsed } = process.memoryUsage();
    const viewers = [...this.#entries.values()].reduce((sum, entry) => sum + entry.viewers.size, 0);
    const sent = [...this.#connections].reduce((sum, { bytesWritten }) => sum + bytesWritten, this.#sent);
    return { apps: this.#entries.size, viewers, sent, rss, heap: heapUsed, uptime: process.uptime() };
  }

  /** From now on `stats` tells what a viewer's connection was sent, as it went over the wire. */
  countSent(socket) {
    this.#connections.add(socket);
    socket.once("close", () => {
      this.#connections.delete(socket);
      this.#sent += socket.bytesWritten;
    });
  }

  /** What a browser that connects (again) needs to see. */
  greet(entry, viewer, revision) {
    entry.viewers.add(viewer);
    entry.touched = Date.now();
    if (!entry.shown) viewer.send({ type: "waiting" });
    else if (entry.shown.revision !== revision) viewer.send(wholeState(entry.shown, this.vendor.icons));
    if (!entry.hidesProblems) viewer.send(problems(entry.app));
  }

  initialState(entry) {
    return entry.shown ? wholeState(entry.shown, this.vendor.icons) : null;
  }

  /** A place in a module's compiled code, as a place in the app's file, with the lines around it; zeros when unknown. */
  async locate(entry, { file, line, column }) {
    const text = entry.app.files.get(file);
    const isKnown = text !== undefined && isCode(file) && Number.isInteger(line) && Number.isInteger(column);
    const place = isKnown ? await originalPosition(file, text, { line, column }) : null;
    if (place === null) return { file: String(file).slice(0, LONGEST_PATH), line: 0, column: 0 };
    return { file, ...place, excerpt: excerpt(text, place.line) };
  }

  #add(key) {
    const held = this.#entries.get(key);
    if (held) return held; // asked for twice at the same time
    const app = new App(key, this.vendor, {
      compile: (...file) => this.guard.compile(...file),
      viewOf: (manifest, specifiers) => this.added.viewOf(manifest, specifiers),
    });
    const entry = {
      app,
      viewers: new Set(),
      shown: null,
      hasFiles: false,
      isRestored: false,
      hidesProblems: false,
      toldProblems: "[]",
      touched: Date.now(),
      ready: Promise.resolve(),
    };
    this.#entries.set(key, entry);
    return entry;
  }

  #apply(entry, files, { isWhole = false, isDraft = false }) {
    const { app } = entry;
    return app.inTurn(async () => {
      const changes = isWhole ? app.changesTo(files) : new Map(Object.entries(files));
      const { milliseconds } = await app.apply(changes);
      entry.hasFiles = true;
      entry.hidesProblems = isDraft && !app.isSound;
      entry.touched = Date.now();
      this.#show(entry, { isUrgent: !isDraft });
      this.#tellProblems(entry);
      if (app.styles.isStale) setTimeout(() => this.#settle(entry).catch(console.error), SETTLE_AFTER);
      this.#save(entry);
      return { revision: app.revision, diagnostics: app.diagnostics, viewers: entry.viewers.size, milliseconds };
    });
  }

  #settle(entry) {
    return entry.app.inTurn(async () => {
      if (await entry.app.settle()) this.#show(entry);
    });
  }

  #show(entry, options) {
    const { good } = entry.app;
    if (good === null || good === entry.shown) return;
    const { icons } = this.vendor;
    if (entry.viewers.size > 0)
      this.#send(entry, entry.shown ? stateSince(entry.shown, good, icons) : wholeState(good, icons), options);
    entry.shown = good;
  }

  /** Only what is not known yet: while an app is written there is mostly nothing wrong, again. */
  #tellProblems(entry) {
    const message = entry.hidesProblems ? problems(null) : problems(entry.app);
    const told = JSON.stringify(message.problems);
    if (told === entry.toldProblems) return;
    entry.toldProblems = told;
    this.#send(entry, message);
  }

  #send(entry, message, options) {
    for (const viewer of entry.viewers) viewer.send(message, options);
  }

  #save(entry) {
    const { app } = entry;
    this.journal.save(app.key, () => ({
      files: entry.hasFiles ? Object.fromEntries(app.files) : null,
      isDraft: entry.hidesProblems,
    }));
  }

  #evictIdle() {
    for (const [key, entry] of this.#entries) {
      if (entry.viewers.size === 0 && Date.now() - entry.touched > IDLE_AFTER) this.#entries.delete(key);
    }
  }
}

export const isKey = (key) => typeof key === "string" && KEY.test(key) && key !== SHARED_LABEL;

function checkKey(key) {
  if (!isKey(key))
    throw new Refused("invalid_input", "A preview key is 3 to 62 lower-case letters, digits and hyphens.");
}

function isRecord(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
