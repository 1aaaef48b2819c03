/** The editor in the house's colours (assets/overskill.css), light and dark. */
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

// Only code has as many kinds of words; each passes WCAG AA on the surface.
const LIGHT = {
  "--code-keyword": "#6b3fd4",
  "--code-text": "#0f7a55",
  "--code-number": "#95510a",
  "--code-type": "#0a6b94",
  "--code-call": "#2450c8",
  "--code-tag": "#b0285f",
  "--code-name": "#7a4a00",
};
const DARK = {
  "--code-keyword": "#b8a2ff",
  "--code-text": "#74d4a5",
  "--code-number": "#f0b56a",
  "--code-type": "#70cbe8",
  "--code-call": "#93b6ff",
  "--code-tag": "#ff92b4",
  "--code-name": "#e5c284",
};

const MONO = '"Geist Mono", ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace';
const SANS = '"Geist", ui-sans-serif, system-ui, sans-serif';
const PANEL = { backgroundColor: "var(--surface)", color: "var(--soft)", fontFamily: SANS, fontSize: "13px" };
const OVERLAY = {
  backgroundColor: "var(--surface)",
  border: "1px solid var(--line)",
  borderRadius: "10px",
  boxShadow: "var(--shade-overlay)",
  color: "var(--soft)",
  overflow: "hidden",
};
const CONTROL = {
  backgroundColor: "var(--sunken)",
  backgroundImage: "none",
  border: "1px solid var(--line)",
  borderRadius: "7px",
  color: "var(--ink)",
  fontSize: "12.5px",
  padding: "3px 8px",
};
const mix = (colour, share) => `color-mix(in srgb, ${colour} ${share}%, transparent)`;

