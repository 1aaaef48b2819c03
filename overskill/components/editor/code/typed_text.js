/**
 * What is typed goes from the key into the document: text, the end of a line, what is rubbed out. Text that is left to the
 * browser goes round: the browser edits the page, which is measured and read again to see what it did, and all of that is
 * paid before the letter is seen. What is not plain (composing, corrections, phones, drops) is left to the browser still,
 * and CodeMirror reads it as ever.
 *
 * @typedef {import("@codemirror/view").EditorView} EditorView
 * @typedef {(view: EditorView, from: number, to: number, text: string, insert: () => import("@codemirror/state").Transaction) =>
 *   boolean} InputHandler as CodeMirror has them: the one that closes brackets, for example
 */

const LONGEST_WAIT_MS = 100; // for a frame: a window that others cover draws none

/** Whether a browser says exactly what a key will insert, and lets us do it: Chromium with a keyboard of its own. */
export function saysWhatIsTyped({ userAgentData }) {
  return Boolean(userAgentData) && !userAgentData.mobile && userAgentData.platform !== "Android";
}

/**
 * It goes in in the frame that shows it. Put in while the key is handled, the cursor is told to the system's input methods
 * at once, with the text around it: that is read out of all lines above (docs/decisions/0040).
 */
export class TypedText {
  #view;
  #handlersOf;
  #frames;
  #put = null; // puts in what was typed, and is not in the document yet
  #frame = 0;
  #timer = 0;

  /**
   * @param {EditorView} view
   * @param {(view: EditorView) => readonly InputHandler[]} handlersOf
   * @param {Pick<Window, "requestAnimationFrame" | "cancelAnimationFrame" | "setTimeout" | "clearTimeout">} frames
   */
  constructor(view, handlersOf, frames = window) {
    this.#view = view;
    this.#handlersOf = handlersOf;
    this.#frames = frames;
  }

  /**
   * @param {InputEvent} event that announces what is going to be inserted
   * @returns {boolean} whether nothing is left to be done
   */
  take(event) {
    this.insert();
    const { state } = this.#view;
    if (event.inputType !== "insertText" || event.isComposing || this.#view.composing) return false;
    if (!event.data || /[\r\n]/.test(event.data)) return false;
    if (state.readOnly) return true;
    if (!isAtSelection(this.#view)) return false;
    this.#soon(() => this.#type(event.data));
    return true;
  }

  /**
   * A key that does something to the text.
   *
   * @param {(view: EditorView) => boolean} command CodeMirror's
   * @returns {boolean} whether nothing is left to be done
   */
  run(command) {
    this.insert();
    const { state } = this.#view;
    if (state.readOnly || this.#view.compositionStarted) return command(this.#view);
    this.#soon(() => command(this.#view));
    return true;
  }

  /** Now: something else happens that must find it there. */
  insert() {
    const put = this.#put;
    if (!put) return;
    this.#put = null;
    this.destroy();
    put();
  }

  destroy() {
    this.#frames.cancelAnimationFrame(this.#frame);
    this.#frames.clearTimeout(this.#timer);
  }

  #soon(put) {
    this.#put = put;
    // Several cursors are drawn, a frame after their text.
    if (this.#view.state.selection.ranges.length > 1) {
      this.insert();
      return;
    }
    this.#frame = this.#frames.requestAnimationFrame(() => this.insert());
    this.#timer = this.#frames.setTimeout(() => this.insert(), LONGEST_WAIT_MS);
  }

  #type(text) {
    const view = this.#view;
    const { from, to } = view.state.selection.main;
    const insert = () =>
      view.state.update(view.state.replaceSelection(text), { userEvent: "input.type", scrollIntoView: true });
    if (!this.#handlersOf(view).some((handle) => handle(view, from, to, text, insert))) view.dispatch(insert());
  }
}

/** The browser may have something else in mind than what is selected here: an accent for the letter before, a correction. */
function isAtSelection(view) {
  const { anchorNode, anchorOffset, focusNode, focusOffset } = view.root.getSelection();
  const { anchor, head } = view.state.selection.main;
  return view.posAtDOM(anchorNode, anchorOffset) === anchor && view.posAtDOM(focusNode, focusOffset) === head;
}
