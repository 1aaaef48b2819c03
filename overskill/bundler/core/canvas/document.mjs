/**
 * A Puck document of a tree of blocks. An attribute is a property with an @ before its name, because Puck has an `id`
 * of its own. `origin` says which block of the source something is, or is a copy of.
 */
import { FRAGMENT, LOCKED, TEXT } from "./tree.mjs";
import { ELEMENTS } from "./html.mjs";

export const AT = "@";
const OF_REACT = new Set(["key", "ref"]); // never shown, and never copied

export const isHidden = ({ name }) => OF_REACT.has(name);

/** @param {(type: string) => boolean} takesChildren  of components */
export function documentOf(root, text, takesChildren) {
  const writer = { text, takesChildren };
  const props = attributesOf(root, writer);
  return { root: { props }, content: root.items.map((block) => nodeOf(block, writer)), zones: {} };
}

function nodeOf(block, writer) {
  const named = { id: block.id, origin: block.id };
  if (block.type === TEXT) return { type: TEXT, props: { ...named, text: block.text } };
  if (block.type === LOCKED) {
    return { type: LOCKED, props: { ...named, code: block.code, reason: block.reason ?? "" } };
  }
  return { type: block.type, props: { ...named, ...attributesOf(block, writer), ...contentOf(block, writer) } };
}

function attributesOf(block, { text }) {
  const props = {};
  const locked = [];
  for (const attribute of block.attributes.filter((each) => !isHidden(each))) {
    if (attribute.literal) props[AT + attribute.name] = attribute.literal.value;
    else locked.push({ name: attribute.name, code: text.slice(attribute.start, attribute.end) });
  }
  return locked.length > 0 ? { ...props, locked } : props;
}

function contentOf(block, writer) {
  if (block.items.length === 0 && !holds(block.type, writer.takesChildren)) return {};
  const text = onlyText(block);
  return text
    ? { text: text.text, children: [] }
    : { text: "", children: block.items.map((item) => nodeOf(item, writer)) };
}

/** The one text that stands in an element, and nothing else. */
export const onlyText = ({ items }) => (items.length === 1 && items[0].type === TEXT ? items[0] : null);

export function holds(type, takesChildren) {
  if (type === FRAGMENT) return true;
  const element = ELEMENTS.get(type);
  return element ? element.holds !== "" : takesChildren(type);
}

/** The same document, in the one way in which it is read back: what holds only a text has no other blocks. */
export function normal(node) {
  const { text = "", children = [], ...props } = node.props;
  if (node.type === TEXT || node.type === LOCKED) return node;
  const own = children.map(normal);
  if (text && own.length > 0) own.unshift({ type: TEXT, props: { text } });
  const only = own.length === 1 && own[0].type === TEXT ? own[0].props.text : null;
  if (only !== null) return { ...node, props: { ...props, text: only, children: [] } };
  return { ...node, props: { ...props, text: own.length > 0 ? "" : text, children: own } };
}
