/** What is found, said at once: a line of JSON each, so that nothing is lost when the check has to be killed. */
const MOST_PROBLEMS = 30;
const MOST_HOSTS = 20;
const LONGEST_MESSAGE = 500;

/** @typedef {"console" | "request" | "blank" | "route" | "crash" | "slow" | "memory"} ProblemKind */

export class Report {
  #said = new Set();
  #hosts = new Set();
  #write;

  constructor(write) {
    this.#write = write;
  }

  route = "/"; // what is looked at now
  isMuted = false; // while the app is asked for an address that it can't know

  get hasOutsideRequests() {
    return this.#hosts.size > 0;
  }

  /** @param {ProblemKind} kind @param {{file?: string, line?: number}} place */
  problem(kind, message, { file = "", line = 0 } = {}) {
    const text = clipped(message);
    const key = `${kind} ${text}`;
    if (this.isMuted || this.#said.has(key) || this.#said.size >= MOST_PROBLEMS) return;
    this.#said.add(key);
    this.#write({ problem: { kind, message: text, route: clipped(this.route, 200), file, line } });
  }

  host(name) {
    if (this.#hosts.has(name) || this.#hosts.size >= MOST_HOSTS) return;
    this.#hosts.add(name);
    this.#write({ host: clipped(name, 255) });
  }

  opened(route) {
    this.#write({ route });
  }

  result(title, why) {
    this.#write({ result: { title, passed: why === "", why: clipped(why) } });
  }

  screenshot(base64) {
    this.#write({ screenshot: base64 });
  }

  done() {
    this.#write({ done: true });
  }
}

export function clipped(text, longest = LONGEST_MESSAGE) {
  const line = String(text)
    .replace(/\s+/g, " ")
    .trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}
