/** What keeps a key cheap: nothing of this can be seen. */
import { EditorView } from "@codemirror/view";
import { saysWhatIsTyped, takeTyped } from "./typed_text.js";

const typedText = EditorView.domEventHandlers({
  beforeinput: (event, view) => takeTyped(event, view, view.state.facet(EditorView.inputHandler)),
});

// What changes in a line is laid out and painted there.
const look = EditorView.theme({
  ".cm-scroller": { contain: "strict" },
  ".cm-line": { contain: "layout style" },
});

export const typing = [saysWhatIsTyped(navigator) ? typedText : [], look];
