/** Where in the app's own files something happened, if the bundle has source maps. */
import { SourceMap } from "node:module";

import { ORIGIN } from "./site.mjs";

const OWN = /(?:^|[/:])(src\/.+)$/;
const MOST_FRAMES = 20;

export class Sources {
  #read;
  #maps = new Map();

  /** @param {(path: string) => string | undefined} read  the map that belongs to a script, by the script's path */
  constructor(read) {
    this.#read = read;
  }

  /** @param {{url?: string, lineNumber?: number, columnNumber?: number}[]} frames  the innermost first; from 0 */
  place(frames) {
    for (const { url, lineNumber, columnNumber } of frames.slice(0, MOST_FRAMES)) {
      const found = url?.startsWith(ORIGIN) && this.#find(url.slice(ORIGIN.length), lineNumber, columnNumber);
      if (found) return found;
    }
    return {};
  }

  #find(script, line, column) {
    const entry = this.#map(script)?.findEntry(line, column);
    const file = entry?.originalSource && OWN.exec(entry.originalSource)?.[1];
    return file && !file.includes("node_modules") ? { file, line: entry.originalLine + 1 } : null;
  }

  #map(script) {
    if (!this.#maps.has(script)) {
      const text = this.#read(script);
      this.#maps.set(script, text ? new SourceMap(JSON.parse(text)) : null);
    }
    return this.#maps.get(script);
  }
}
