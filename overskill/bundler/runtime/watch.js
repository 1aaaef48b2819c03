/** What happens in the app, told to the editor: the console, errors, failed requests, the route. */
import { SOURCE_SCHEME } from "./registry.js";

const LONGEST_TEXT = 2000;
const MOST_PER_SECOND = 40;
const FRAME = new RegExp(`${SOURCE_SCHEME}([^\\s?)]+?):(\\d+):(\\d+)`);

/** @param {(type: string, details: object) => void} post */
export function watchConsole(post) {
  const allowed = limiter();
  for (const level of ["debug", "log", "info", "warn", "error"]) {
    const original = console[level];
    console[level] = (...values) => {
      original.apply(console, values);
      if (allowed()) post("console", { level, text: textOf(values) });
    };
  }
}

/** @param {(error: {message: string, stack: string, frame: object | null, kind: string}) => void} report */
export function watchErrors(report) {
  addEventListener("error", ({ error, message }) => {
    if (error || message) report(described(error ?? message, "error"));
  });
  addEventListener("unhandledrejection", ({ reason }) => report(described(reason, "rejection")));
}

export function described(error, kind) {
  const stack = String(error?.stack ?? "").slice(0, 4 * LONGEST_TEXT);
  const [, file, line, column] = FRAME.exec(stack) ?? [];
  return {
    kind,
    message: clip(error?.message ? `${error.name ?? "Error"}: ${error.message}` : textOf([error])),
    stack,
    // The function around each module adds a line of its own before the compiled code.
    frame: file ? { file, line: Number(line) - 1, column: Number(column) } : null,
  };
}

export function watchRequests(post) {
  const allowed = limiter();
  const failed = (method, url, status) => {
    if (allowed()) post("request-failed", { method, url: clip(String(url)), status });
  };
  const fetchOriginal = window.fetch;
  window.fetch = async (input, init) => {
    const method = (init?.method ?? input?.method ?? "GET").toUpperCase();
    const url = input?.url ?? input;
    try {
      const response = await fetchOriginal(input, init);
      if (!response.ok && response.type !== "opaque") failed(method, url, response.status);
      return response;
    } catch (error) {
      if (error?.name !== "AbortError") failed(method, url, 0);
      throw error;
    }
  };
  const openOriginal = XMLHttpRequest.prototype.open;
  XMLHttpRequest.prototype.open = function (method, url, ...rest) {
    this.addEventListener("loadend", () => {
      if (this.status === 0 || this.status >= 400) failed(String(method).toUpperCase(), url, this.status);
    });
    return openOriginal.call(this, method, url, ...rest);
  };
}

export function watchRoute(post) {
  let last = null;
  const tell = () => {
    const path = location.pathname + location.search + location.hash;
    if (path !== last) post("route", { path });
    last = path;
  };
  for (const name of ["pushState", "replaceState"]) {
    const original = history[name];
    history[name] = function (...values) {
      original.apply(this, values);
      tell();
    };
  }
  addEventListener("popstate", tell);
  addEventListener("hashchange", tell);
  tell();
}

/** At most so many a second: an app that logs in a loop must not take the editor with it. */
function limiter() {
  let second = 0;
  let count = 0;
  return () => {
    const now = Math.floor(performance.now() / 1000);
    if (now !== second) [second, count] = [now, 0];
    count += 1;
    return count <= MOST_PER_SECOND;
  };
}

const clip = (text) => (text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text);

function textOf(values) {
  const [first, ...rest] = values;
  let used = 0;
  const formatted =
    typeof first === "string"
      ? first.replace(/%[sdifoOc%]/g, (code) => {
          if (code === "%%" || used >= rest.length) return code === "%%" ? "%" : code;
          const value = rest[used++];
          return code === "%c" ? "" : show(value);
        })
      : show(first);
  return clip([formatted, ...rest.slice(used).map(show)].join(" "));
}

function show(value) {
  if (typeof value === "string") return value;
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (value instanceof Node) return `<${value.nodeName.toLowerCase()}>`;
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}
