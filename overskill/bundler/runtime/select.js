/**
 * Select mode: the app stands still under the pointer, and its elements are chosen instead of used. The editor turns it
 * on and off and hears what was chosen; every message is in README.md.
 */
import { Outline } from "./select-outline.js";
import {
  ancestorsOf,
  childrenOf,
  isSamePlace,
  labelOf,
  madeBy,
  outermost,
  parentOf,
  placesOf,
  selectableAt,
  siblingsOf,
} from "./select-tree.js";
import { Trial } from "./select-trial.js";

const SWALLOWED = [
  "auxclick",
  "click",
  "contextmenu",
  "dblclick",
  "dragstart",
  "mousedown",
  "mousemove",
  "mouseout",
  "mouseover",
  "mouseup",
  "pointerdown",
  "pointermove",
  "pointerout",
  "pointerover",
  "pointerup",
  "submit",
];
const UNHEARD = ["touchend", "touchmove", "touchstart"]; // the app does not hear of them, and they still scroll
const KEYS = { ArrowUp: "parent", ArrowDown: "child", ArrowLeft: "before", ArrowRight: "after" };
const SOUGHT_FOR = 5000; // ms until an element that was to appear is given up
const MOST_COLOURS = 120;
const MEASURES = [
  "display",
  "flex-direction",
  "font-size",
  "font-weight",
  "line-height",
  "color",
  "background-color",
  "border-radius",
  "width",
  "height",
];

export class Select {
  #isOn = false;
  #hovered = null;
  #selected = null;
  #told = ""; // what the editor was told of the selected element, as JSON
  #alike = []; // what else the selected element's place in the code made
  #sought = null; // {place, index, until}
  #listening = null;
  #outline = new Outline();
  #trial = new Trial();

