/** What is done to files as a whole: create, rename, move, delete, lock. Each raises what the server says against it. */
import { isInside, renamed } from "./tree.js";

export class FileActions {
  #workspace;
  #api;

  constructor(workspace, api) {
    this.#workspace = workspace;
    this.#api = api;
  }

  async create(path, text = "") {
    this.#workspace.took(await this.#api.change([{ path, text, base: null }]));
    await this.#workspace.show(path);
  }

  /** A file or a folder, with everything in it. Imports of it in other files follow. */
  async move(from, to) {
    const inside = this.#inside(from);
    if (!inside.length) {
      this.#workspace.moved(from, to, new Map()); // a folder without files is only here
      return;
    }
    await Promise.all(inside.map((path) => this.#workspace.opened(path)?.document.flush()));
    const answer = await this.#api.rename(from, to);
    const paths = inside.map((path) => renamed(path, from, to));
    const bases = new Map(await Promise.all(paths.filter((path) => this.#isOpen(path, from, to)).map((path) => this.#read(path))));
    this.#workspace.moved(from, to, bases);
    this.#workspace.took(answer);
  }

  /** Returns how to bring it back. */
  async remove(path) {
    const inside = this.#inside(path);
    this.#workspace.dropFolder(path);
    if (!inside.length) return () => this.#workspace.addFolder(path);
    await Promise.all(inside.map((each) => this.#workspace.opened(each)?.document.flush()));
    const files = await Promise.all(inside.map((each) => this.#read(each)));
    const removal = files.map(([each, { checksum }]) => ({ path: each, text: null, base: checksum }));
    const answer = await this.#api.change(removal);
    this.#workspace.gone(inside);
    this.#workspace.took(answer);
    return async () => {
      const back = files.map(([each, { text }]) => ({ path: each, text, base: null }));
      this.#workspace.took(await this.#api.change(back));
      if (files.length === 1) await this.#workspace.show(path);
    };
  }

  /** The model may not change what is locked. */
  async lock(path, locked) {
    await this.#api.lock(path, locked);
    this.#workspace.lockedAs(path, locked);
  }

  /** `{ matches: [{ path, line, column, length, text }], isCut }` in all files. */
  search(query) {
    return this.#api.search(query);
  }

  /** In the places that were found. */
  async replace(query, replacement, matches) {
    this.#workspace.took(await this.#api.replace(query, replacement, matches));
  }

  async #read(path) {
    return [path, await this.#api.read(path)];
  }

  #inside(path) {
    return this.#workspace.paths.filter((each) => isInside(each, path));
  }

  #isOpen(path, from, to) {
    return this.#workspace.opened(renamed(path, to, from)) !== null;
  }
}
