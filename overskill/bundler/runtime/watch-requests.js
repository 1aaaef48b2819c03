/** The app's requests, told to the editor when they have ended: how, how long they took, and how large the answer is. */
import { limiter } from "./limiter.js";
import { clip } from "./values.js";

const NOTE = "x-preview-note"; // what the preview has to say of its answer (server/http.mjs)

/** @param {(request: {method: string, url: string, status: number, milliseconds: number, size: number | null}) => void} tell */
export function watchRequests(tell) {
  const allowed = limiter();
  const begin = (method, url) => {
    const started = performance.now();
    return (status, size = null) => {
      if (!allowed()) return;
      const milliseconds = Math.round(performance.now() - started);
      tell({ method: clip(String(method).toUpperCase(), 20), url: clip(absolute(url)), status, milliseconds, size });
    };
  };
  watchFetch(begin);
  watchXhr(begin);
}

function watchFetch(begin) {
  const original = window.fetch;
  window.fetch = async (input, init) => {
    const end = begin(init?.method ?? input?.method ?? "GET", input?.url ?? input);
    try {
      const response = await original(input, init);
      note(response.headers.get(NOTE));
      if (response.type !== "opaque") end(response.status, sizeOf(response.headers.get("content-length")));
      return response;
    } catch (error) {
      if (error?.name !== "AbortError") end(0);
      throw error;
    }
  };
}

function watchXhr(begin) {
  const original = XMLHttpRequest.prototype.open;
  XMLHttpRequest.prototype.open = function (method, url, ...rest) {
    let end = () => {};
    this.addEventListener("loadstart", () => (end = begin(method, url)));
    this.addEventListener("loadend", ({ loaded }) => {
      if (this.getAllResponseHeaders().includes(NOTE)) note(this.getResponseHeader(NOTE));
      end(this.status, this.status === 0 ? null : loaded);
    });
    return original.call(this, method, url, ...rest);
  };
}

function note(text) {
  if (text) console.warn(text);
}

/** What is asked of the app's own origin is shown without it. */
function absolute(url) {
  try {
    const { origin, href } = new URL(String(url), location.href);
    return origin === location.origin ? href.slice(origin.length) : href;
  } catch {
    return String(url);
  }
}

const sizeOf = (header) => (header === null || !/^\d+$/.test(header) ? null : Number(header));