const look = EditorView.theme({
  "&": { ...LIGHT, height: "100%", backgroundColor: "var(--surface)", color: "var(--ink)", fontSize: "13px" },
  ".dark &": DARK,
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: MONO, lineHeight: "1.6", overscrollBehavior: "contain" },
  ".cm-content": { padding: "8px 0 40vh", caretColor: "var(--accent)" },
  ".cm-line": { padding: "0 16px 0 8px" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--accent)", borderLeftWidth: "2px" },
  ".cm-line::selection, .cm-line ::selection": { backgroundColor: mix("var(--accent)", 22) },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: mix("var(--accent)", 22),
  },
  ".cm-activeLine": { backgroundColor: mix("var(--hover)", 55) },
  ".cm-gutters": { backgroundColor: "var(--surface)", color: "var(--faint)", border: "none" },
  ".cm-lineNumbers .cm-gutterElement": { padding: "0 4px 0 14px", minWidth: "42px", fontSize: "12px" },
  ".cm-activeLineGutter": { backgroundColor: "transparent", color: "var(--ink)" },
  ".cm-foldGutter .cm-gutterElement": { width: "16px", cursor: "pointer" },
  ".cm-fold-marker": {
    display: "inline-block",
    width: "6px",
    height: "6px",
    margin: "0 0 2px 4px",
    borderRight: "1.5px solid var(--faint)",
    borderBottom: "1.5px solid var(--faint)",
    transform: "rotate(45deg)",
    opacity: "0",
    transition: "opacity 120ms",
  },
  ".cm-gutters:hover .cm-fold-marker, .cm-fold-closed": { opacity: "1" },
  ".cm-fold-closed": { transform: "rotate(-45deg)" },
  ".cm-foldPlaceholder": {
    backgroundColor: "var(--hover)",
    border: "none",
    borderRadius: "5px",
    color: "var(--faint)",
    padding: "0 6px",
  },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": {
    backgroundColor: mix("var(--accent)", 16),
    outline: `1px solid ${mix("var(--accent)", 40)}`,
    borderRadius: "3px",
  },
  ".cm-nonmatchingBracket, &.cm-focused .cm-nonmatchingBracket": { backgroundColor: "var(--danger-soft)", color: "var(--danger)" },
  ".cm-selectionMatch": { backgroundColor: mix("var(--accent)", 12) },
  ".cm-searchMatch": { backgroundColor: mix("var(--warning)", 24), borderRadius: "2px" },
  ".cm-searchMatch-selected": { backgroundColor: mix("var(--warning)", 52) },
  ".cm-panels": { ...PANEL, zIndex: "5" },
  ".cm-panels-top": { borderBottom: "1px solid var(--line)" },
  ".cm-panel.cm-search": { padding: "8px 36px 8px 12px", display: "flex", flexWrap: "wrap", alignItems: "center", gap: "6px" },
  ".cm-panel.cm-search br": { flexBasis: "100%", height: "0", content: "''" },
  ".cm-panel.cm-search label": { display: "inline-flex", alignItems: "center", gap: "4px", margin: "0", fontSize: "12px" },
  ".cm-panel.cm-search [name=close]": { top: "8px", right: "10px", fontSize: "18px", color: "var(--faint)", cursor: "pointer" },
  ".cm-textfield": { ...CONTROL, minWidth: "9rem", margin: "0" },
  ".cm-textfield:focus-visible": { outline: "2px solid var(--ring)", outlineOffset: "0" },
  ".cm-button": { ...CONTROL, backgroundColor: "var(--surface)", margin: "0", textTransform: "none" },
  ".cm-button:hover": { backgroundColor: "var(--hover)" },
  ".cm-tooltip": OVERLAY,
  ".cm-tooltip-autocomplete > ul": { fontFamily: MONO, fontSize: "12.5px", maxHeight: "16rem", padding: "4px" },
  ".cm-tooltip-autocomplete > ul > li": { padding: "3px 8px", borderRadius: "6px", lineHeight: "1.5" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--accent-soft)", color: "var(--accent-ink)" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "600", color: "var(--accent-ink)" },
  ".cm-completionDetail": { color: "var(--faint)", fontStyle: "normal" },
  ".cm-tooltip-lint": { padding: "2px" },
  ".cm-diagnostic": { border: "none", padding: "5px 10px", fontFamily: SANS, fontSize: "13px", color: "var(--ink)" },
  ".cm-lintRange-error": { ...wavy("var(--danger)") },
  ".cm-lintRange-warning": { ...wavy("var(--warning)") },
  ".cm-mergeView, .cm-mergeViewEditors": { height: "100%" },
  ".cm-changedLine": { backgroundColor: `${mix("var(--accent)", 9)} !important` },
  ".cm-changedText": { background: `${mix("var(--accent)", 24)} !important` },
  ".cm-collapsedLines": { background: "var(--sunken)", color: "var(--faint)", padding: "3px 16px", fontFamily: SANS, fontSize: "12px" },
  ".cm-collapsedLines:before, .cm-collapsedLines:after": { content: "none" },
  ".cm-deletedChunk": { backgroundColor: mix("var(--danger)", 8) },
});

function wavy(colour) {
  return { backgroundImage: "none", textDecoration: `underline wavy ${colour} 1px`, textUnderlineOffset: "3px" };
}

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword, tags.self], color: "var(--code-keyword)" },
  { tag: [tags.string, tags.special(tags.string), tags.regexp, tags.inserted], color: "var(--code-text)" },
  { tag: [tags.number, tags.bool, tags.null, tags.atom, tags.unit, tags.color], color: "var(--code-number)" },
  { tag: [tags.typeName, tags.className, tags.namespace], color: "var(--code-type)" },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], color: "var(--code-call)" },
  { tag: [tags.tagName, tags.deleted], color: "var(--code-tag)" },
  { tag: [tags.attributeName, tags.definition(tags.propertyName)], color: "var(--code-name)" },
  { tag: [tags.comment, tags.meta], color: "var(--faint)", fontStyle: "italic" },
  { tag: [tags.punctuation, tags.operator, tags.angleBracket], color: "var(--soft)" },
  { tag: tags.heading, color: "var(--ink)", fontWeight: "600" },
  { tag: [tags.link, tags.url], color: "var(--code-call)", textDecoration: "underline" },
  { tag: tags.strong, fontWeight: "600" },
  { tag: tags.emphasis, fontStyle: "italic" },
  { tag: tags.invalid, color: "var(--danger)" },
]);

export const theme = [look, syntaxHighlighting(colours)];
