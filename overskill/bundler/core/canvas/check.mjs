/** A document as it comes from a browser: only what blocks can be written of. */
import { Refused } from "../files.mjs";
import { AT } from "./document.mjs";
import { ELEMENTS } from "./html.mjs";
import { FRAGMENT, LOCKED, TEXT } from "./tree.mjs";
import { isWritable } from "./values.mjs";

const DEEPEST = 80;
const MOST_BLOCKS = 5000;
const COMPONENT = /^[A-Z][\w$]*(\.[A-Za-z_$][\w$]*)*$|^[a-z]\w*(\.[A-Za-z_$][\w$]*)+$/;
const ATTRIBUTE = /^[A-Za-z_$][\w$:.-]*$/;

const isRecord = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const isText = (value) => typeof value === "string";

/** Raises Refused. */
export function checkDocument(document) {
  const isWhole = isRecord(document) && isRecord(document.root?.props) && Array.isArray(document.content);
  if (!isWhole) throw wrong("it has no content");
  checkProps(document.root.props);
  const ids = new Set();
  const visit = (node, depth) => {
    if (!isRecord(node) || !isRecord(node.props) || !isKnown(node.type)) throw wrong("it has a block of no kind");
    if (depth > DEEPEST || ids.size >= MOST_BLOCKS) throw wrong("it has too many blocks");
    if (!isText(node.props.id) || ids.has(node.props.id)) throw wrong("two blocks have one name");
    ids.add(node.props.id);
    checkProps(node.props);
    for (const child of node.props.children ?? []) visit(child, depth + 1);
  };
  for (const node of document.content) visit(node, 0);
}

const isKnown = (type) => [TEXT, LOCKED, FRAGMENT].includes(type) || ELEMENTS.has(type) || COMPONENT.test(type);

function checkProps({ text = "", code = "", locked = [], children = [], ...props }) {
  if (!isText(text) || !isText(code) || !Array.isArray(locked) || !Array.isArray(children))
    throw wrong("a block is broken");
  if (!locked.every((one) => isRecord(one) && isText(one.code))) throw wrong("a block is broken");
  for (const [name, value] of Object.entries(props)) {
    if (!name.startsWith(AT) || value === undefined || value === null) continue;
    if (!ATTRIBUTE.test(name.slice(AT.length)) || !isWritable(value))
      throw wrong(`${name.slice(1, 40)} has no such value`);
  }
}

const wrong = (what) => new Refused("invalid_input", `The page can't be saved: ${what}. Reload it and try again.`);
