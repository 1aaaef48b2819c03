/**
 * Which block of a page is which in a later reading of it: the names of blocks are only good for one text.
 *
 * @typedef {{type: string, props: {id: string, origin?: string, children?: Node[]}}} Node
 * @typedef {{root: {props: object}, content: Node[], zones?: object}} Document
 */

const NAMES = new Set(["id", "origin", "children"]);

export const childrenOf = ({ props }) => props.children ?? [];

/** What a block is, apart from its name and from what is in it. */
function ownOf({ type, props }) {
  const own = Object.entries(props).filter(([name, value]) => !NAMES.has(name) && value !== undefined && value !== "");
  return JSON.stringify([type, own.sort(([one], [other]) => (one < other ? -1 : 1))]);
}

const wholeOf = (node) => `${ownOf(node)}[${childrenOf(node).map(wholeOf).join()}]`;

/**
 * The pairs of two lists of blocks: first those that are alike with all that is in them, in order; between these, those
 * that are alike themselves; then those of one kind, in order.
 *
 * @param {Node[]} before @param {Node[]} after @returns {[Node, Node][]} with those inside of them
 */
export function pairs(before, after) {
  const found = [];
  matchBy([wholeOf, ownOf, ({ type }) => type], before, after, found);
  return found.flatMap(([one, other]) => [[one, other], ...pairs(childrenOf(one), childrenOf(other))]);
}

function matchBy([keyOf, ...weaker], before, after, found) {
  if (!keyOf || before.length === 0 || after.length === 0) return;
  let [from, to] = [0, 0];
  for (const [one, other] of [...common(before.map(keyOf), after.map(keyOf)), [before.length, after.length]]) {
    matchBy(weaker, before.slice(from, one), after.slice(to, other), found);
    if (one < before.length) found.push([before[one], after[other]]);
    [from, to] = [one + 1, other + 1];
  }
}

/** The places of a longest common run of keys, gaps allowed. */
function common(before, after) {
  const lengths = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1));
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      lengths[i][j] =
        before[i] === after[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  const found = [];
  let [i, j] = [0, 0];
  while (i < before.length && j < after.length) {
    if (before[i] === after[j]) found.push([i++, j++]);
    else if (lengths[i + 1][j] >= lengths[i][j + 1]) i += 1;
    else j += 1;
  }
  return found;
}

/** The pairs of two documents of one shape, or null when they are not. @returns {[Node, Node][] | null} */
export function pairsOfSame(before, after) {
  if (before.length !== after.length) return null;
  const found = [];
  for (const [at, one] of before.entries()) {
    const inner = one.type === after[at].type ? pairsOfSame(childrenOf(one), childrenOf(after[at])) : null;
    if (!inner) return null;
    found.push([one, after[at]], ...inner);
  }
  return found;
}

/** The same document, each block as `change` makes it. */
export function mapNodes(nodes, change) {
  return nodes.map((node) => {
    const changed = change(node);
    const { children } = node.props;
    return children ? { ...changed, props: { ...changed.props, children: mapNodes(children, change) } } : changed;
  });
}
