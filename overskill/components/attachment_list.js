/** What is attached to a message, as plain values: the rules of the list, and the requests that fill it. */

export const MOST = 10;
export const LARGEST = 20 * 1024 * 1024;
export const LONG_PASTE = 3000; // characters: what is longer reads better as a file
const LONGEST_LINK = 2000;
const LOST = "The connection was lost. Try again.";

/**
 * @typedef {object} Attached
 * @property {number} key      of this page's own
 * @property {"uploading" | "ready" | "failed"} state
 * @property {string} name
 * @property {string} id       the server's, "" until it has one
 * @property {string} kind     "image", "text", "data", "link", "code", or "" while nobody knows
 * @property {string} note     what was found in it, or why it failed
 * @property {string[]} details
 * @property {string} thumbnail
 * @property {number} progress from 0 to 1
 */

/** @returns {Attached} */
export function waiting(key, name, kind = "") {
  return { key, state: "uploading", name, id: "", kind, note: "", details: [], thumbnail: "", progress: 0 };
}

/** The list with one of its entries changed; the same list when that entry is gone. */
export function changed(list, key, facts) {
  return list.some((one) => one.key === key)
    ? list.map((one) => (one.key === key ? { ...one, ...facts } : one))
    : list;
}

/** What an entry becomes by the server's answer. */
export function answered(view) {
  const { id, kind, name, note, details, thumbnail } = view;
  return { state: "ready", progress: 1, id, kind, name, note, details, thumbnail };
}

export function failed(note) {
  return { state: "failed", note, progress: 0 };
}

/** Why a file can't be taken, as far as that is known here. "" for nothing. */
export function problemOf(file, count) {
  if (count >= MOST) return `At most ${MOST} things go along with one message.`;
  if (file.size > LARGEST) return "That file is larger than 20 MB, which is too much to attach.";
  if (file.size === 0) return "That file is empty.";
  return "";
}

/** The address, if a text is one and nothing else. */
export function linkIn(text) {
  const trimmed = text.trim();
  if (trimmed.length > LONGEST_LINK || /\s/.test(trimmed) || !/^https?:\/\/[^/]+\.[^/]+/i.test(trimmed)) return "";
  return URL.canParse(trimmed) ? trimmed : "";
}

/** An address in as few words as tell it from others. */
export function linkWords(url) {
  const { host, pathname } = new URL(url);
  const words = `${host.replace(/^www\./, "")}${pathname === "/" ? "" : pathname}`;
  return words.length > 48 ? `${words.slice(0, 47)}…` : words;
}

/** What was ready on this page before it was loaded again. */
export function kept(storage, place) {
  try {
    const list = JSON.parse(storage.getItem(place) ?? "[]");
    return Array.isArray(list) ? list.filter((one) => one?.id && one.state === "ready") : [];
  } catch {
    return [];
  }
}

export function keep(storage, place, list) {
  const ready = list.filter(({ state }) => state === "ready");
  if (ready.length) storage.setItem(place, JSON.stringify(ready));
  else storage.removeItem(place);
}

/**
 * Send a file, and say how far it is.
 *
 * @returns {{ done: Promise<object>, stop: () => void }} `done` fails with a sentence.
 */
export function upload(file, onProgress) {
  const request = new XMLHttpRequest(); // fetch does not tell how much was sent
  const done = new Promise((resolve, reject) => {
    request.upload.addEventListener("progress", (event) => onProgress(event.loaded / event.total));
    request.addEventListener("load", () => {
      const answer = read(request.responseText);
      if (request.status === 201) resolve(answer);
      else reject(new Error(answer.error ?? LOST));
    });
    request.addEventListener("error", () => reject(new Error(LOST)));
  });
  const form = new FormData();
  form.set("file", file, file.name);
  request.open("POST", "/api/attachments");
  request.send(form);
  return { done, stop: () => request.abort() };
}

/** Have the server read a page. */
export async function readLink(url) {
  const response = await fetch("/api/attachments/link", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ url }),
  }).catch(() => null);
  const answer = read(response ? await response.text() : "");
  if (response?.status !== 201) throw new Error(answer.error ?? LOST);
  return answer;
}

/** Take back what was not sent. If this does not arrive, the server forgets it after a day. */
export function takeBack(id) {
  fetch(`/api/attachments/${id}`, { method: "DELETE" }).catch(() => {});
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
