/** What is done to files as a whole: create, rename, move, delete, lock. Each raises what the server says against it. */
import { withHitReplaced } from "./search_results.js";
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
    this.#workspace.moves(from);
    try {
      const answer = await this.#api.rename(from, to);
      const open = inside.filter((path) => this.#workspace.opened(path)).map((path) => renamed(path, from, to));
      this.#workspace.moved(from, to, new Map(await Promise.all(open.map((path) => this.#read(path)))));
      this.#workspace.took(answer);
    } finally {
      this.#workspace.moves("");
    }
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

  /** The model may not change what is locked: a file, or all that a folder has now. */
  async lock(path, locked) {
    const answer = await this.#api.lock(path, locked);
    this.#workspace.lockedAs(answer.paths, answer.locked);
  }

  /** In all files, with what is not saved yet. With a `replacement`, what each place would become is told, too. */
  async search(query, replacement = null) {
    await this.#workspace.flush();
    return replacement === null ? this.#api.search(query) : this.#api.lookAtReplacing(query, replacement);
  }

  /** Everywhere in these files of what was found. */
  async replace(query, replacement, files) {
    this.#workspace.took(await this.#api.replace(query, replacement, files));
  }

  /** In one place. Raises Conflict when the file is not what was searched. */
  async replaceHit({ path, base }, hit) {
    const { text } = await this.#api.read(path);
    this.#workspace.took(await this.#api.change([{ path, text: withHitReplaced(text, hit), base }]));
  }

  async #read(path) {
    return [path, await this.#api.read(path)];
  }

  #inside(path) {
    return this.#workspace.paths.filter((each) => isInside(each, path));
  }
}
