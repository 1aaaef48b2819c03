/** Blocks that the source does not have yet, laid out as prettier would. */
import { AT } from "./document.mjs";
import { INDENT } from "./layout.mjs";
import { writeText } from "./texts.mjs";
import { FRAGMENT, LOCKED, TEXT } from "./tree.mjs";
import { writeAttribute } from "./values.mjs";

const LONGEST_LINE = 100;

/** @param {(node: object, indent: string, edge: object) => string} place  writes a block inside it */
export function printBlock(node, indent, place) {
  if (node.type === LOCKED) return node.props.code;
  const name = node.type === FRAGMENT ? "" : node.type;
  const { text = "", children = [] } = node.props;
  const attributes = attributesOf(node);
  const isEmpty = children.length === 0 && text === "";
  const opening = printOpening(name, attributes, indent, isEmpty && name !== "");
  if (isEmpty) return name === "" ? "<></>" : opening;
  if (children.length > 0) return `${opening}${printChildren(children, indent, place)}\n${indent}</${name}>`;
  const inline = `${opening}${writeText(text)}</${name}>`;
  if (!opening.includes("\n") && indent.length + inline.length <= LONGEST_LINE) return inline;
  const inner = indent + INDENT;
  return `${opening}\n${inner}${writeText(text, { isEdge: true, indent: inner })}\n${indent}</${name}>`;
}

function printOpening(name, attributes, indent, isClosed) {
  const line = ["<" + name, ...attributes].join(" ") + (isClosed ? " />" : ">");
  const isLong = indent.length + line.length > LONGEST_LINE && attributes.length > 1;
  if (!isLong && !line.includes("\n")) return line;
  const each = attributes.map((attribute) => `\n${indent}${INDENT}${attribute}`).join("");
  return `<${name}${each}\n${indent}${isClosed ? "/>" : ">"}`;
}

function attributesOf({ props }) {
  const written = Object.entries(props).filter(([name, value]) => name.startsWith(AT) && value !== undefined);
  const own = written.map(([name, value]) => writeAttribute(name.slice(AT.length), value));
  return [...own, ...(props.locked ?? []).map(({ code }) => code)];
}

function printChildren(children, indent, place) {
  const inner = indent + INDENT;
  return children
    .map((child, at) => {
      const isAfterText = at > 0 && children[at - 1].type === TEXT;
      return `\n${inner}${place(child, inner, { isEdge: true, isAfterText })}`;
    })
    .join("");
}
