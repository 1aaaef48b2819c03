/** A thin line for each step that a line is indented by. Only of the lines that are seen. */
import { Decoration, EditorView, ViewPlugin } from "@codemirror/view";

const STEP = 2; // columns
const MOST = 24;
const guided = Array.from({ length: MOST + 1 }, (_, steps) =>
  Decoration.line({ attributes: { class: "cm-guided", style: `--guides: ${steps}` } }),
);

function guidesOf(view) {
  const marks = [];
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to; ) {
      const line = view.state.doc.lineAt(at);
      const steps = Math.min(Math.ceil(indentOf(line.text) / STEP), MOST);
      if (steps > 0) marks.push(guided[steps].range(line.from));
      at = line.to + 1;
    }
  }
  return Decoration.set(marks);
}

function indentOf(text) {
  let columns = 0;
  for (const letter of text) {
    if (letter === " ") columns += 1;
    else if (letter === "\t") columns += STEP;
    else return columns;
  }
  return 0;
}

const plugin = ViewPlugin.define(
  (view) => ({
    decorations: guidesOf(view),
    update(update) {
      if (update.docChanged || update.viewportChanged) this.decorations = guidesOf(update.view);
    },
  }),
  { decorations: (value) => value.decorations },
);

const look = EditorView.baseTheme({
  ".cm-guided": {
    backgroundImage: `repeating-linear-gradient(to right, var(--line) 0 1px, transparent 1px ${STEP}ch)`,
    backgroundSize: `calc(var(--guides) * ${STEP}ch) 100%`,
    backgroundPosition: "0.5rem 0",
    backgroundRepeat: "no-repeat",
  },
});

export const indentGuides = [plugin, look];
