/** Speaks the Language Server Protocol with a child process: JSON-RPC messages, each after a header with its length. */
const HEADER_END = "\r\n\r\n";
const LENGTH = /^Content-Length: (\d+)/im;

/** The process ended before it answered. */
export class Gone extends Error {
  isHung = false; // it was ended, because it did not answer
}

/** It answered that it can't. */
export class Failed extends Error {}

export class Connection {
  #child;
  #received = [];
  #waiting = new Map(); // id -> {resolve, reject}
  #count = 0;
  #isOpen = true;

  /**
   * @param {import("node:child_process").ChildProcess} child
   * @param {Record<string, (params: object) => unknown>} answers  to what the server asks
   */
  constructor(child, answers = {}) {
    this.#child = child;
    this.answers = answers;
    child.stdout.on("data", (data) => this.#receive(data));
    child.stdin.on("error", () => this.#end()); // it went away while it was told something
    child.once("error", () => this.#end());
    child.once("close", () => this.#end());
  }

  get isOpen() {
    return this.#isOpen;
  }

  tell(method, params) {
    this.#send({ method, params });
  }

  /** @returns {{answer: Promise<any>, cancel: () => void}} the answer rejects with Gone or Failed */
  ask(method, params) {
    const id = (this.#count += 1);
    const answer = new Promise((resolve, reject) => {
      if (this.#isOpen) this.#waiting.set(id, { resolve, reject });
      else reject(new Gone());
    });
    this.#send({ id, method, params });
    return { answer, cancel: () => this.tell("$/cancelRequest", { id }) };
  }

  #send(message) {
    if (!this.#isOpen) return;
    const text = JSON.stringify({ jsonrpc: "2.0", ...message });
    this.#child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}${HEADER_END}${text}`);
  }

  #receive(data) {
    this.#received.push(data);
    let bytes = Buffer.concat(this.#received);
    for (;;) {
      const header = bytes.indexOf(HEADER_END);
      const length = header < 0 ? Infinity : Number(LENGTH.exec(bytes.subarray(0, header).toString())?.[1]);
      const start = header + HEADER_END.length;
      if (!(bytes.length >= start + length)) break;
      this.#take(JSON.parse(bytes.subarray(start, start + length).toString()));
      bytes = bytes.subarray(start + length);
    }
    this.#received = [bytes];
  }

  #take({ id, method, params, result, error }) {
    if (method !== undefined) {
      if (id !== undefined) this.#send({ id, result: this.answers[method]?.(params) ?? null });
      return;
    }
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) waiting?.reject(new Failed(error.message));
    else waiting?.resolve(result);
  }

  #end() {
    this.#isOpen = false;
    for (const { reject } of this.#waiting.values()) reject(new Gone());
    this.#waiting.clear();
  }
}
