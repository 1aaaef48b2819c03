/** The files of one app, over HTTP (overskill/routes/files.py). Texts come and go with plain line breaks. */
import { Conflict, Refused } from "./failures.js";

const PATIENCE_MS = 20_000; // then the connection counts as lost
const LARGEST_LEAVING = 60_000; // characters: browsers send no more for a page that is gone
const TRY_AGAIN = new Set([408, 429]);
const GONE = { checksum: null, text: null };

const isFinal = ({ ok, status }) => !ok && status < 500 && !TRY_AGAIN.has(status);

export function filesApi(slug, fetch = (...request) => globalThis.fetch(...request)) {
  const root = `/api/studio/${encodeURIComponent(slug)}`;
  const address = (path) => `${root}/files/${path.split("/").map(encodeURIComponent).join("/")}`;

  const ask = async (url, options = {}) => {
    const response = await fetch(url, { ...options, signal: AbortSignal.timeout(PATIENCE_MS) });
    const answer = await response.json().catch(() => null); // null: it broke off
    if (response.ok && answer) return answer;
    const words = answer?.error || "That did not work. Try again in a moment.";
    if (!answer && response.status === 409) throw new Error(words); // it would have told what the file is now
    if (response.status === 409 && answer.conflicts) throw new Conflict(words, answer.conflicts);
    if (isFinal(response)) throw Object.assign(new Refused(words), { status: response.status });
    throw new Error(words);
  };
  const post = (url, body, options) =>
    ask(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body), ...options });

  const change = (changes, { note = "", isLeaving = false, isTyping = false } = {}) => {
    const size = changes.reduce((sum, { text }) => sum + (text?.length ?? 0), 0);
    return post(`${root}/files`, { changes, note, typing: isTyping }, { keepalive: isLeaving && size < LARGEST_LEAVING });
  };

  return {
    /** `{ revision, version, files: [{ path, checksum, size, locked }] }` */
    list: () => ask(`${root}/files`),

    /** `{ checksum, text }`, both null when there is no such file. */
    read: async (path) => {
      try {
        const file = await ask(address(path));
        return { checksum: file.checksum, text: plain(file.text) };
      } catch (failure) {
        if (failure instanceof Refused && failure.status === 404) return GONE;
        throw failure;
      }
    },

    /** `{ checksum, text? }` of one file, and the whole answer. Raises Conflict with `theirs`, or Refused. */
    save: async (path, text, base, options) => {
      try {
        const answer = await change([{ path, text, base }], options);
        const file = answer.files.find((each) => each.path === path) ?? {};
        return { checksum: file.checksum, ...(file.text === undefined ? {} : { text: plain(file.text) }), answer };
      } catch (failure) {
        if (!(failure instanceof Conflict)) throw failure;
        const { checksum, text: now } = failure.theirs[0];
        throw new Conflict(failure.message, { checksum, text: now === null ? null : plain(now) });
      }
    },

    /** Several files at once, or none: `[{ path, text, base }]`. */
    change,
    rename: (from, to) => post(`${root}/files/rename`, { from, to }),
    lock: (path, locked) => post(`${root}/files/lock`, { path, locked }),
    search: (query) => ask(`${root}/search?${new URLSearchParams(paramsOf(query))}`),
    lookAtReplacing: (query, replacement) => post(`${root}/replace`, { ...bodyOf(query), replacement }),
    replace: (query, replacement, files) => post(`${root}/replace`, { ...bodyOf(query), replacement, files }),
  };
}

function plain(text) {
  return text.replace(/\r\n?/g, "\n");
}

function bodyOf({ text, isCase, isWord, isRegex }) {
  return { q: text, case: isCase, word: isWord, regex: isRegex };
}

function paramsOf(query) {
  return Object.fromEntries(Object.entries(bodyOf(query)).flatMap(([name, value]) => (value === false ? [] : [[name, value === true ? 1 : value]])));
}
