/**
 * The elements that a component shows, as blocks that know where they stand in the source.
 *
 * What is not an element or text is a locked block: its code is kept as it is. All blocks are in the scope of the one
 * component, so any of them means the same anywhere in it.
 */
import { ELEMENTS } from "./html.mjs";
import { readText, shownPart } from "./texts.mjs";
import { readAttribute } from "./values.mjs";

export const TEXT = "#text";
export const LOCKED = "#locked";
export const FRAGMENT = "#fragment";
export const ROOT_ID = "root";
const DEEPEST = 60;

/**
 * @typedef {object} Block
 * @property {string} id
 * @property {string} type        an HTML tag, a component's name, or one of the three above
 * @property {object} node        of the syntax tree
 * @property {number} start
 * @property {number} end
 * @property {Attribute[]} attributes
 * @property {Block[]} items      what stands in it
 * @property {string} [text]      of a text
 * @property {string} [code]      of a locked block
 * @property {string} [reason]    why a locked block can't be moved
 *
 * @typedef {object} Attribute
 * @property {string} name        "" of a spread
 * @property {{value: unknown} | null} literal
 * @property {number} start
 * @property {number} end
 */

/** @returns {{root: Block, byId: Map<string, Block>}} */
export function readTree(rootNode, text) {
  const reader = new Reader(text);
  const root = reader.element(rootNode, 0);
  root.id = ROOT_ID;
  reader.number(root.items);
  return { root, byId: reader.byId };
}

/** The block of the source that a node of a document is, or is a copy of. */
export function sourceOf({ byId }, { type, props }) {
  const found = byId.get(props.id) ?? byId.get(props.origin);
  return found?.type === type ? found : null;
}

class Reader {
  constructor(text) {
    this.text = text;
    this.byId = new Map();
  }

  /** Names by place: the same text has the same names. */
  number(items) {
    for (const block of items) {
      block.id = `n${this.byId.size + 1}`;
      this.byId.set(block.id, block);
      this.number(block.items);
    }
  }

  element(node, depth) {
    const type = node.type === "JSXFragment" ? FRAGMENT : nameOf(node.openingElement.name);
    const attributes = (node.openingElement?.attributes ?? []).map((each) => this.attribute(each));
    const items = node.children.flatMap((child) => this.child(child, depth + 1, node));
    return { id: "", type, node, start: node.start, end: node.end, attributes, items };
  }

  attribute(node) {
    const { start, end } = node;
    if (node.type === "JSXSpreadAttribute") return { name: "", literal: null, start, end };
    return { name: attributeName(node), literal: readAttribute(node), start, end };
  }

  child(node, depth, parent) {
    if (node.type === "JSXText") return this.words(node);
    if (node.type === "JSXElement" || node.type === "JSXFragment") {
      return [isBlock(node) && depth < DEEPEST ? this.element(node, depth) : this.locked(node)];
    }
    const { expression } = node;
    if (expression?.type === "Literal" && typeof expression.value === "string") {
      return [this.leaf(TEXT, node, { text: expression.value, isExpression: true })];
    }
    return [this.locked(node, parent)];
  }

  words(node) {
    const part = shownPart(node, this.text);
    if (!part) return [];
    const text = readText(this.text.slice(part.start, part.end));
    return [{ ...this.leaf(TEXT, node, { text, isExpression: false }), ...part }];
  }

  locked(node, parent = null) {
    const isCalled = ["ArrowFunctionExpression", "FunctionExpression"].includes(node.expression?.type);
    const reason = isCalled ? `${nameOf(parent.openingElement?.name)} calls it, so it has to stay there.` : "";
    return this.leaf(LOCKED, node, { code: this.text.slice(node.start, node.end), reason });
  }

  leaf(type, node, more) {
    return { id: "", type, node, start: node.start, end: node.end, attributes: [], items: [], ...more };
  }
}

/** Drawings, frames and anything unknown are kept as they are. */
function isBlock(node) {
  if (node.type === "JSXFragment") return true;
  const name = nameOf(node.openingElement.name);
  return /^[A-Z]|\./.test(name) || ELEMENTS.has(name);
}

export function nameOf(name) {
  if (name?.type === "JSXIdentifier") return name.name;
  if (name?.type === "JSXMemberExpression") return `${nameOf(name.object)}.${nameOf(name.property)}`;
  return "";
}

const attributeName = ({ name }) =>
  name.type === "JSXNamespacedName" ? `${name.namespace.name}:${name.name.name}` : name.name;
