/** What can stand on a page: HTML elements, the components of the app, and what the page has from packages. */
import { choicesOf, takesAnyWords } from "../html-choices.mjs";
import { componentsOf, isPart, mainComponent } from "./component.mjs";
import { attributesOf, ELEMENTS, sampleOf } from "./html.mjs";
import { sketchOf } from "./sketch.mjs";
import { importsOf, specifierOf, walk } from "./sources.mjs";
import { noteBefore, propsOf, words } from "./types.mjs";

/**
 * @typedef {object} BlockKind
 * @property {string} type
 * @property {string} label
 * @property {string} group        "layout", "text", "media", "control", "app", "ui", "package" or ""
 * @property {string} hint
 * @property {import("./types.mjs").Field[]} fields
 * @property {boolean} takesChildren
 * @property {boolean} needsContent  its type requires children
 * @property {object | null} sample  the properties of a fresh one; null: it can't be added here
 * @property {string} needs          why not
 * @property {{specifier: string, imported: string} | null} from
 * @property {string} file           of the app, that it is written in
 * @property {string} handsOn        the element whose attributes it takes as well; "": none that is known
 * @property {import("./sketch.mjs").Sketch[]} [sketch]  how it looks
 */

const KIT = "src/components/ui/";
const EXAMPLE_ICON = "Sparkles";
/** Names that samples use. */
export const WELL_KNOWN = { [EXAMPLE_ICON]: { specifier: "lucide-react", imported: EXAMPLE_ICON } };

export const elementKind = (type) => {
  const { label, group, holds } = ELEMENTS.get(type);
  const fields = attributesOf(type).map((field) => ({ hint: "", ...field }));
  const content = { takesChildren: holds !== "", needsContent: false, sample: group === "" ? null : sampleOf(type) };
  return { type, label, group, hint: "", fields, ...content, needs: "", from: null, file: "", handsOn: type };
};

/** @returns {BlockKind} */
export function componentKind(component, source, sources) {
  const { name, exported, callable } = component;
  const { fields, takesChildren: mayTakeChildren, needsChildren, handsOn } = propsOf(component, { source, sources });
  const takesChildren = mayTakeChildren && showsChildren(callable);
  const { sample, missing } = sampleProps(fields, takesChildren, name);
  const needs = isPart(component) ? "It belongs inside another component." : missing;
  return {
    type: name,
    label: words(name),
    group: source.file.startsWith(KIT) ? "ui" : "app",
    hint: noteBefore(startOfStatement(source.program, callable), source.text),
    fields,
    takesChildren,
    needsContent: needsChildren,
    sample: needs ? null : sample,
    needs,
    from: exported ? { specifier: specifierOf(source.file), imported: exported } : null,
    file: source.file,
    handsOn,
    sketch: sketchOf(component, source, sources),
  };
}

const startOfStatement = (program, { start }) =>
  program.body.find((each) => each.start <= start && start < each.end).start;

/** Its types may allow children that something of its own stands in the place of. */
function showsChildren(callable) {
  let found = false;
  walk(callable, (node) => {
    const isGiven = node.type === "JSXOpeningElement" && node.selfClosing;
    if (isGiven && node.attributes.some(({ type }) => type === "JSXSpreadAttribute")) found = true;
    if (node.type === "Identifier" && node.name === "children") found = true;
    return !found;
  });
  return found;
}

function sampleProps(fields, takesChildren, name) {
  const sample = takesChildren ? { text: words(name), children: [] } : {};
  const locked = [];
  for (const field of fields.filter(({ optional }) => !optional)) {
    const code = field.type === "locked" ? codeFor(field) : null;
    const value = field.type === "locked" || isRecord(field) ? undefined : valueFor(field);
    if (code) locked.push({ name: field.name, code: `${field.name}=${code}` });
    else if (value === undefined)
      return { sample: null, missing: `It needs ${field.name}, which only code can give it.` };
    else sample[`@${field.name}`] = value;
  }
  return { sample: locked.length > 0 ? { ...sample, locked } : sample, missing: "" };
}

/** One of the app's own records, which an example would not be. */
const isRecord = ({ fields = [] }) => fields.some(({ name }) => name === "id");

const codeFor = ({ kind }) => ({ action: "{() => {}}", icon: `{${EXAMPLE_ICON}}` })[kind] ?? null;

