/** A change as it will look, shown at once on the page itself, until the code's own change arrives. */

const PLAIN = /^(?:src|alt|title|placeholder|href|target|aria-label)$/;
const MOST_WORDS = 10_000;

export class Trial {
  #undo = [];

  /**
   * @param {Element[]} elements
   * @param {{add?: string[], remove?: string[], text?: {from: string, to: string},
   *   attribute?: {name: string, value: string | null}}} change
   */
  show(elements, { add = [], remove = [], text, attribute }) {
    for (const element of elements) {
      if (isWords(add) && isWords(remove) && add.length + remove.length > 0) this.#classes(element, add, remove);
      if (typeof text?.from === "string" && typeof text.to === "string") this.#text(element, text);
      if (PLAIN.test(attribute?.name ?? "")) this.#attribute(element, attribute);
    }
  }

  /** The code's own change is there, or comes: what was tried is not taken back. */
  keep() {
    this.#undo = [];
  }

  takeBack() {
    for (const undo of this.#undo.toReversed()) undo();
    this.#undo = [];
  }

  #classes(element, add, remove) {
    const before = element.getAttribute("class");
    element.classList.remove(...remove);
    element.classList.add(...add);
    this.#undo.push(() => setOrRemove(element, "class", before));
  }

  /** React holds on to its text nodes: they stay, only what they say is another. */
  #text(element, { from, to }) {
    const node = [...element.childNodes].find(
      ({ nodeType, nodeValue }) => nodeType === Node.TEXT_NODE && nodeValue.trim() === from.trim(),
    );
    if (!node || to.length > MOST_WORDS) return;
    const before = node.nodeValue;
    node.nodeValue = before.replace(before.trim() || before, () => to);
    this.#undo.push(() => (node.nodeValue = before));
  }

  #attribute(element, { name, value }) {
    const isAddress = name === "src" || name === "href";
    if (typeof value === "string" && isAddress && !/^(?:https?:|data:image\/|[/.#?]|[\w-]+(?:[/.?#]|$))/.test(value)) return;
    const before = element.getAttribute(name);
    setOrRemove(element, name, typeof value === "string" ? value : null);
    this.#undo.push(() => setOrRemove(element, name, before));
  }
}

const isWords = (all) => Array.isArray(all) && all.every((each) => typeof each === "string" && /^\S+$/.test(each));

function setOrRemove(element, name, value) {
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}
