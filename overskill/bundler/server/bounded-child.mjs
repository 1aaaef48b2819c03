/**
 * A child of the daemon that does one thing after another, bounded in time and memory: previews never wait for it, and
 * what makes a parser crash takes only the child along. It starts when it is needed and goes when it is not.
 */
import { fork } from "node:child_process";

import { Refused } from "../core/files.mjs";

const IDLE_AFTER = 60_000;
const LONGEST_START = 10_000; // ms; what the child loads takes long where many things run at once

export class BoundedChild {
  #child = null;
  #loaded = null; // a promise of the child's first message
  #waiting = new Map(); // id -> how it ends
  #queue = Promise.resolve();
  #idle = null;
  #count = 0;

  /**
   * @param {URL} script  answers a message {id, …} with {id, result} or {id, error: {kind, message}}
   * @param {object} bounds
   * @param {number} bounds.memory   megabytes
   * @param {number} bounds.longest  milliseconds for one answer, once the child is there
   * @param {string} bounds.failed   the sentence for the user when there is none
   */
  constructor(script, { memory, longest, failed, idleAfter = IDLE_AFTER }) {
    Object.assign(this, { script, memory, longest, failed, idleAfter });
  }

  ask(message) {
    const result = this.#queue.then(() => this.#ask(message));
    this.#queue = result.catch(() => {});
    return result;
  }

  /** Start it ahead of the first question. */
  wake() {
    this.#child ??= this.#start();
    this.#rest();
  }

  close() {
    clearTimeout(this.#idle);
    this.#child?.kill("SIGKILL");
    this.#child = null;
  }

  #ask(message) {
    clearTimeout(this.#idle);
    const child = (this.#child ??= this.#start());
    const id = (this.#count += 1);
    return new Promise((resolve, reject) => {
      const end = () => child.kill("SIGKILL");
      let tooLong = setTimeout(end, LONGEST_START);
      this.#loaded.then(() => {
        clearTimeout(tooLong);
        if (this.#waiting.has(id)) tooLong = setTimeout(end, this.longest);
      });
      this.#waiting.set(id, ({ result, error }) => {
        clearTimeout(tooLong);
        this.#waiting.delete(id);
        this.#rest();
        if (error) reject(new Refused(error.kind, error.message ?? this.failed));
        else resolve(result);
      });
      child.send({ id, ...message });
    });
  }

  #rest() {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.close(), this.idleAfter).unref();
  }

  #start() {
    const child = fork(this.script, { execArgv: [...process.execArgv, `--max-old-space-size=${this.memory}`] });
    this.#loaded = new Promise((resolve) => child.once("message", resolve));
    child.on("message", (answer) => this.#waiting.get(answer.id)?.(answer));
    child.on("error", () => child.kill("SIGKILL"));
    child.on("exit", () => {
      if (this.#child !== null && this.#child !== child) return; // who waits now waits for another
      this.#child = null;
      for (const end of this.#waiting.values()) end({ error: { kind: "unavailable" } });
    });
    child.unref();
    child.channel.unref();
    return child;
  }
}

/** The child's side: answers each message with what `work` makes of it. */
export function answerMessages(work) {
  process.on("message", async ({ id, ...message }) => process.send({ id, ...(await outcome(work, message)) }));
  process.on("disconnect", () => process.exit(0));
  process.send({}); // it is there
}

async function outcome(work, message) {
  try {
    return { result: await work(message) };
  } catch (error) {
    if (!(error instanceof Refused)) console.error(error);
    return {
      error: error instanceof Refused ? { kind: error.kind, message: error.message } : { kind: "unavailable" },
    };
  }
}
