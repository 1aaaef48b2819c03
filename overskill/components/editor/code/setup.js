/** What every file's editor can do. */
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, codeFolding, foldGutter, foldKeymap, indentOnInput, indentUnit } from "@codemirror/language";
import { lintKeymap } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import {
  crosshairCursor,
  dropCursor,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  rectangularSelection,
} from "@codemirror/view";
import { cursors } from "./cursors.js";
import { grammarOf } from "./grammars.js";
import { indentGuides } from "./indent_guides.js";
import { theme } from "./theme.js";
import { typing, typingKeymap } from "./typing.js";

// The words of CodeMirror's panels, written as ours are.
const PHRASES = {
  next: "Next",
  previous: "Previous",
  all: "Select all",
  "match case": "Match case",
  regexp: "Regular expression",
  "by word": "Whole words",
  replace: "Replace",
  "replace all": "Replace all",
  "Go to line": "Go to line",
  go: "Go",
  close: "Close",
};

const MOST_SUGGESTIONS = 30; // in the page at a time: while the list is open, each letter draws them anew

/**
 * @param {string} path
 * @param {import("@codemirror/state").Extension} features of the language, which know the whole app
 */
export function setupFor(path, features) {
  return [
    typing,
    lineNumbers(),
    highlightActiveLineGutter(),
    highlightActiveLine(),
    highlightSpecialChars(),
    foldGutter({ markerDOM: foldMarker }),
    codeFolding({ placeholderText: "…" }),
    cursors,
    dropCursor(),
    rectangularSelection(),
    crosshairCursor(),
    indentUnit.of("  "),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    autocompletion({ icons: true, maxRenderedOptions: MOST_SUGGESTIONS }),
    highlightSelectionMatches(),
    search({ top: true }),
    EditorState.phrases.of(PHRASES),
    indentGuides,
    EditorView.contentAttributes.of({ "aria-label": path, spellcheck: "false", tabindex: "0" }),
    theme,
    grammarOf(path),
    features,
    keymap.of([
      ...closeBracketsKeymap,
      ...typingKeymap,
      ...defaultKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...foldKeymap,
      ...completionKeymap,
      ...lintKeymap,
      indentWithTab, // Escape, then Tab leaves the editor
    ]),
  ];
}

function foldMarker(isOpen) {
  const marker = document.createElement("span");
  marker.className = isOpen ? "cm-fold-marker" : "cm-fold-marker cm-fold-closed";
  marker.title = isOpen ? "Fold these lines" : "Unfold";
  return marker;
}