  /** @param {(type: string, details?: object) => void} post */
  constructor(post) {
    this.post = post;
    // On a tab of its own nobody could turn it on, and the key is the app's.
    if (window.parent !== window) addEventListener("keydown", (event) => this.#onKey(event), { capture: true });
  }

  /** What the editor may ask for. */
  get commands() {
    return {
      "select-mode": ({ on }) => this.#turn(on === true),
      "select-unhover": () => this.#hover(null), // a frame is not always told that the pointer has left it
      "select-step": ({ to }) => this.#step(to),
      "select-listed": ({ list, index }) => this.#choose(this.#listed(list)[index], "listed"),
      "select-place": ({ place, index }) => this.#seek(place, index),
      "select-try": ({ place, change }) => this.#try(place, change),
      "select-tried": ({ isKept }) => (isKept ? this.#trial.keep() : this.#trial.takeBack()),
      "select-colours": ({ colours }) => this.#tellColours(colours),
    };
  }

  /** The app was drawn anew: the same element may be another node, or another line. */
  look() {
    if (!this.#isOn) return;
    if (!this.#hovered?.isConnected) this.#hovered = null;
    if (this.#sought) this.#find();
    else if (this.#selected && !this.#selected.isConnected) this.#choose(null, "gone");
    else if (this.#selected) {
      this.#select(this.#selected);
      this.#tell("again");
    }
  }

  #turn(isOn) {
    if (isOn === this.#isOn) return;
    this.#isOn = isOn;
    this.#hovered = null;
    if (isOn) this.#listen();
    else {
      this.#listening.abort();
      this.#select(null);
      this.#sought = null;
      this.#told = "";
      this.#trial.keep();
      this.#outline.hide();
    }
  }

  #listen() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    for (const name of SWALLOWED) addEventListener(name, (event) => this.#onPointer(event), { capture: true, signal });
    for (const name of UNHEARD)
      addEventListener(name, (event) => event.stopImmediatePropagation(), { capture: true, passive: true, signal });
    addEventListener("resize", () => this.#selected?.scrollIntoView({ block: "nearest", inline: "nearest" }), { signal });
  }

  #onPointer(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.type === "pointermove") this.#hover(selectableAt(event.target));
    if (event.type === "pointerout" && event.relatedTarget === null) this.#hover(null); // it left the frame
    // A disabled button has no clicks, and a finger that scrolls has no pointerup.
    if (event.type !== "pointerup" || event.button !== 0) return;
    window.focus(); // for the arrow keys: what was swallowed would have done it
    this.#choose(selectableAt(document.elementFromPoint(event.clientX, event.clientY)), "click");
  }

  #onKey(event) {
    if (event.altKey && event.code === "KeyS" && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      this.post("select-asked");
    }
    const act = this.#isOn ? this.#actOf(event) : null;
    if (act === null) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    act();
  }

  /** What a key means in select mode, or null. */
  #actOf({ key, ctrlKey, metaKey, shiftKey }) {
    if ((ctrlKey || metaKey) && key.toLowerCase() === "z") return () => this.post("select-undo", { isRedo: shiftKey });
    if (ctrlKey || metaKey) return null;
    if (KEYS[key]) return () => this.#step(KEYS[key]);
    if (key === "Escape") return () => this.post("select-left");
    if (key === "Delete" || key === "Backspace") return () => this.#selected && this.post("select-delete");
    return key === "Enter" ? () => this.#hovered && this.#choose(this.#hovered, "key") : null;
  }

  #step(to) {
    const from = this.#selected ?? this.#hovered ?? selectableAt(document.querySelector("#root *"));
    if (!from) return;
    const beside = siblingsOf(from);
    const place = beside.indexOf(from);
    const next = {
      parent: () => parentOf(from),
      child: () => childrenOf(from)[0],
      before: () => beside[place - 1],
      after: () => beside[place + 1],
    }[to]?.();
    if (next) this.#choose(next, "key");
    else if (!this.#selected) this.#choose(from, "key");
  }

  #listed(list) {
    if (!this.#selected) return [];
    return { ancestors: ancestorsOf, siblings: siblingsOf, children: childrenOf }[list]?.(this.#selected) ?? [];
  }

  #hover(element) {
    if (element === this.#hovered) return;
    this.#hovered = element;
    this.#draw();
    const [place] = element ? placesOf(element) : [];
    if (place) this.post("hovered", { name: place.name, file: place.file, line: place.line });
  }

  #choose(element, how) {
    if (element === undefined) return;
    this.#select(element);
    this.#sought = null;
    if (element && how !== "click") element.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.#tell(how);
  }

  #select(element) {
    this.#selected = element;
    const [place] = element ? placesOf(element) : [];
    this.#alike = place ? madeBy(place) : [];
    this.#draw();
  }

  /** Select what a place in the code makes, as soon as the page was drawn from it. */
  #seek(place, index = 0) {
    if (typeof place?.file !== "string") return;
    this.#sought = { place, index, until: performance.now() + SOUGHT_FOR };
    this.#find();
  }

  #find() {
    const { place, index, until } = this.#sought;
    const stays = this.#selected?.isConnected && placesOf(this.#selected).some((each) => isSamePlace(each, place));
    const found = stays ? [this.#selected] : outermost(madeBy(place));
    if (found.length > 0) {
      this.#sought = null;
      this.#select(found[index] ?? found[0]);
      this.#tell("sought");
    } else if (performance.now() > until) {
      this.#sought = null;
      if (!this.#selected?.isConnected) this.#choose(null, "gone");
    }
  }

  #draw() {
    if (!this.#isOn) return;
    const others = this.#alike.filter((each) => each !== this.#selected);
    const marks = others.map((element) => ({ element, kind: "alike" }));
    if (this.#selected) marks.unshift({ element: this.#selected, kind: "selected", label: frameLabel(this.#selected) });
    if (this.#hovered && this.#hovered !== this.#selected)
      marks.unshift({ element: this.#hovered, kind: "hovered", label: frameLabel(this.#hovered) });
    this.#outline.show(marks);
  }

  #tell(how) {
    const element = this.#selected;
    const details = element ? this.#described(element) : { places: [] };
    const told = JSON.stringify(details);
    if (how === "again" && told === this.#told) return;
    this.#told = told;
    this.post("selected", { how, ...details });
  }

  #described(element) {
    const style = getComputedStyle(element);
    return {
      places: placesOf(element),
      tag: element.localName,
      index: Math.max(0, this.#alike.indexOf(element)),
      count: this.#alike.length,
      ancestors: ancestorsOf(element).map(labelOf),
      siblings: siblingsOf(element).map((each) => ({ ...labelOf(each), isThis: each === element })),
      children: childrenOf(element).map(labelOf),
      measures: Object.fromEntries(MEASURES.map((name) => [name, style.getPropertyValue(name)])),
    };
  }

  #try(place, change) {
    if (!this.#isOn || typeof place?.file !== "string" || !change) return;
    this.#trial.show(outermost(madeBy(place)), change);
  }

  #tellColours(colours) {
    if (!Array.isArray(colours)) return;
    const resolved = colours
      .slice(0, MOST_COLOURS)
      .filter(({ value }) => typeof value === "string")
      .map(({ name, value }) => ({ name, colour: this.#outline.resolve(value) }));
    this.post("colours", { colours: resolved });
  }
}

function frameLabel(element) {
  const [place] = placesOf(element);
  if (!place) return { name: element.localName, place: "" };
  const { name, component, file, line } = place;
  return { name: component && component !== name ? `${component} › ${name}` : name, place: `${file}:${line}` };
}
