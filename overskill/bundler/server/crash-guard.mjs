/**
 * Remembers, across crashes, which text was being compiled when the process died. A text that killed it twice is not
 * compiled again: the app opens without it and says so, and every other app stays up.
 */
import fs from "node:fs";
import path from "node:path";

import { compile, digest } from "../core/compile.mjs";
import { diagnostic } from "../core/diagnostics.mjs";

const MOST_CRASHES = 2;

export class CrashGuard {
  #active = new Set(); // digests of texts in the native compilers' hands
  #crashes; // digest -> how often the process died on it

  constructor(directory) {
    fs.mkdirSync(directory, { recursive: true, mode: 0o700 });
    this.crashesFile = path.join(directory, "_crashes.json");
    this.marker = fs.openSync(path.join(directory, "_compiling.json"), "a+", 0o600);
    this.#crashes = new Map(Object.entries(readJson(this.crashesFile) ?? {}));
    for (const suspect of readJson(path.join(directory, "_compiling.json")) ?? []) {
      this.#crashes.set(suspect, (this.#crashes.get(suspect) ?? 0) + 1);
    }
    this.#save();
    this.#mark();
  }

  /** `compile`, unless this text killed the process before. */
  async compile(file, text, query = "") {
    if (this.isPoison(text)) {
      const message = "This file crashed the preview twice, so it is left out. Change it to try again.";
      return {
        kind: "code",
        code: "",
        imports: [],
        exports: null,
        stars: [],
        hash: digest(text),
        diagnostics: [diagnostic(file, "syntax", message)],
      };
    }
    return this.watch([text], () => compile(file, text, query));
  }

  /** Whether this text killed the process before. */
  isPoison(text) {
    return this.#crashes.size > 0 && this.#crashes.get(digest(text)) >= MOST_CRASHES;
  }

  /** Do `work`; should the process die of it, these texts are to blame. */
  async watch(texts, work) {
    const marks = texts.map(digest);
    for (const mark of marks) this.#active.add(mark);
    this.#mark();
    try {
      return await work();
    } finally {
      for (const mark of marks) this.#active.delete(mark);
      if (this.#active.size === 0) this.#mark();
      if (marks.filter((mark) => this.#crashes.delete(mark)).length > 0) this.#save();
    }
  }

  #mark() {
    unlessDiskIsFull(() => {
      fs.ftruncateSync(this.marker);
      fs.writeSync(this.marker, JSON.stringify([...this.#active]), 0);
    });
  }

  #save() {
    unlessDiskIsFull(() => {
      const temporary = `${this.crashesFile}.new`;
      fs.writeFileSync(temporary, JSON.stringify(Object.fromEntries(this.#crashes)), { mode: 0o600 });
      fs.renameSync(temporary, this.crashesFile);
    });
  }
}

/** Without room for notes, previews go on; only a crash would not be remembered. */
function unlessDiskIsFull(write) {
  try {
    write();
  } catch (error) {
    if (error.code !== "ENOSPC" && error.code !== "EDQUOT") throw error;
  }
}

function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    return null; // missing, or cut short by the crash
  }
}
