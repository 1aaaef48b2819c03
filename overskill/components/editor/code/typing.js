/** What keeps a key cheap: nothing of this can be seen. */
import { deleteCharBackward, insertNewlineAndIndent } from "@codemirror/commands";
import { EditorView, ViewPlugin } from "@codemirror/view";
import { DrawnLines } from "./drawn_lines.js";
import { saysWhatIsTyped, TypedText } from "./typed_text.js";

// What must find in the document what was typed before it.
const COMES_AFTER = ["keydown", "mousedown", "compositionstart", "paste", "drop", "blur"];

const typedText = ViewPlugin.define((view) => new TypedText(view, ({ state }) => state.facet(EditorView.inputHandler)), {
  eventHandlers: {
    beforeinput(event) {
      return this.take(event);
    },
  },
  eventObservers: Object.fromEntries(COMES_AFTER.map((type) => [type, insertNow])),
});

function insertNow() {
  this.insert();
}

/** What was typed just now is in the document, too. */
export function insertTyped(view) {
  view.plugin(typedText)?.insert();
}

const drawnLines = ViewPlugin.define((view) => new DrawnLines(view), {
  eventObservers: {
    scroll() {
      this.scrolled();
    },
  },
});

function inNextFrame(command) {
  return (view) => view.plugin(typedText)?.run(command) ?? command(view);
}

const newLine = inNextFrame(insertNewlineAndIndent);
const rubOut = inNextFrame(deleteCharBackward);

/** In place of CodeMirror's own, which do the same at once. */
export const typingKeymap = [
  { key: "Enter", run: newLine, shift: newLine },
  { key: "Backspace", run: rubOut, shift: rubOut },
];

// What changes in a line is laid out and painted there.
const look = EditorView.theme({
  ".cm-scroller": { contain: "strict" },
  ".cm-line": { contain: "layout style" },
});

export const typing = [saysWhatIsTyped(navigator) ? typedText : [], drawnLines, look];
