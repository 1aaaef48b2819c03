/**
 * The kinds of blocks of a page, as Puck wants to know them: which fields each has, and what a fresh one holds.
 *
 * @typedef {{type: string, label: string, group: string, hint: string, fields: object[], takesChildren: boolean,
 *   needsContent?: boolean, sample: object | null, needs: string, file: string}} Kind
 */

export const TEXT = "#text";
export const LOCKED = "#locked";
export const FRAGMENT = "#fragment";

export const GROUPS = [
  ["app", "This app's own"],
  ["layout", "Layout"],
  ["text", "Text"],
  ["media", "Pictures and lines"],
  ["control", "Controls"],
  ["ui", "Kit"],
];

const SPECIAL = [
  {
    type: TEXT,
    label: "Text",
    group: "",
    hint: "",
    fields: [],
    takesChildren: false,
    sample: null,
    needs: "",
    file: "",
  },
  {
    type: LOCKED,
    label: "Code",
    group: "",
    hint: "",
    fields: [],
    takesChildren: false,
    sample: null,
    needs: "",
    file: "",
  },
  {
    type: FRAGMENT,
    label: "Group",
    group: "",
    hint: "",
    fields: [],
    takesChildren: true,
    sample: null,
    needs: "",
    file: "",
  },
];

/** All kinds by type: what stands on the page knows more than what can be added. @returns {Map<string, Kind>} */
export function kindsOf({ page, blocks }) {
  const known = new Map([...SPECIAL, ...blocks].map((kind) => [kind.type, kind]));
  for (const kind of page.kinds)
    known.set(kind.type, { ...kind, sample: kind.sample ?? known.get(kind.type)?.sample ?? null });
  return known;
}

/** What can be added, by group, as far as it matches what is looked for. */
export function paletteOf(blocks, looked = "") {
  const words = looked.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const matches = ({ label, type, hint, file }) => {
    const text = `${label} ${type} ${hint} ${file}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const usable = (group) => blocks.filter((kind) => kind.group === group && matches(kind));
  return GROUPS.map(([group, title]) => ({ group, title, kinds: usable(group).sort(byUse) })).filter(
    ({ kinds }) => kinds.length > 0,
  );
}

const byUse = (one, other) => Boolean(one.needs) - Boolean(other.needs);

const UNSET = { label: "Not set", value: undefined };
const CHOICES = [
  { label: "Yes", value: true },
  { label: "No", value: false },
];

/** The fields of a block: its text, then what it is given. */
export function fieldsOf(kind, { locked }) {
  const fields = {};
  if (kind.type === TEXT) return { text: { type: "textarea", label: "Text" } };
  if (kind.type === LOCKED) return { code: locked };
  if (kind.takesChildren && kind.type !== FRAGMENT) fields.text = { type: "textarea", label: "Text" };
  for (const field of kind.fields) {
    if (field.type !== "locked") fields[`@${field.name}`] = fieldOf(field);
  }
  if (kind.takesChildren) fields.children = { type: "slot" };
  fields.locked = locked;
  return fields;
}

export function fieldOf(field) {
  const { label, optional } = field;
  switch (field.type) {
    case "select":
      return { type: "select", label, options: [...(optional ? [UNSET] : []), ...field.options.map(asOption)] };
    case "boolean":
      return { type: "radio", label, options: optional ? [...CHOICES, { ...UNSET, label: "–" }] : CHOICES };
    case "array":
      return { type: "array", label, arrayFields: inner(field.fields), getItemSummary: summary };
    case "object":
      return { type: "object", label, objectFields: inner(field.fields) };
    case "list":
      return { type: "list", label };
    default:
      return { type: field.type, label };
  }
}

const asOption = (value) => ({ label: String(value), value });
const inner = (fields) => Object.fromEntries(fields.map((field) => [field.name, fieldOf(field)]));

function summary(item, at) {
  const words = Object.values(item ?? {}).find((value) => typeof value === "string" && value !== "");
  return words ?? `Item ${(at ?? 0) + 1}`;
}

/** What a block begins with, each with a name of its own. */
export function fresh({ sample }, name = () => crypto.randomUUID()) {
  const named = ({ type, props }) => ({ type, props: { ...withNames(props), id: `${type}-${name()}` } });
  const withNames = (props) => (props.children ? { ...props, children: props.children.map(named) } : props);
  return withNames(sample ?? {});
}

/** Nothing of it has been filled in yet: it comes from the palette, and is no copy. */
export const isFresh = ({ props }) =>
  !props.origin && Object.keys(props).every((name) => name === "id" || props[name]?.length === 0);

/** What a text says about a block: for lists, and for who can't see it. */
export function wordsOf({ type, props }, kinds) {
  if (type === TEXT) return props.text.trim() || "Space";
  if (type === LOCKED) return excerpt(props.code);
  const own = props.text || props["@title"] || props["@label"] || props["@name"] || props["@alt"] || "";
  const label = kinds.get(type)?.label ?? type;
  return typeof own === "string" && own ? `${label}: ${own}` : label;
}

export const excerpt = (code) =>
  code
    .replace(/^\{\s*|\s*\}$/g, "")
    .replace(/\s+/g, " ")
    .slice(0, 80);

/** Emptied fields: what need not be given is not given at all, unless it was empty before. */
export function cleaned(props, kind, before = {}) {
  const changed = { ...props };
  for (const field of kind?.fields ?? []) {
    const name = `@${field.name}`;
    const isEmpty = changed[name] === "" || changed[name] === null || Number.isNaN(changed[name]);
    if (isEmpty && before[name] !== "" && (field.optional || field.type === "number")) delete changed[name];
  }
  return changed;
}
