/** Blocks whose components need something in them. */
import { findNode } from "./list_edits.js";
import { childrenOf } from "./matching.js";

const isEmpty = (node) => !node.props.text && childrenOf(node).length === 0;

/**
 * The block that an edit left without what it needs, as far as it is still there as it was before.
 *
 * @param {import("./matching.js").Document} before @param {import("./matching.js").Document} after
 * @param {{type: string, label: string, needsContent: boolean}[]} kinds
 * @returns {{id: string, label: string} | null}
 */
export function emptied(before, after, kinds) {
  const labels = new Map(kinds.filter(({ needsContent }) => needsContent).map(({ type, label }) => [type, label]));
  const visit = (nodes) => {
    for (const node of nodes) {
      const was = labels.has(node.type) && isEmpty(node) ? findNode(before, node.props.id) : null;
      if (was && !isEmpty(was)) return { id: node.props.id, label: labels.get(node.type) };
      const inside = visit(childrenOf(node));
      if (inside) return inside;
    }
    return null;
  };
  return visit(after.content);
}
