/** A file's text as CodeMirror holds it: with its history, selection and folds, also while another file is in front. */
import { history } from "@codemirror/commands";
import { Annotation, Compartment, EditorState, Transaction } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { otherFilesChanged } from "./language_recheck.js";
import { insertTyped } from "./typing.js";

const PAUSE_MS = 150;
const fromElsewhere = Annotation.define(); // not typed here

export class CodeBuffer {
  #state;
  #view = null;
  #scroll = null;
  #listeners = new Set();
  #telling = 0;
  #setup = new Compartment();
  #setupFor;

  /**
   * @param {string} text
   * @param {{ path: string, setupFor: (path: string) => import("@codemirror/state").Extension, onTyped: () => void }} options
   */
  constructor(text, { path, setupFor, onTyped }) {
    this.#setupFor = setupFor;
    const heard = EditorView.updateListener.of(({ docChanged, selectionSet, transactions }) => {
      if (docChanged) this.#tellSoon();
      else if (selectionSet) this.#tell();
      if (docChanged && transactions.some((each) => each.docChanged && !each.annotation(fromElsewhere))) onTyped();
    });
    this.#state = EditorState.create({ doc: text, extensions: [heard, history(), this.#setup.of(setupFor(path))] });
  }

  get state() {
    return this.#view?.state ?? this.#state;
  }

  read() {
    return this.state.doc.toString();
  }

  /** What others changed. It is no step of the history here, unless it is to be undoable. */
  apply(changes, { isUndoable = false } = {}) {
    const annotations = [fromElsewhere.of(true), Transaction.remote.of(true), Transaction.addToHistory.of(isUndoable)];
    this.#change({ changes, annotations });
  }

  /** The file has another name: what its language knows of it goes by that. */
  moveTo(path) {
    this.#change({ effects: this.#setup.reconfigure(this.#setupFor(path)) });
  }

  /** What it imports may be another now. */
  recheck() {
    this.#view?.dispatch(otherFilesChanged);
  }

  /** Told while it is in front: the cursor moved; of one who types, after a pause. */
  onCursor = (listener) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Where the cursor is, in words. */
  cursorWords = () => {
    const { doc, selection } = this.state;
    const line = doc.lineAt(selection.main.head);
    const selected = selection.ranges.reduce((sum, { from, to }) => sum + to - from, 0);
    if (selection.ranges.length > 1) return `${selection.ranges.length} cursors`;
    const place = `Line ${line.number}, column ${selection.main.head - line.from + 1}`;
    return selected ? `${place} (${selected} selected)` : place;
  };

  /** Come to the front. */
  attach(view) {
    this.#view = view;
    view.setState(this.#state);
    if (this.#scroll) view.dispatch({ effects: this.#scroll });
  }

  detach() {
    if (!this.#view) return;
    insertTyped(this.#view);
    this.#scroll = this.#view.scrollSnapshot();
    this.#state = this.#view.state;
    this.#view = null;
  }

  #tell() {
    clearTimeout(this.#telling);
    for (const listener of this.#listeners) listener();
  }

  /** What is drawn at each key makes each key dearer. */
  #tellSoon() {
    clearTimeout(this.#telling);
    this.#telling = setTimeout(() => this.#tell(), PAUSE_MS);
  }

  #change(spec) {
    const transaction = this.state.update(spec);
    if (this.#view) this.#view.dispatch(transaction);
    else this.#state = transaction.state;
  }
}
