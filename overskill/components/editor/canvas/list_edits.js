/** Changes of a page without Puck. Each gives a document of its own. @typedef {import("./matching.js").Document} Document */
import { childrenOf, mapNodes } from "./matching.js";

/** Every list of blocks, as `change` leaves it. */
function inLists(nodes, change) {
  return change(nodes).map((node) => {
    const { children } = node.props;
    return children ? { ...node, props: { ...node.props, children: inLists(children, change) } } : node;
  });
}

const withLists = (document, change) => ({ ...document, content: inLists(document.content, change) });
const placeOf = (nodes, id) => nodes.findIndex(({ props }) => props.id === id);

export function findNode(document, id, nodes = document.content) {
  for (const node of nodes) {
    const found = node.props.id === id ? node : findNode(document, id, childrenOf(node));
    if (found) return found;
  }
  return null;
}

export function changeNode(document, id, props) {
  const change = (node) => (node.props.id === id ? { ...node, props: { ...node.props, ...props } } : node);
  return { ...document, content: mapNodes(document.content, change) };
}

export function removeNode(document, id) {
  return withLists(document, (nodes) => nodes.filter(({ props }) => props.id !== id));
}

/** @param {1 | -1} by */
export function moveNode(document, id, by) {
  return withLists(document, (nodes) => {
    const at = placeOf(nodes, id);
    if (at < 0 || at + by < 0 || at + by >= nodes.length) return nodes;
    const moved = [...nodes];
    moved.splice(at + by, 0, ...moved.splice(at, 1));
    return moved;
  });
}

export function duplicateNode(document, id, name = () => crypto.randomUUID()) {
  return withLists(document, (nodes) => {
    const at = placeOf(nodes, id);
    if (at < 0) return nodes;
    const [copy] = mapNodes([nodes[at]], (node) => ({ ...node, props: { ...node.props, id: `copy-${name()}` } }));
    return [...nodes.slice(0, at + 1), copy, ...nodes.slice(at + 1)];
  });
}
