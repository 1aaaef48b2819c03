/** Colours for code in the chat. Heavy, so it is only ever imported where there is code to show. */
import hljs from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import css from "highlight.js/lib/languages/css";
import json from "highlight.js/lib/languages/json";
import typescript from "highlight.js/lib/languages/typescript";
import xml from "highlight.js/lib/languages/xml";

for (const [name, grammar] of Object.entries({ bash, css, json, typescript, xml })) hljs.registerLanguage(name, grammar);

const LONGEST_COLOURED = 20_000; // characters

/** The code as HTML, in the language that it looks most like. */
export function highlighted(code) {
  if (code.length > LONGEST_COLOURED) return code.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return hljs.highlightAuto(code).value;
}
