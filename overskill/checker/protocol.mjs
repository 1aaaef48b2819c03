/**
 * The DevTools protocol over a pipe: messages of JSON, each ended by a zero byte. No port is opened, so nothing that
 * runs inside the browser can speak it.
 */
export class Connection {
  #next = 1;
  #waiting = new Map(); // id -> {resolve, reject, timer}
  #listeners = new Set();
  #output;
  #pieces = [];

  /** @param {import("node:stream").Writable} output @param {import("node:stream").Readable} input */
  constructor(output, input) {
    this.#output = output;
    output.on("error", () => this.close()); // the browser is gone; so says the end of its own side
    input.on("data", (chunk) => this.#read(chunk));
    input.on("close", () => this.close());
  }

  isOpen = true;

  /** Rejects with Unanswered after `patience`, and with Refused where the browser says no. */
  send(method, params = {}, { session, patience = 5_000 } = {}) {
    if (!this.isOpen) return Promise.reject(new Gone());
    const id = this.#next++;
    const { promise, resolve, reject } = Promise.withResolvers();
    const timer = setTimeout(() => this.#settle(id, () => reject(new Unanswered(method))), patience);
    this.#waiting.set(id, { resolve, reject, timer });
    this.#output.write(`${JSON.stringify({ id, method, params, sessionId: session })}\0`);
    return promise;
  }

  /** @param {(method: string, params: object, session: string | undefined) => void} listener */
  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close() {
    this.isOpen = false;
    for (const [id, { reject }] of this.#waiting) this.#settle(id, () => reject(new Gone()));
  }

  #read(chunk) {
    let start = 0;
    for (let end; (end = chunk.indexOf(0, start)) >= 0; start = end + 1) {
      this.#pieces.push(chunk.subarray(start, end));
      const message = JSON.parse(Buffer.concat(this.#pieces).toString());
      this.#pieces = [];
      this.#take(message);
    }
    this.#pieces.push(chunk.subarray(start));
  }

  #take({ id, result, error, method, params, sessionId }) {
    if (id === undefined) {
      for (const listener of this.#listeners) listener(method, params, sessionId);
      return;
    }
    const { resolve, reject } = this.#waiting.get(id) ?? {}; // an answer after its patience is nobody's
    this.#settle(id, () => (error ? reject(new Refused(error.message)) : resolve(result)));
  }

  #settle(id, how) {
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    clearTimeout(waiting.timer);
    this.#waiting.delete(id);
    how();
  }
}

/** The browser did not answer in time: what was asked hangs. */
export class Unanswered extends Error {
  name = "Unanswered";
}

/** The browser answered that it can't: the page went elsewhere meanwhile, or is gone. */
export class Refused extends Error {
  name = "Refused";
}

/** The browser is not there any more. */
export class Gone extends Error {
  name = "Gone";

  constructor() {
    super("The browser ended.");
  }
}
