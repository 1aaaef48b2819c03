/** What keeps a key cheap: nothing of this can be seen. */
import { EditorView, ViewPlugin } from "@codemirror/view";
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

// What changes in a line is laid out and painted there.
const look = EditorView.theme({
  ".cm-scroller": { contain: "strict" },
  ".cm-line": { contain: "layout style" },
});

export const typing = [saysWhatIsTyped(navigator) ? typedText : [], look];
