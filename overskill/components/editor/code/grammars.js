import { css } from "@codemirror/lang-css";
import { html } from "@codemirror/lang-html";
import { javascript } from "@codemirror/lang-javascript";
import { json } from "@codemirror/lang-json";
import { markdown } from "@codemirror/lang-markdown";

const script = (options) => () => javascript(options);
const GRAMMARS = {
  ts: script({ typescript: true }),
  mts: script({ typescript: true }),
  tsx: script({ typescript: true, jsx: true }),
  js: script({ jsx: true }),
  mjs: script({}),
  jsx: script({ jsx: true }),
  css,
  html,
  svg: html,
  json,
  md: markdown,
};

/** How a file is coloured, indented and folded; nothing for a kind that isn't known. */
export function grammarOf(path) {
  const grammar = GRAMMARS[path.slice(path.lastIndexOf(".") + 1).toLowerCase()];
  return grammar ? grammar() : [];
}
