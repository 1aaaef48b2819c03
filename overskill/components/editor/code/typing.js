/** What keeps a key cheap: nothing of this can be seen, but for the cursor that stands still while somebody types. */
import { EditorView, ViewPlugin } from "@codemirror/view";
import { saysWhatIsTyped, takeTyped } from "./typed_text.js";

const STILL_MS = 500;
const BLINKS = "cm-blinks";

const typedText = EditorView.domEventHandlers({
  beforeinput: (event, view) => takeTyped(event, view, view.state.facet(EditorView.inputHandler)),
});

/** CodeMirror starts the animation anew at each key, and the browser then lays its layers out anew, twice. */
const stillCursor = ViewPlugin.fromClass(
  class {
    constructor(view) {
      this.classes = view.scrollDOM.classList;
      this.rest();
    }

    update({ docChanged, selectionSet }) {
      if (docChanged || selectionSet) this.rest();
    }

    rest() {
      this.classes.remove(BLINKS);
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.classes.add(BLINKS), STILL_MS);
    }

    destroy() {
      clearTimeout(this.timer);
      this.classes.remove(BLINKS);
    }
  },
);

// What changes in a line is laid out and painted there.
const look = EditorView.theme({
  ".cm-scroller": { contain: "strict" },
  ".cm-line": { contain: "layout style" },
  [`.cm-scroller:not(.${BLINKS}) > .cm-cursorLayer`]: { animation: "none !important" },
});

export const typing = [saysWhatIsTyped(navigator) ? typedText : [], stillCursor, look];
