/** Open apps on disk, so that previews work again by themselves after a crash or an eviction. */
import fs from "node:fs";
import path from "node:path";

const DELAY = 150; // ms; edits come in bursts
const KEPT = 7 * 24 * 3600_000; // ms; a preview nobody opened for a week is opened by the studio again

export class Journal {
  #pending = new Map(); // key -> {timer, content}

  constructor(directory) {
    this.directory = directory;
    fs.mkdirSync(directory, { recursive: true, mode: 0o700 });
    this.#forgetOld();
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

  /** @returns {{files: Record<string, string> | null, isDraft: boolean} | null}  files null: a shell */
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
    try {
      const temporary = `${this.#file(key)}.new`;
      fs.writeFileSync(temporary, JSON.stringify(content()), { mode: 0o600 });
      fs.renameSync(temporary, this.#file(key));
    } catch (error) {
      console.error(`The preview ${key} will not survive a crash:`, error.message); // the disk is full
    }
  }

  #forgetOld() {
    for (const name of fs.readdirSync(this.directory).filter((file) => /^[^_].*\.json$/.test(file))) {
      const file = path.join(this.directory, name);
      if (Date.now() - fs.statSync(file).mtimeMs > KEPT) fs.rmSync(file, { force: true });
    }
  }

  #file(key) {
    return path.join(this.directory, `${key}.json`);
  }
}
