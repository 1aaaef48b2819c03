/**
 * Security scans, one after another, in a child that is bounded in time and memory: previews never wait for one, and
 * an app that makes the parser crash takes only the child along. It starts when it is needed and goes when it is not.
 */
import { fork } from "node:child_process";

import { Refused } from "../core/files.mjs";

const CHILD = new URL("../scan-child.mjs", import.meta.url);
const MOST_MEMORY = 1024; // MB
const LONGEST_SCAN = 15_000; // ms; the caller waits for 20 s
const IDLE_AFTER = 60_000;
const FAILED = "The security scan could not read this code. Split very long or deeply nested files, then try again.";

export class Scans {
  #child = null;
  #waiting = new Map(); // id -> how it ends
  #queue = Promise.resolve();
  #idle = null;
  #count = 0;

  constructor({ longest = LONGEST_SCAN } = {}) {
    this.longest = longest;
  }

  /** @returns {Promise<{findings: import("../core/scan/findings.mjs").Finding[]}>} */
  scan({ files, hosts = [] }) {
    if (files === null || typeof files !== "object" || Array.isArray(files))
      throw new Refused("invalid_input", "scan needs the app's files.");
    const result = this.#queue.then(() => this.#ask(files, hosts));
    this.#queue = result.catch(() => {});
    return result;
  }

  close() {
    clearTimeout(this.#idle);
    this.#child?.kill("SIGKILL");
    this.#child = null;
  }

  #ask(files, allowedHosts) {
    clearTimeout(this.#idle);
    const child = (this.#child ??= this.#start());
    const id = (this.#count += 1);
    return new Promise((resolve, reject) => {
      const tooLong = setTimeout(() => child.kill("SIGKILL"), this.longest);
      this.#waiting.set(id, ({ findings, error }) => {
        clearTimeout(tooLong);
        this.#waiting.delete(id);
        this.#idle = setTimeout(() => this.close(), IDLE_AFTER).unref();
        if (error) reject(new Refused(error.kind, error.message ?? FAILED));
        else resolve({ findings });
      });
      child.send({ id, files, allowedHosts });
    });
  }

  #start() {
    const child = fork(CHILD, { execArgv: [...process.execArgv, `--max-old-space-size=${MOST_MEMORY}`] });
    child.on("message", (answer) => this.#waiting.get(answer.id)?.(answer));
    child.on("error", () => child.kill("SIGKILL"));
    child.on("exit", () => {
      if (this.#child === child) this.#child = null;
      for (const end of this.#waiting.values()) end({ error: { kind: "unavailable" } });
    });
    child.unref();
    child.channel.unref();
    return child;
  }
}
