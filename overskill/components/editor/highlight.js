/** Colours for code in the chat. Heavy, so it is only ever imported where there is code to show. */
import hljs from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import css from "highlight.js/lib/languages/css";
import json from "highlight.js/lib/languages/json";
import typescript from "highlight.js/lib/languages/typescript";
import xml from "highlight.js/lib/languages/xml";

for (const [name, grammar] of Object.entries({ bash, css, json, typescript, xml })) hljs.registerLanguage(name, grammar);

const LONGEST_COLOURED = 20_000; // characters
const OTHER_NAMES = { sh: "bash", html: "xml", svg: "xml", ts: "typescript", tsx: "typescript", js: "typescript", jsx: "typescript", javascript: "typescript" };

/** The code as HTML. Without a language, or with one that is not known here, it is only escaped. */
export function highlighted(code, language) {
  const name = OTHER_NAMES[language] ?? language;
  if (code.length > LONGEST_COLOURED || !hljs.getLanguage(name)) return escaped(code);
  return hljs.highlight(code, { language: name, ignoreIllegals: true }).value;
}

const escaped = (code) => code.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
