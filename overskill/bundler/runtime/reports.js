/** What the editor is told of the app while it runs. What needs places in the app's files keeps its order. */
import { Places } from "./stacks.js";
import { watchConsole } from "./watch-console.js";
import { watchRequests } from "./watch-requests.js";
import { watchErrors, watchRoute } from "./watch.js";

export class Reports {
  #told = Promise.resolve();

  /**
   * @param {import("./editor-link.js").EditorLink} editor
   * @param {import("./connection.js").Connection} connection
   */
  constructor(editor, connection) {
    this.editor = editor;
    this.places = new Places((frames) => connection.locate(frames));
  }

  /** @param {(error: object) => void} onError */
  start(onError) {
    watchErrors(onError);
    if (!this.editor.isThere) return;
    watchConsole(({ frames, ...line }) => this.#inOrder(async () => this.#tell("console", await this.#withPlaces(line, frames))));
    watchRequests((request) => this.#inOrder(() => this.#tell("request", request)));
    watchRoute((type, details) => this.editor.post(type, details));
  }

  /** The code is another one: what stood where has changed. */
  forgetPlaces() {
    this.places.forget();
  }

  /** An error with its place in the app's files, the lines around it, and what led there. */
  async placed({ kind, message, stack, frames }) {
    const places = await this.places.of(frames);
    const { file = "", line = 0, column = 0, excerpt = null } = places[0] ?? {};
    return { kind, message, stack, file, line, column, excerpt, frames: places.map(withoutExcerpt) };
  }

  #inOrder(work) {
    const at = Date.now();
    this.#told = this.#told.then(() => work(at)).catch(() => {}); // a line that can't be told is no error of the app's
  }

  #tell(type, details) {
    this.editor.post(type, details);
  }

  async #withPlaces(line, frames) {
    return { ...line, frames: (await this.places.of(frames)).map(withoutExcerpt) };
  }
}

const withoutExcerpt = ({ name, file, line, column }) => ({ name, file, line, column });
