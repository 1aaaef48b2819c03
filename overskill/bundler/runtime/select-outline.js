/** Frames around elements, over the app and out of its way: a shadow root keeps their styles apart. */

const FEW = 30; // more frames than that only make a page hard to read
const STYLE = `
:host { all: initial !important; position: fixed !important; inset: 0 !important; z-index: 2147482000 !important;
  display: block !important; pointer-events: none !important; overflow: clip !important; }
div { position: fixed; box-sizing: border-box; border-radius: 3px; transition: opacity .12s; }
.hovered { border: 1.5px solid #7c6bf5; background: rgb(124 107 245 / .08); }
.selected { border: 2px solid #5b46e5; box-shadow: 0 0 0 1px rgb(255 255 255 / .7); }
.alike { border: 1.5px dashed rgb(91 70 229 / .65); }
span { position: fixed; left: var(--left); translate: min(0px, calc(100vw - var(--left) - 100%)); max-width: min(90vw, 34rem); padding: 2px 7px; border-radius: 5px; overflow: hidden;
  text-overflow: ellipsis; white-space: nowrap; font: 500 11px/18px ui-sans-serif, system-ui, sans-serif;
  color: #fff; background: #5b46e5; }
span small { margin-left: 6px; font: 400 10.5px/18px ui-monospace, Menlo, monospace; opacity: .82; }
i { position: fixed; left: -9999px; }`;
const LABEL_HEIGHT = 22;

export class Outline {
  #host = null;
  #frames = null;
  #marks = []; // {element, kind, label}
  #request = 0;

  /** @param {{element: Element, kind: "hovered" | "selected" | "alike", label?: {name: string, place: string}}[]} marks */
  show(marks) {
    this.#marks = marks.slice(0, FEW);
    this.#ensure();
    this.#draw();
    if (!this.#request && marks.length > 0) this.#follow();
  }

  hide() {
    cancelAnimationFrame(this.#request);
    this.#request = 0;
    this.#marks = [];
    this.#host?.remove();
    this.#host = null;
  }

  /** What a colour of the app's stylesheet comes to here and now. */
  resolve(value) {
    this.#ensure();
    const probe = document.createElement("i");
    probe.style.color = value;
    this.#host.shadowRoot.append(probe);
    const colour = probe.style.color ? getComputedStyle(probe).color : "";
    probe.remove();
    return colour;
  }

  #ensure() {
    if (this.#host?.isConnected) return;
    this.#host = document.createElement("overskill-select");
    this.#host.attachShadow({ mode: "open" }).innerHTML = `<style>${STYLE}</style><main></main>`;
    this.#frames = this.#host.shadowRoot.querySelector("main");
    document.documentElement.append(this.#host);
  }

  /** Pages scroll and move: each frame of the screen is drawn anew while there is something to show. */
  #follow() {
    this.#request = requestAnimationFrame(() => {
      this.#request = 0;
      if (this.#marks.length === 0) return;
      this.#draw();
      this.#follow();
    });
  }

  #draw() {
    const shapes = this.#marks.flatMap((mark) => shapesOf(mark));
    while (this.#frames.children.length > shapes.length) this.#frames.lastChild.remove();
    shapes.forEach(({ tag, className, style, label }, index) => {
      let node = this.#frames.children[index];
      if (node?.localName !== tag) {
        const fresh = document.createElement(tag);
        if (node) node.replaceWith(fresh);
        else this.#frames.append(fresh);
        node = fresh;
      }
      if (node.className !== className) node.className = className;
      if (node.style.cssText !== style) node.style.cssText = style;
      if (label) write(node, label);
    });
  }
}

function shapesOf({ element, kind, label }) {
  const box = boxOf(element);
  if (!element.isConnected || box === null) return [];
  const style = `left: ${box.left}px; top: ${box.top}px; width: ${box.width}px; height: ${box.height}px;`;
  const frame = { tag: "div", className: kind, style };
  if (!label) return [frame];
  const above = box.top >= LABEL_HEIGHT ? box.top - LABEL_HEIGHT : Math.max(0, box.top) + 2;
  const top = Math.min(above, innerHeight - LABEL_HEIGHT);
  return [frame, { tag: "span", className: "", style: `--left: ${Math.max(0, box.left)}px; top: ${top}px;`, label }];
}

/** An element that has no box of its own (`contents`) has that of what is in it. */
function boxOf(element) {
  const own = element.getBoundingClientRect();
  if (own.width > 0 || own.height > 0) return own;
  const range = document.createRange();
  range.selectNodeContents(element);
  const inner = range.getBoundingClientRect();
  return inner.width > 0 || inner.height > 0 ? inner : null;
}

function write(node, { name, place }) {
  if (node.dataset.said === `${name} ${place}`) return;
  node.dataset.said = `${name} ${place}`;
  const where = document.createElement("small");
  where.textContent = place;
  node.replaceChildren(name, where);
}
