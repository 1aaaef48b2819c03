/**
 * Plain text goes from the key into the document. Left to the browser it goes round: the browser edits the page, which
 * is measured and read again to see what it did, and all of that is paid before the letter is seen. What is not plain
 * (composing, corrections, phones, drops) is left to the browser still, and CodeMirror reads it as ever.
 *
 * @typedef {import("@codemirror/view").EditorView} EditorView
 * @typedef {(view: EditorView, from: number, to: number, text: string, insert: () => import("@codemirror/state").Transaction) =>
 *   boolean} InputHandler as CodeMirror has them: the one that closes brackets, for example
 */

/** Whether a browser says exactly what a key will insert, and lets us do it: Chromium with a keyboard of its own. */
export function saysWhatIsTyped({ userAgentData }) {
  return Boolean(userAgentData) && !userAgentData.mobile && userAgentData.platform !== "Android";
}

/**
 * @param {InputEvent} event that announces what is going to be inserted
 * @param {EditorView} view
 * @param {readonly InputHandler[]} handlers
 * @returns {boolean} whether nothing is left to be done
 */
export function takeTyped(event, view, handlers) {
  if (event.inputType !== "insertText" || event.isComposing || view.composing) return false;
  const text = event.data;
  if (!text || /[\r\n]/.test(text)) return false;
  if (view.state.readOnly) return true;
  if (!isAtSelection(view)) return false;
  const { from, to } = view.state.selection.main;
  const insert = () =>
    view.state.update(view.state.replaceSelection(text), { userEvent: "input.type", scrollIntoView: true });
  if (!handlers.some((handle) => handle(view, from, to, text, insert))) view.dispatch(insert());
  return true;
}

/** The browser may have something else in mind than what is selected here: an accent for the letter before, a correction. */
function isAtSelection(view) {
  const { anchorNode, anchorOffset, focusNode, focusOffset } = view.root.getSelection();
  const { anchor, head } = view.state.selection.main;
  return view.posAtDOM(anchorNode, anchorOffset) === anchor && view.posAtDOM(focusNode, focusOffset) === head;
}
