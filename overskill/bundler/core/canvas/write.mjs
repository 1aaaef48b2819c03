/**
 * A document back into the source it was read from. What was not edited keeps its bytes: every block is written as its
 * own slice of the source, in which only what differs is replaced.
 */
import { AT, isHidden, onlyText } from "./document.mjs";
import { childIndent, edgeOf, gaps, indentAt, shifted } from "./layout.mjs";
import { printBlock } from "./print.mjs";
import { hasEdgeSpace, writeText } from "./texts.mjs";
import { LOCKED, ROOT_ID, sourceOf, TEXT } from "./tree.mjs";
import { isSame, writeAttribute } from "./values.mjs";

/** @param {{root: import("./tree.mjs").Block, byId: Map<string, import("./tree.mjs").Block>}} tree */
export function writeTree(tree, text, document) {
  const writer = new Writer(tree, text);
  const node = { type: tree.root.type, props: { ...document.root.props, id: ROOT_ID, children: document.content } };
  return text.slice(0, tree.root.start) + writer.written(node, tree.root, false) + text.slice(tree.root.end);
}

class Writer {
  constructor(tree, text) {
    this.text = text;
    this.tree = tree;
  }

  source(node) {
    return sourceOf(this.tree, node);
  }

  /** A node on a line that begins with `indent`, wherever it comes from. */
  placed = (node, indent, edge) => {
    const block = this.source(node);
    if (!block) return node.type === TEXT ? writeText(node.props.text, edge) : printBlock(node, indent, this.placed);
    const written = this.written(node, block, block.id !== node.props.id, edge);
    return shifted(written, indentAt(this.text, block.start), indent);
  };

  /** @param {boolean} isCopy  the block itself stays, or is gone */
  written(node, block, isCopy, edge = {}) {
    if (block.type === LOCKED) return this.slice(block);
    if (block.type === TEXT) return this.writtenText(node, block, edge);
    const edits = [...this.attributeEdits(node, block, isCopy), ...this.contentEdits(node, block)];
    return this.patched(block, edits);
  }

  writtenText({ props }, block, { isEdge = false, isAfterText = false }) {
    const isLost = !block.isExpression && (isAfterText || (isEdge && hasEdgeSpace(block.text)));
    const isKept = props.text === block.text && !isLost;
    return isKept ? this.slice(block) : writeText(props.text, { isEdge, isAfterText });
  }

  slice({ start, end }) {
    return this.text.slice(start, end);
  }

  patched({ start, end }, edits) {
    let written = "";
    let at = start;
    for (const edit of edits.sort((one, other) => one.start - other.start || one.end - other.end)) {
      written += this.text.slice(at, edit.start) + edit.text;
      at = edit.end;
    }
    return written + this.text.slice(at, end);
  }

  attributeEdits({ props }, block, isCopy) {
    const { openingElement } = block.node;
    if (!openingElement) return [];
    const edits = [];
    for (const attribute of block.attributes) {
      const isGone = isHidden(attribute) ? isCopy : attribute.literal && props[AT + attribute.name] === undefined;
      if (isGone) edits.push(this.removal(attribute));
      else if (attribute.literal && !isHidden(attribute)) edits.push(...changed(attribute, props[AT + attribute.name]));
    }
    const known = new Set(block.attributes.map(({ name }) => AT + name));
    const added = Object.entries(props).filter(
      ([name, value]) => name.startsWith(AT) && !known.has(name) && value !== undefined,
    );
    if (added.length > 0) edits.push(this.addition(added, block));
    return edits;
  }

  removal({ start, end }) {
    const space = /\s*$/.exec(this.text.slice(0, start))[0].length;
    return { start: start - space, end, text: "" };
  }

  /** Behind the last attribute; on a line of its own where that one is. */
  addition(added, { node: { openingElement }, attributes }) {
    const last = attributes.at(-1);
    const at = last?.end ?? openingElement.typeArguments?.end ?? openingElement.name.end;
    const line = last && /^[ \t]*$/.test(this.text.slice(this.text.lastIndexOf("\n", last.start - 1) + 1, last.start));
    const before = line ? `\n${indentAt(this.text, last.start)}` : " ";
    return {
      start: at,
      end: at,
      text: added.map(([name, value]) => before + writeAttribute(name.slice(1), value)).join(""),
    };
  }

  contentEdits(node, block) {
    const { text = "", children = [] } = node.props;
    const only = onlyText(block);
    if (children.length === 0) {
      if (only && only.text === text) return [];
      if (only && text !== "") return [{ ...only, text: this.retold(only, text) }];
      return block.items.length === 0 && text === ""
        ? []
        : [this.contentEdit(block, text === "" ? "" : writeText(text))];
    }
    const isSameOrder =
      children.length === block.items.length && children.every((child, at) => this.source(child) === block.items[at]);
    return isSameOrder ? this.childEdits(children, block) : [this.contentEdit(block, this.arranged(children, block))];
  }

  /** Another text in the place of one; on lines of its own, it may take several. */
  retold(block, text) {
    const isAlone = this.isBesideBreak(block);
    return writeText(text, { isEdge: isAlone, indent: isAlone ? indentAt(this.text, block.start) : null });
  }

  isBesideBreak({ start, end }) {
    return /\n[ \t]*$/.test(this.text.slice(0, start)) || /^[ \t]*\r?\n/.test(this.text.slice(end));
  }

  childEdits(children, block) {
    return children.flatMap((child, at) => {
      const item = block.items[at];
      const isCopy = item.id !== child.props.id;
      const isText = item.type === TEXT && child.props.text !== item.text;
      const text = isText ? this.retoldBeside(child, block, at) : this.written(child, item, isCopy);
      return text === this.slice(item) ? [] : [{ start: item.start, end: item.end, text }];
    });
  }

  retoldBeside(child, block, at) {
    const isAfterText = at > 0 && block.items[at - 1].type === TEXT;
    return writeText(child.props.text, { isEdge: this.isBesideBreak(block.items[at]), isAfterText });
  }

  /** What stands between the tags, in another order or with other blocks. */
  arranged(children, block) {
    const indent = childIndent(block, this.text);
    const between = gaps(
      children.map((child) => this.source(child)),
      children,
      block,
      this.text,
      indent,
    );
    const parts = children.map((child, at) => between[at] + this.placed(child, indent, edgeOf(children, between, at)));
    return parts.join("") + between.at(-1);
  }

  contentEdit({ node, type }, content) {
    const opening = node.openingElement ?? node.openingFragment;
    const closing = node.closingElement ?? node.closingFragment;
    if (closing) return { start: opening.end, end: closing.start, text: content };
    const end = /\s*\/>$/.exec(this.text.slice(opening.start, opening.end));
    return { start: opening.end - end[0].length, end: opening.end, text: content ? `>${content}</${type}>` : " />" };
  }
}

function changed(attribute, value) {
  if (isSame(attribute.literal.value, value)) return [];
  return [{ start: attribute.start, end: attribute.end, text: writeAttribute(attribute.name, value) }];
}
