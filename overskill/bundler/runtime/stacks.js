/** Stacks of errors: which functions of the app led there, and where in its files they are. */
import { SOURCE_SCHEME } from "./registry.js";

const MOST_FRAMES = 6;
const MOST_KNOWN = 500;
const FRAME = new RegExp(`^\\s*(?:at )?(?:async )?(.*?)[ (@]*${SOURCE_SCHEME}([^\\s?)]+?):(\\d+):(\\d+)`);

/**
 * The app's own functions, the innermost first. Lines are those of compiled code, without the line that the function
 * around each module adds.
 *
 * @returns {{name: string, file: string, line: number, column: number}[]}
 */
export function framesOf(stack) {
  const frames = [];
  for (const line of String(stack ?? "").split("\n")) {
    const [, name, file, row, column] = FRAME.exec(line) ?? [];
    if (file) frames.push({ name: name ?? "", file, line: Number(row) - 1, column: Number(column) });
    if (frames.length === MOST_FRAMES) break;
  }
  return frames;
}

/** Asks the bundler where frames are in the app's files, each once while the code stays the same. */
export class Places {
  #known = new Map(); // compiled position -> place

  /** @param {(frames: object[]) => Promise<{file: string, line: number, column: number}[]>} locate  one for each frame */
  constructor(locate) {
    this.locate = locate;
  }

  forget() {
    this.#known.clear();
  }

  /** The frames, with places in the app's files; line 0 where nobody can say. */
  async of(frames) {
    const found = new Map(frames.map((frame) => [keyOf(frame), this.#known.get(keyOf(frame))]));
    const missing = frames.filter((frame) => !found.get(keyOf(frame)));
    if (missing.length > 0) {
      const places = await this.locate(missing);
      missing.forEach((frame, index) => this.#learn(keyOf(frame), places[index], found));
    }
    return frames.map((frame) => ({ name: frame.name, ...found.get(keyOf(frame)) }));
  }

  #learn(key, place, found) {
    found.set(key, place);
    if (this.#known.size >= MOST_KNOWN) this.#known.clear();
    if (place.line > 0) this.#known.set(key, place); // else somebody may know it later
  }
}

const keyOf = ({ file, line, column }) => `${file}:${line}:${column}`;
