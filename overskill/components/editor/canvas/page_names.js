/**
 * The names of blocks: on the canvas they stay for as long as the page is open, so that what is selected stays selected
 * and what was done can be undone; the server names them anew with each text.
 */
import { mapNodes, pairs, pairsOfSame } from "./matching.js";

export class PageNames {
  #ofServer = new Map(); // name on the canvas -> name in the text
  #readings = 0;

  /** A page as it is first shown. @param {import("./matching.js").Document} document */
  begin(document) {
    return this.show(document, { content: [] });
  }

  /** A page that others changed: what is still there keeps its name. */
  show(document, shown) {
    this.#readings += 1;
    const kept = new Map(
      pairs(shown.content, document.content).map(([before, after]) => [after.props.id, before.props.id]),
    );
    this.#ofServer = new Map();
    const content = mapNodes(document.content, (node) => {
      const id = kept.get(node.props.id) ?? `${node.props.id}-${this.#readings}`;
      this.#ofServer.set(id, node.props.id);
      return { ...node, props: { ...node.props, id, origin: id } };
    });
    return { ...document, content };
  }

  /** What the server is told: its own names where it knows a block. */
  send(shown) {
    const content = mapNodes(shown.content, (node) => {
      const { id, origin, ...props } = node.props;
      const known = this.#ofServer.get(origin);
      return {
        ...node,
        props: { ...props, id: this.#ofServer.get(id) ?? `new-${id}`, ...(known && { origin: known }) },
      };
    });
    return { root: { props: shown.root.props ?? {} }, content, zones: {} };
  }

  /** The server wrote what it was sent. @returns {boolean} false when it reads it in another shape, which has to be shown */
  sent(shown, document) {
    const same = pairsOfSame(shown.content, document.content);
    const found = same ?? pairs(shown.content, document.content);
    this.#ofServer = new Map(found.map(([before, after]) => [before.props.id, after.props.id]));
    return same !== null;
  }
}
