/** What an attribute may be: any words, one of a few, or what only its component's package knows. */
import { componentsOf } from "../canvas/component.mjs";
import { Sources } from "../canvas/sources.mjs";
import { propsOf } from "../canvas/types.mjs";
import { choicesOf, takesAnyWords } from "../html-choices.mjs";
import { isComponent } from "./tree.mjs";

const WRITTEN = new Set(["text", "textarea"]);
const MOST_NAMED = 8;

/**
 * @typedef {object} Takes
 * @property {string[] | null} options  null: any words
 * @property {boolean} isRequired       it can't be taken away
 * @property {string} reason            why nothing can be written; "" where it can
 */
const ANYTHING = { options: null, isRequired: false, reason: "" };

export class Choices {
  #component = null; // what the app knows of it; null: it is the browser's, or a package's

  /** @param {Map<string, string>} files  the app, as far as it is known; of `file`, `text` counts */
  constructor(file, text, name, files) {
    this.name = name;
    if (isComponent(name)) this.#component = found(name, file, new Sources(new Map(files).set(file, text)));
  }

  /** Optional attributes that can be written in words, of the component's own. */
  get names() {
    const fields = this.#component?.fields ?? [];
    return fields.filter((field) => field.optional && !takes(this.name, field).reason).map(({ name }) => name);
  }

  /** The element that gets what the component has no use for itself; "" when that is not known. */
  get element() {
    return isComponent(this.name) ? (this.#component?.handsOn ?? "") : this.name;
  }

  /** @returns {Takes} */
  of(attribute) {
    if (!isComponent(this.name)) return { ...ANYTHING, options: choicesOf(this.name, attribute) };
    if (this.#component && !this.#component.isTyped) return ANYTHING;
    const field = this.#component?.fields.find(({ name }) => name === attribute);
    return field ? takes(this.name, field) : this.#ofOther(attribute);
  }

  #ofOther(attribute) {
    const { isWhole = false, without = [] } = this.#component ?? {};
    if (without.includes(attribute) || (isWhole && !this.element))
      return { ...ANYTHING, reason: `${this.name} has no \`${attribute}\`. Change it in the code.` };
    const options = choicesOf(this.element, attribute);
    if (options || isWhole || takesAnyWords(attribute)) return { ...ANYTHING, options };
    const reason = `What \`${attribute}\` of ${this.name} may be is decided where ${this.name} comes from. Change it in the code.`;
    return { ...ANYTHING, reason };
  }
}

/** @returns {Takes} */
function takes(component, { name, type, kind, options = [], optional, wants }) {
  const isRequired = !optional;
  if (WRITTEN.has(type)) return { options: null, isRequired, reason: "" };
  const words = options.filter((option) => typeof option === "string");
  if (type === "select" && words.length > 0) return { options: words, isRequired, reason: "" };
  const shape = kind || !wants ? "code" : `a \`${wants}\``;
  return { options: null, isRequired, reason: `\`${name}\` of ${component} is ${shape}. Change it in the code.` };
}

/** What can't be written, as a sentence; "" where it can. */
export function whyNotWritten(component, attribute, value, { options, reason }) {
  if (reason || !options || options.includes(value)) return reason;
  const named = options.slice(0, MOST_NAMED).map((option) => `\`${option}\``);
  const others = options.length > MOST_NAMED ? ", or another of its words" : "";
  return `\`${attribute}\` of ${component} is one of ${named.join(", ")}${others}. Choose one of these.`;
}

function found(name, file, sources) {
  const source = sources.get(file);
  const [local, part] = name.split(".");
  const imported = source && sources.importOf(source, local);
  const place = imported ? imported.file && { source: sources.get(imported.file), sources } : { source, sources };
  if (!place?.source) return null;
  const wanted = !imported ? local : imported.imported === "*" ? part : imported.imported;
  const isIt = imported ? ({ exported }) => exported === wanted : (each) => each.name === wanted;
  const component = (!part || imported?.imported === "*") && componentsOf(place.source.program).find(isIt);
  return component ? { ...propsOf(component, place), isTyped: component.given !== null } : null;
}
