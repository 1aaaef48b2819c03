/** A file's text as CodeMirror holds it: with its history, selection and folds, also while another file is in front. */
import { Annotation, EditorState, Transaction } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

const fromElsewhere = Annotation.define(); // not typed here

export class CodeBuffer {
  #state;
  #view = null;
  #scroll = null;
  #listeners = new Set();

  /**
   * @param {string} text
   * @param {{ extensions: import("@codemirror/state").Extension, onTyped: () => void }} options
   */
  constructor(text, { extensions, onTyped }) {
    const heard = EditorView.updateListener.of(({ docChanged, selectionSet, transactions }) => {
      if (docChanged || selectionSet) for (const listener of this.#listeners) listener();
      if (docChanged && transactions.some((each) => each.docChanged && !each.annotation(fromElsewhere))) onTyped();
    });
    this.#state = EditorState.create({ doc: text, extensions: [heard, extensions] });
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
    const transaction = this.state.update({ changes, annotations });
    if (this.#view) this.#view.dispatch(transaction);
    else this.#state = transaction.state;
  }

  /** Told while it is in front: the cursor moved, or the text under it. */
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
    this.#scroll = this.#view.scrollSnapshot();
    this.#state = this.#view.state;
    this.#view = null;
  }
}