function valueFor(field) {
  switch (field.type) {
    case "text":
    case "textarea":
      if (field.name === "id") return "example";
      if (field.name === "src" || field.name === "alt") return ""; // as those of an <img>
      return /href|url|src|link$/i.test(field.name) ? "#" : words(field.name);
    case "number":
      return 1;
    case "boolean":
      return false;
    case "select":
      return field.options[0];
    case "list":
      return ["First", "Second"];
    case "array":
      return [objectFor(field.fields)];
    case "object":
      return objectFor(field.fields);
    default:
      return undefined;
  }
}

const objectFor = (fields) =>
  Object.fromEntries(fields.filter(({ optional }) => !optional).map((field) => [field.name, valueFor(field)]));

/** Knows what the names on one page stand for. */
export class Kinds {
  #known = new Map();

  constructor(source, sources, tree) {
    this.source = source;
    this.sources = sources;
    for (const block of tree.byId.values()) this.#learn(block);
  }

  takesChildren = (type) => this.of(type)?.takesChildren ?? false;

  /** @returns {BlockKind | undefined}  of what stands on the page */
  of(type) {
    return this.#known.get(type);
  }

  /** Of the element around everything, which is not a block itself. */
  ofRoot(root) {
    if (root.type.startsWith("#")) return null;
    this.#learn(root);
    return this.of(root.type);
  }

  get all() {
    return [...this.#known.values()];
  }

  #learn({ type, attributes, items }) {
    if (type.startsWith("#")) return;
    if (!this.#known.has(type)) this.#known.set(type, this.#find(type));
    const kind = this.#known.get(type);
    if (kind.group === "package" && items.length > 0) kind.takesChildren = true;
    for (const { name, literal } of attributes) {
      if (!literal || ["key", "ref"].includes(name) || kind.fields.some((field) => field.name === name)) continue;
      kind.fields.push({ name, label: words(name), hint: "", optional: true, ...shapeOf(name, literal.value, kind) });
    }
  }

  #find(type) {
    if (ELEMENTS.has(type)) return elementKind(type);
    const own = componentsOf(this.source.program).find(({ name }) => name === type);
    if (own) return { ...componentKind(own, this.source, this.sources), from: null };
    return this.#imported(type) ?? this.#unknown(type);
  }

  #imported(type) {
    const imported = this.sources.importOf(this.source, type);
    const source = imported?.file ? this.sources.get(imported.file) : null;
    const found = source && exportedAs(imported.imported, source);
    if (!found) return null;
    return {
      ...componentKind(found, source, this.sources),
      type,
      from: { specifier: imported.specifier, imported: imported.imported },
    };
  }

  #unknown(type) {
    const label = words(type.replace(".", " "));
    return {
      type,
      label,
      group: "package",
      hint: "",
      fields: [],
      takesChildren: false,
      needsContent: false,
      sample: null,
      needs: "",
      from: null,
      file: "",
      handsOn: "",
    };
  }
}

const exportedAs = (imported, { program }) =>
  componentsOf(program).find(({ exported }) => exported === imported) ?? null;

const SHAPES = { number: "number", boolean: "boolean" };

/** Of an attribute that no type tells about, from what is written there. */
function shapeOf(name, value, { handsOn }) {
  if (typeof value !== "string") return { type: SHAPES[typeof value] ?? "locked" };
  const options = choicesOf(handsOn, name);
  if (options) return { type: "select", options: options.includes(value) ? options : [...options, value] };
  return { type: handsOn || takesAnyWords(name) ? "text" : "locked" };
}

/** @returns {BlockKind[]}  what can be added to this page, and what can't with the reason */
export function palette(source, sources, pages) {
  const taken = new Map(importsOf(source).map((one) => [one.local, one]));
  const here = componentsOf(source.program).map(({ name }) => name);
  const found = new Map(here.map((name) => [name, null]));
  for (const file of sources.codeFiles) {
    if (file === source.file || pages.has(file) || sources.reach(file).has(source.file)) continue;
    const other = sources.get(file);
    for (const component of other ? componentsOf(other.program) : []) {
      const { name, exported } = component;
      const isOther = taken.has(name) && sources.resolve(source.file, taken.get(name).specifier) !== file;
      if (exported && !isOther && !found.has(name)) found.set(name, componentKind(component, other, sources));
    }
  }
  const elements = [...ELEMENTS.keys()].map(elementKind).filter(({ sample }) => sample);
  return [...elements, ...[...found.values()].filter(Boolean)];
}

export const mainOf = (source) => mainComponent(source.file, source.program);
