/** The methods of the canvas: they check what they are given, and hold nothing. */
import { listBlocks, listPages, readPage, writePage } from "../core/canvas/canvas.mjs";
import { checkDocument } from "../core/canvas/check.mjs";
import { Sources } from "../core/canvas/sources.mjs";
import { checkFiles, Refused } from "../core/files.mjs";

const isRecord = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

export class Canvas {
  constructor(guard, formatting) {
    this.guard = guard;
    this.formatting = formatting;
  }

  pages({ files }) {
    return this.#look(files, null, (sources) => ({ pages: listPages(sources) }));
  }

  read({ files, path }) {
    this.formatting.wake(); // what is looked at is often changed next
    return this.#look(files, path, (sources) => readPage(sources, path));
  }

  blocks({ files, path }) {
    return this.#look(files, path, (sources) => ({ blocks: listBlocks(sources, path) }));
  }

  async write({ files, path, document, imports = {} }) {
    checkDocument(document);
    if (!isRecord(imports)) throw new Refused("invalid_input", "The canvas sent imports that can't be read.");
    const text = await this.#look(files, path, (sources) => writePage(sources, path, document, imports));
    return this.formatting.tidy({ path, text, before: files[path] });
  }

  /** Should the parser crash, the file that is looked at is to blame: all others were compiled when the app opened. */
  #look(files, path, answer) {
    if (!isRecord(files)) throw new Refused("invalid_input", "The canvas needs the app's files.");
    const held = new Map(Object.entries(files));
    checkFiles(held);
    const isPoison = (text) => this.guard.isPoison(text);
    const looked = [held.get(path)].filter((text) => text !== undefined && !isPoison(text));
    return this.guard.watch(looked, () => answer(new Sources(held, isPoison)));
  }
}
