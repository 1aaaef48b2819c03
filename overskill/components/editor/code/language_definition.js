/** F12, or a click with Ctrl or Cmd held: where a name is defined. */
import { EditorSelection, Prec } from "@codemirror/state";
import { EditorView, keymap, ViewPlugin } from "@codemirror/view";
import { offsetOf } from "./language_answers.js";
import { answerOf } from "./language_client.js";

const FOLLOWS = "cm-follows";
const isFollowing = (event) => event.ctrlKey || event.metaKey;

/** @returns {import("@codemirror/state").Extension} */
export function goingToDefinitions(ask, { path, open }) {
  const go = async (view, offset) => {
    const { state } = view;
    const answer = await answerOf(ask("definition", state, offset));
    const [place] = answer?.places ?? [];
    if (!place) {
      say(view, answer?.package ? `This comes from the package ${answer.package}.` : "No definition was found.");
    } else if (place.file !== path) {
      open(place.file, { line: place.line, column: place.column });
    } else if (view.state.doc.eq(state.doc)) {
      const selection = EditorSelection.cursor(offsetOf(state.doc, place));
      view.dispatch({ selection, effects: EditorView.scrollIntoView(selection, { y: "center" }) });
    }
  };

  const onMouseDown = (event, view) => {
    if (event.button !== 0 || !isFollowing(event)) return false;
    const offset = view.posAtCoords({ x: event.clientX, y: event.clientY });
    if (offset === null || !view.state.wordAt(offset)) return false;
    event.preventDefault();
    void go(view, offset);
    return true;
  };

  return [
    Prec.high(EditorView.domEventHandlers({ mousedown: onMouseDown })),
    EditorView.clickAddsSelectionRange.of((event) => event.altKey), // as Ctrl and Cmd mean something else here
    keymap.of([{ key: "F12", run: (view) => (void go(view, view.state.selection.main.head), true) }]),
    followingCursor,
  ];
}

function say(view, words) {
  view.dispatch({ effects: EditorView.announce.of(words) });
}

/** While the key is held, the pointer shows that a click leads somewhere. */
const followingCursor = ViewPlugin.fromClass(
  class {
    constructor(view) {
      this.view = view;
      this.show = (event) => view.dom.classList.toggle(FOLLOWS, isFollowing(event));
      this.hide = () => view.dom.classList.remove(FOLLOWS);
      this.listeners = [
        [view.dom, "mousemove", this.show],
        [window, "keyup", this.show],
        [window, "blur", this.hide],
      ];
      for (const [target, name, listener] of this.listeners) target.addEventListener(name, listener);
    }

    destroy() {
      for (const [target, name, listener] of this.listeners) target.removeEventListener(name, listener);
      this.hide();
    }
  },
);
