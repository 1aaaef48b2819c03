/** A piece of code as a component, and what becomes of the element in it that is marked with ▸. */
import { describeElement } from "../../../overskill/bundler/core/elements/describe.mjs";
import { patchElement } from "../../../overskill/bundler/core/elements/patch.mjs";

const MARK = "▸";
export const FILE = "src/pages/Home.tsx";

export const component = (jsx, head = "", given = "") =>
  `${head}export function Home(${given}) {\n  return (\n    ${jsx}\n  );\n}\n`;

export function marked(code) {
  const offset = code.indexOf(MARK);
  const before = code.slice(0, offset);
  const position = { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
  return { text: code.replace(MARK, ""), position };
}

export function describe(code, files = new Map()) {
  const { text, position } = marked(code);
  return describeElement(FILE, text, position, files);
}

export function patch(code, operation, files = new Map()) {
  const { text, position } = marked(code);
  return patchElement(FILE, text, position, operation, files);
}

/** Change an element in the middle of a component; only what is between the component's own lines comes back. */
export function changed(jsx, operation, { head, given } = {}) {
  const { text } = patch(component(jsx, head, given), operation);
  const empty = component(MARK, head, given).split(MARK);
  return text.slice(empty[0].length, text.length - empty[1].length);
}
