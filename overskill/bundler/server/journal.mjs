/** Open apps on disk, so that previews work again by themselves after a crash or an eviction. */
import fs from "node:fs";
import path from "node:path";

const DELAY = 150; // ms; edits come in bursts

export class Journal {
  #pending = new Map(); // key -> {timer, content}

  constructor(directory) {
    this.directory = directory;
    fs.mkdirSync(directory, { recursive: true, mode: 0o700 });
  }

  /** @param {() => object} content  asked for when it is written */
  save(key, content) {
    const pending = this.#pending.get(key);
    if (pending) {
      pending.content = content;
      return;
    }
    const timer = setTimeout(() => this.#write(key), DELAY);
    this.#pending.set(key, { timer, content });
  }

  /** @returns {{files: Record<string, string> | null} | null}  files null: a shell */
  read(key) {
    try {
      return JSON.parse(fs.readFileSync(this.#file(key), "utf8"));
    } catch {
      return null; // never opened, or closed
    }
  }

  remove(key) {
    clearTimeout(this.#pending.get(key)?.timer);
    this.#pending.delete(key);
    fs.rmSync(this.#file(key), { force: true });
  }

  flush() {
    for (const key of [...this.#pending.keys()]) this.#write(key);
  }

  #write(key) {
    const { timer, content } = this.#pending.get(key);
    clearTimeout(timer);
    this.#pending.delete(key);
    const temporary = `${this.#file(key)}.new`;
    fs.writeFileSync(temporary, JSON.stringify(content()), { mode: 0o600 });
    fs.renameSync(temporary, this.#file(key));
  }

  #file(key) {
    return path.join(this.directory, `${key}.json`);
  }
}
