/** How answers about code look. All that comes from an app or its packages is text, never markup. */
import { EditorView } from "@codemirror/view";
import { colouredParts, documentationParts } from "./language_answers.js";

const COLOURS = {
  keyword: "var(--code-keyword)",
  text: "var(--code-text)",
  number: "var(--code-number)",
  type: "var(--code-type)",
  call: "var(--code-call)",
};

/** A type and what its author says about it. */
export function explanation({ code = "", documentation = "" }) {
  const dom = element("div", "cm-explanation");
  if (code) dom.append(coloured(code));
  if (documentation) {
    const words = element("p", "cm-explanation-words");
    for (const { text, kind } of documentationParts(documentation)) {
      words.append(kind === "" ? text : element(kind === "code" ? "code" : "strong", "", text));
    }
    dom.append(words);
  }
  return dom;
}

/** A call's parameters, with the one that is being written. */
export function parametersOf({ label, parameters, active, documentation }) {
  const dom = explanation({ documentation });
  const code = element("pre", "cm-explanation-code");
  const [from, to] = parameters[active] ?? [0, 0];
  code.append(label.slice(0, from), element("strong", "cm-explanation-active", label.slice(from, to)), label.slice(to));
  dom.prepend(code);
  return dom;
}

function coloured(code) {
  const dom = element("pre", "cm-explanation-code");
  for (const { text, kind } of colouredParts(code)) {
    const part = kind ? element("span", "", text) : text;
    if (kind) part.style.color = COLOURS[kind];
    dom.append(part);
  }
  return dom;
}

function element(name, className, text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(text);
  return made;
}

const MONO = '"Geist Mono", ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace';

export const explanationTheme = EditorView.theme({
  ".cm-explanation": { maxWidth: "min(34rem, 80vw)", maxHeight: "18rem", overflow: "auto", padding: "7px 10px" },
  ".cm-explanation-code": {
    margin: "0",
    color: "var(--ink)",
    fontFamily: MONO,
    fontSize: "12.5px",
    lineHeight: "1.5",
    whiteSpace: "pre-wrap",
    overflowWrap: "anywhere",
  },
  ".cm-explanation-active": { color: "var(--accent-ink)", fontWeight: "700" },
  ".cm-explanation-words": {
    margin: "0",
    color: "var(--soft)",
    fontFamily: '"Geist", ui-sans-serif, system-ui, sans-serif',
    fontSize: "12.5px",
    lineHeight: "1.5",
    whiteSpace: "pre-line",
    overflowWrap: "anywhere",
  },
  ".cm-explanation-code + .cm-explanation-words": {
    marginTop: "6px",
    paddingTop: "6px",
    borderTop: "1px solid var(--line)",
  },
  ".cm-explanation-words code": { color: "var(--ink)", fontFamily: MONO, fontSize: "12px" },
  ".cm-tooltip.cm-tooltip-autocomplete": { overflow: "visible" }, // explanations stand beside the list, but in it
  ".cm-tooltip.cm-completionInfo": { padding: "0", margin: "0 6px" },
  "&.cm-follows .cm-line": { cursor: "pointer" },
});
