/**
 * What an app says while it runs in the preview: its console, its requests, its errors. Kept outside React and bounded:
 * an app may say as much as it likes, and whoever shows this hears of it a few times a second.
 *
 * @typedef {import("./preview_values.js").Value} Value
 * @typedef {import("./preview_messages.js").Frame} Frame
 * @typedef {{ id: number, at: number, level: string, text: string, values: Value[], frames: Frame[], count: number }} Line
 *   `level` is one of LEVELS, or "reload" for a line between two visits.
 * @typedef {{ id: number, at: number, method: string, url: string, status: number, milliseconds: number,
 *   size: number | null }} Request
 * @typedef {import("./preview_messages.js").PreviewError & { id: number, at: number, count: number, isPast: boolean }} Failure
 */
import { errorFrom, framesFrom, limited } from "./preview_messages.js";
import { lineOf, valuesFrom } from "./preview_values.js";

export const LEVELS = ["error", "warn", "info", "log", "debug"];
const MOST = { lines: 1000, requests: 500, failures: 50 };
const PAUSE_MS = 150;
const MOST_REPORTED = 8;

export class PreviewLog {
  /** @type {Line[]} */
  lines = [];
  /** @type {Request[]} */
  requests = [];
  /** @type {Failure[]} */
  failures = [];
  #version = 0;
  #lastId = 0;
  #listeners = new Set();
  #timer = null;

  /** Take a message of the preview; those that are no part of the log change nothing. */
  hear(message) {
    if (message.type === "console") this.#addLine(lineFrom(message));
    else if (message.type === "request") this.#keep("requests", requestFrom(message));
    else if (message.type === "error" && message.kind !== "compile") this.#addFailure(errorFrom(message));
    else if (message.type === "problems") this.#takeProblems(message);
    else if (message.type === "updated") this.#settleFailures();
  }

  /** The app begins anew. @param {boolean} isKept  what it said before is to stay */
  visit(isKept) {
    if (!isKept) this.clear();
    else if (this.lines.length > 0 && this.lines.at(-1).level !== "reload") this.#addLine({ ...SILENT, level: "reload", text: "Reloaded" });
    this.#settleFailures();
  }

  clear() {
    [this.lines, this.requests, this.failures] = [[], [], []];
    this.#tell();
  }

  /** The newest lines, as a report of an error quotes them. */
  get reported() {
    const said = this.lines.filter(({ level }) => level !== "debug" && level !== "reload");
    const failed = this.requests.filter(({ status }) => status === 0 || status >= 400);
    const all = [
      ...said.slice(-MOST_REPORTED).map(({ at, level, text }) => ({ at, words: `${level}: ${text}` })),
      ...failed.slice(-MOST_REPORTED).map(({ at, method, url, status }) => ({ at, words: `${method} ${url}: ${statusWords(status)}` })),
    ];
    return all
      .sort((one, other) => one.at - other.at)
      .slice(-MOST_REPORTED)
      .map(({ words }) => words.slice(0, 240));
  }

  subscribe = (listener) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Another number whenever something has changed. */
  version = () => this.#version;

  #addLine(line) {
    const last = this.lines.at(-1);
    if (last && isSame(last, line)) this.lines[this.lines.length - 1] = { ...last, at: Date.now(), count: last.count + 1 };
    else return this.#keep("lines", line);
    this.#tell();
  }

  #addFailure(error) {
    const key = fingerprint(error);
    const index = this.failures.findIndex((failure) => fingerprint(failure) === key);
    if (index < 0) return this.#keep("failures", { ...error, count: 1, isPast: false });
    const known = this.failures[index];
    this.failures[index] = { ...known, ...error, at: Date.now(), count: known.count + 1, isPast: false };
    this.#tell();
  }

  /** All that does not compile, instead of what did not before. */
  #takeProblems({ problems, isHeldBack }) {
    this.#settleFailures();
    const sent = Array.isArray(problems) ? problems.slice(0, MOST.failures) : [];
    for (const problem of sent) this.#addFailure(errorFrom({ ...problem, isHeldBack }));
  }

  /** There is another version of the app: what comes again is told again. */
  #settleFailures() {
    this.failures = this.failures.map((failure) => (failure.isPast ? failure : { ...failure, isPast: true }));
    this.#tell();
  }

  #keep(name, entry) {
    const list = this[name];
    list.push({ ...entry, id: (this.#lastId += 1), at: Date.now() });
    if (list.length > MOST[name] * 1.2) this[name] = list.slice(-MOST[name]);
    this.#tell();
  }

  #tell() {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#version += 1;
      for (const listener of this.#listeners) listener();
    }, PAUSE_MS);
  }
}

const SILENT = { level: "log", text: "", values: [], frames: [], count: 1 };

function lineFrom(message) {
  const values = valuesFrom(message.values);
  return {
    level: LEVELS.includes(message.level) ? message.level : "log",
    text: lineOf(values) || limited(message.text, 400),
    values,
    frames: framesFrom(message.frames),
    count: 1,
  };
}

function requestFrom({ method, url, status, milliseconds, size }) {
  const number = (value) => (Number.isFinite(value) && value >= 0 ? value : 0);
  return {
    method: limited(method, 20),
    url: limited(url, 2000),
    status: number(status),
    milliseconds: number(milliseconds),
    size: size === null || size === undefined ? null : number(size),
  };
}

/** Objects are told apart by all that is known of them: two of another content are two lines. */
function isSame(one, other) {
  return one.level === other.level && one.text === other.text && JSON.stringify(one.values) === JSON.stringify(other.values);
}

const fingerprint = ({ message, file, line }) => JSON.stringify([message, file, line]);

/** The lines to show. @param {{ text: string, levels: string[] }} filter */
export function filtered(lines, { text, levels }) {
  const wanted = text.trim().toLowerCase();
  return lines.filter(
    ({ level, text: said }) => (level === "reload" || levels.includes(level)) && (!wanted || said.toLowerCase().includes(wanted)),
  );
}

export const statusWords = (status) => (status === 0 ? "no answer" : `status ${status}`);

export function sizeInWords(bytes) {
  if (bytes === null) return "";
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

export function timeInWords(milliseconds) {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
