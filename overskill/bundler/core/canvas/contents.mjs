/** Components whose types ask for content: an edit may not take the last of it away. */
import { Refused } from "../files.mjs";
import { AT } from "./document.mjs";
import { sourceOf } from "./tree.mjs";

/**
 * Raises Refused where something that held content, or was just added, would be left without what its type requires.
 * What stood there empty before was not this edit's doing.
 *
 * @param {{root: import("./tree.mjs").Block, byId: Map<string, import("./tree.mjs").Block>}} tree
 * @param {() => import("./blocks.mjs").Kinds} readKinds  asked for only where something was emptied
 */
export function checkContents(tree, document, readKinds) {
  const { root } = tree;
  const whole = { type: root.type, props: { ...document.root.props, children: document.content } };
  if (isEmptied(whole, root) && readKinds().ofRoot(root)?.needsContent) throw needed(root.type, "");
  const visit = (node) => {
    const kind = isEmptied(node, sourceOf(tree, node)) ? readKinds().of(node.type) : null;
    if (kind?.needsContent) throw needed(kind.label, `, or delete ${kind.label} itself`);
    for (const child of node.props.children ?? []) visit(child);
  };
  document.content.forEach(visit);
}

const isEmptied = (node, block) => isEmpty(node) && block?.items.length !== 0;

function isEmpty({ type, props }) {
  const { text = "", children = [], locked = [] } = props;
  const isGiven = props[`${AT}children`] !== undefined || locked.some(({ name }) => name === "children" || !name);
  return !type.startsWith("#") && text === "" && children.length === 0 && !isGiven;
}

const needed = (label, other) =>
  new Refused("invalid_input", `${label} needs something in it. Put something else in first${other}.`);
