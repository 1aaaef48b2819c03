/** What a component may be given, read from the types of its parameters as they are written; nothing is inferred. */
import { givenTo } from "./component.mjs";
import { attributesOf, ELEMENTS } from "./html.mjs";

/**
 * @typedef {object} Field
 * @property {string} name
 * @property {string} label
 * @property {string} hint
 * @property {"text" | "textarea" | "number" | "boolean" | "select" | "list" | "array" | "object" | "locked"} type
 * @property {boolean} optional
 * @property {(string | number)[]} [options]  of a select
 * @property {Field[]} [fields]               of an object, or of each object in an array
 * @property {"node" | "icon" | "action" | ""} [kind]  what something locked is, where an example can be given
 * @property {string} [wants]                 its type, in the app's own words
 *
 * @typedef {{name: string, optional: boolean, type: object | null, place: Place, note: string, field?: Field}} Member
 *   of the name "": all that elements of the name `tag` have as well, but for `without`; a `tag` of "": what only a
 *   package knows
 * @typedef {{source: import("../repair/source.mjs").Source, sources: import("./sources.mjs").Sources}} Place
 */

const DEEPEST = 6;
const OF_AN_ELEMENT =
  /^(React\.)?(ComponentProps(With(out)?Ref)?|(Detailed)?HTMLProps|JSX\.IntrinsicElements|\w*HTMLAttributes|HTMLMotionProps)$/;
const NODES = /^(React\.)?(ReactNode|ReactElement|ReactChild|PropsWithChildren)$|^JSX\.Element$/;
const ICONS = /^(LucideIcon|LucideProps|(React\.)?(ComponentType|ElementType|FC|FunctionComponent))$/;
const MORE = "";
/** Where React names an element's attributes otherwise: `AnchorHTMLAttributes`. */
const TAGS = { anchor: "a" };
const LABEL_LENGTH = 40;
const LABELS = new Map([
  ["alt", "Description for who can't see it"],
  ["className", "Classes"],
  ["src", "Address"],
]);

/**
 * @typedef {object} Props
 * @property {Field[]} fields
 * @property {boolean} takesChildren
 * @property {boolean} needsChildren
 * @property {string} handsOn     the element whose attributes it takes as well; "": of none that is known
 * @property {string[]} without    those of them that it does not take
 * @property {boolean} isWhole     nothing of its type is out of reach
 *
 * @param {import("./component.mjs").Component} component
 * @param {Place} place
 * @returns {Props}
 */
export function propsOf({ given }, place) {
  const members = new Map();
  const others = [];
  for (const member of given ? membersOf(given, place, 0) : []) {
    members.delete(member.name); // what is said last counts
    if (member.name === MORE) others.push(member);
    else members.set(member.name, member);
  }
  const children = members.get("children");
  members.delete("children");
  for (const name of ["key", "ref", "asChild"]) members.delete(name);
  const fields = [...members.values()].map(fieldOfMember);
  const content = { takesChildren: children !== undefined, needsChildren: children?.optional === false };
  const { tag: handsOn = "", without = [] } = others.find(({ tag }) => tag !== "") ?? {};
  return { fields, ...content, handsOn, without, isWhole: others.every(({ tag }) => tag !== "") };
}

const more = (tag, place) => ({ name: MORE, optional: true, type: null, place, note: "", tag });

/** @returns {Member[]} */
function membersOf(type, place, depth) {
  if (depth > DEEPEST) return [];
  switch (type.type) {
    case "TSParenthesizedType":
      return membersOf(type.typeAnnotation, place, depth);
    case "TSTypeLiteral":
      return type.members.flatMap((member) => ownMember(member, place));
    case "TSIntersectionType":
      return type.types.flatMap((one) => membersOf(one, place, depth + 1));
    case "TSTypeReference":
      return membersOfReference(type, place, depth);
    default:
      return [];
  }
}

function ownMember(member, place) {
  const name = member.key?.name ?? member.key?.value;
  if (typeof name !== "string" || member.computed) return [];
  const type = member.type === "TSMethodSignature" ? member : member.typeAnnotation?.typeAnnotation;
  return [
    { name, optional: member.optional, type: type ?? null, place, note: noteBefore(member.start, place.source.text) },
  ];
}

/** The comment above, without its stars. */
export function noteBefore(start, text) {
  const above = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*$/.exec(text.slice(Math.max(0, start - 600), start));
  const lines = (above?.[1] ?? "").split("\n").map((line) => line.replace(/^\s*\*? ?/, "").trim());
  return lines
    .filter((line) => !line.startsWith("@"))
    .join(" ")
    .trim();
}

function membersOfReference(type, place, depth) {
  const name = writtenName(type.typeName, place);
  const [first, second] = type.typeArguments?.params ?? [];
  if (/^(React\.)?PropsWithChildren$/.test(name)) {
    const children = { name: "children", optional: true, type: null, place, note: "" };
    return [...(first ? membersOf(first, place, depth + 1) : []), children];
  }
  if (OF_AN_ELEMENT.test(name)) return membersOfElement(name, first, place, depth);
  if (name === "VariantProps") return variants(first, place);
  if (["Readonly", "Required", "NonNullable"].includes(name) && first) return membersOf(first, place, depth + 1);
  if (name === "Partial" && first) {
    return membersOf(first, place, depth + 1).map((member) => ({ ...member, optional: true }));
  }
  if ((name === "Omit" || name === "Pick") && second) {
    const named = new Set(literals(second).map(String));
    const members = membersOf(first, place, depth + 1).filter((each) => named.has(each.name) === (name === "Pick"));
    return members.map((each) => (each.name === MORE ? { ...each, without: [...(each.without ?? []), ...named] } : each));
  }
  const target = declarationOf(name, place);
  return target ? membersOfDeclaration(target, depth + 1) : [more("", place)];
}

function membersOfDeclaration({ node, place }, depth) {
  if (node.type === "TSTypeAliasDeclaration") return membersOf(node.typeAnnotation, place, depth);
  if (node.type !== "TSInterfaceDeclaration") return [];
  const inherited = (node.extends ?? []).flatMap(({ expression, typeArguments, start, end }) =>
    membersOfReference({ typeName: expression, typeArguments, start, end }, place, depth),
  );
  return [...inherited, ...node.body.body.flatMap((member) => ownMember(member, place))];
}

function membersOfElement(name, argument, place, depth) {
  if (argument?.type === "TSTypeQuery") return membersOfComponent(argument, place, depth);
  const tag = argument?.literal?.value ?? tagOfAttributes(name);
  return membersOfTag(tag, place);
}

const tagOfAttributes = (name) => {
  const interfaceOf = /^(?:React\.)?(\w+?)HTMLAttributes$/.exec(name)?.[1].toLowerCase() ?? "div";
  return TAGS[interfaceOf] ?? interfaceOf;
};

function membersOfTag(tag, place) {
  const fields = attributesOf(tag).map((about) => ({ hint: "", ...about }));
  const members = fields.map((field) => ({ name: field.name, optional: true, type: null, place, note: "", field }));
  const children = { name: "children", optional: true, type: null, place, note: "" };
  return [...members, ...(ELEMENTS.get(tag)?.holds === "" ? [] : [children]), more(tag, place)];
}

/** `ComponentProps<typeof Button>`: of the app's own, as it is; of a package, only what everything has. */
function membersOfComponent({ exprName }, place, depth) {
  const declared = declarationOf(exprName?.name ?? "", place);
  const type = declared && givenTo(declared.node);
  if (type) return membersOf(type, declared.place, depth + 1);
  if (exprName?.left?.name === "motion") return membersOfTag(exprName.right.name, place);
  return [...membersOfTag("", place).filter(({ name }) => name !== MORE), more("", place)];
}

/** The choices of `cva(…, { variants })`. */
function variants(query, place) {
  const declared = declarationOf(query?.exprName?.name ?? "", place);
  const init = declared?.node.type === "VariableDeclarator" ? declared.node.init : null;
  const options = init?.type === "CallExpression" ? init.arguments[1] : null;
  const choices = property(options, "variants");
  if (!choices) return [more("", place)];
  return (choices.properties ?? []).flatMap(({ key, value }) => {
    const names = (value?.properties ?? []).map((one) => one.key?.name ?? one.key?.value).filter(Boolean);
    const name = key?.name ?? key?.value;
    if (!name || names.length === 0) return [];
    const isYesOrNo = names.every((one) => one === "true" || one === "false");
    const shape = isYesOrNo ? { type: "boolean" } : { type: "select", options: names.map(String) };
    const field = { name, label: words(name), hint: "", optional: true, ...shape };
    return [{ name, optional: true, type: null, place: declared.place, note: "", field }];
  });
}

const property = (object, name) =>
  object?.properties?.find(({ key }) => (key?.name ?? key?.value) === name)?.value ?? null;

/** Where a name is declared: here, or in the file of the app that it is imported from. */
function declarationOf(name, place, depth = 0) {
  for (const statement of place.source.program.body) {
    const node = statement.type === "ExportNamedDeclaration" ? (statement.declaration ?? statement) : statement;
    if (node.id?.name === name) return { node, place };
    const declarator = node.declarations?.find(({ id }) => id.name === name);
    if (declarator) return { node: declarator, place };
  }
  const imported = place.sources.importOf(place.source, name);
  const source = imported?.file ? place.sources.get(imported.file) : null;
  if (!source || depth > DEEPEST || imported.imported === "*") return null;
  return declarationOf(imported.imported === "default" ? name : imported.imported, { ...place, source }, depth + 1);
}

const writtenName = (node, { source }) => source.text.slice(node.start, node.end).replace(/\s/g, "");

/** @returns {Field} */
function fieldOfMember({ name, optional, type, place, note, field }) {
  if (field) return { ...field, optional: true };
  const found = type ? shapeOf(type, place, 0) : { type: "locked" };
  const isShort = note !== "" && note.length <= LABEL_LENGTH;
  const isTold = isShort && name !== "className";
  const label = isTold ? note.replace(/\.$/, "") : (LABELS.get(name) ?? words(name));
  const shape = name === "className" && found.type === "text" ? { type: "textarea" } : found;
  const { isMissable = false, ...rest } = shape;
  return { name, label, hint: isShort ? "" : note, optional: Boolean(optional) || isMissable, ...rest };
}

/** "maxItems" -> "Max items" */
export function words(name) {
  const spaced = name.replace(/[-_]+/g, " ").replace(/([a-z\d])([A-Z])/g, "$1 $2");
  return spaced.charAt(0).toUpperCase() + spaced.slice(1).toLowerCase();
}

function shapeOf(type, place, depth) {
  const locked = { type: "locked", kind: "", wants: writtenName(type, place).slice(0, 80) };
  if (depth > DEEPEST) return locked;
  switch (type.type) {
    case "TSStringKeyword":
      return { type: "text" };
    case "TSNumberKeyword":
      return { type: "number" };
    case "TSBooleanKeyword":
      return { type: "boolean" };
    case "TSParenthesizedType":
      return shapeOf(type.typeAnnotation, place, depth);
    case "TSTypeOperator":
      if (type.operator === "keyof") return choice(keysOf(type.typeAnnotation, place, depth)) ?? locked;
      return type.operator === "readonly" ? shapeOf(type.typeAnnotation, place, depth) : locked;
    case "TSIndexedAccessType":
      return shapeOfIndexed(type, place, depth) ?? locked;
    case "TSLiteralType":
    case "TSUnionType":
      return shapeOfUnion(type.types ?? [type], place, depth) ?? locked;
    case "TSArrayType":
      return shapeOfArray(type.elementType, place, depth) ?? locked;
    case "TSTypeLiteral":
      return shapeOfObject(membersOf(type, place, depth), depth) ?? locked;
    case "TSFunctionType":
    case "TSMethodSignature":
      return { ...locked, kind: returnsNothing(type) ? "action" : "" };
    case "TSTypeReference":
      return shapeOfReference(type, place, depth) ?? locked;
    default:
      return locked;
  }
}

const returnsNothing = ({ returnType }) => returnType?.typeAnnotation?.type === "TSVoidKeyword";
const isNothing = ({ type }) => type === "TSUndefinedKeyword" || type === "TSNullKeyword";

function shapeOfUnion(types, place, depth) {
  const some = types.filter((type) => !isNothing(type));
  const isMissable = some.length < types.length;
  const values = some.flatMap(literals);
  if (values.length === some.length && values.length > 0) {
    const isYesOrNo = values.every((value) => typeof value === "boolean");
    return isYesOrNo ? { type: "boolean", isMissable } : { type: "select", options: values, isMissable };
  }
  if (some.length === 1) return { ...shapeOf(some[0], place, depth + 1), isMissable };
  const shapes = some.map((type) => shapeOf(type, place, depth + 1));
  if (shapes.some(({ kind }) => kind === "node")) return { type: "text", isMissable };
  if (shapes.some(({ type }) => type === "text")) return { type: "text", isMissable };
  const options = shapes.flatMap((shape) => (shape.type === "select" ? shape.options : []));
  return shapes.every(({ type }) => type === "select") ? { type: "select", options, isMissable } : null;
}

/** The values that a type names one by one. */
function literals(type) {
  if (type.type === "TSUnionType") return type.types.flatMap(literals);
  const value = type.type === "TSLiteralType" ? type.literal?.value : undefined;
  return ["string", "number", "boolean"].includes(typeof value) ? [value] : [];
}

const choice = (options) => (options.length > 0 ? { type: "select", options } : null);

/** `keyof typeof TONES`, `keyof Prices` */
function keysOf(type, place, depth) {
  if (type.type !== "TSTypeQuery") return membersOf(type, place, depth + 1).map(({ name }) => name).filter(Boolean);
  const declared = declarationOf(type.exprName?.name ?? "", place);
  if (declared?.node.type !== "VariableDeclarator") return [];
  const annotation = declared.node.id.typeAnnotation?.typeAnnotation;
  if (annotation) return keysOfRecord(annotation, declared.place, depth);
  return (writtenOut(declared.node.init).value?.properties ?? []).map(keyOf).filter(Boolean);
}

function keysOfRecord(type, place, depth) {
  const isRecord = type.type === "TSTypeReference" && writtenName(type.typeName, place) === "Record";
  const keys = isRecord ? shapeOf(type.typeArguments.params[0], place, depth + 1) : null;
  return keys?.type === "select" ? keys.options : [];
}

const keyOf = ({ key, computed }) => (computed ? null : (key?.name ?? key?.value));

/** `ButtonProps["size"]`, `(typeof COURSES)[number]`, `(typeof COURSES)[number]["id"]` */
function shapeOfIndexed({ objectType, indexType }, place, depth) {
  if (depth > DEEPEST) return null;
  const { values, isConstant } = valuesOf({ type: "TSIndexedAccessType", objectType, indexType }, place, depth);
  if (values.length > 0) {
    const options = values.map((node) => node?.value);
    const isPlain = options.every((value) => ["string", "number"].includes(typeof value));
    if (isPlain && isConstant) return choice(options);
    return options.every((value) => typeof value === "string") ? { type: "text" } : null;
  }
  const [name] = literals(indexType);
  const member = name === undefined ? null : membersOf(objectType, place, depth + 1).find((each) => each.name === name);
  if (!member) return null;
  const { type, options, fields, wants, optional } = fieldOfMember(member);
  return { type, isMissable: optional, ...(options && { options }), ...(fields && { fields }), ...(wants && { wants }) };
}

/** What a constant that is written out holds there; `isConstant`: its type is just that, and not any words. */
function valuesOf(type, place, depth) {
  const none = { values: [], isConstant: false };
  if (depth > DEEPEST) return none;
  if (type.type === "TSParenthesizedType") return valuesOf(type.typeAnnotation, place, depth);
  if (type.type === "TSTypeQuery") {
    const declared = declarationOf(type.exprName?.name ?? "", place);
    const isTyped = declared?.node.type !== "VariableDeclarator" || declared.node.id.typeAnnotation;
    if (isTyped) return none;
    const { value, isConstant } = writtenOut(declared.node.init);
    return { values: value ? [value] : [], isConstant };
  }
  if (type.type !== "TSIndexedAccessType") return none;
  const { values, isConstant } = valuesOf(type.objectType, place, depth + 1);
  const [name] = literals(type.indexType);
  const isEach = type.indexType.type === "TSNumberKeyword";
  return { values: values.flatMap((value) => (isEach ? (value?.elements ?? []) : (property(value, name) ?? []))), isConstant };
}

/** Without `as const` and `satisfies …`, which say something of its type only. */
function writtenOut(init) {
  let value = init;
  let isConstant = false;
  while (["TSAsExpression", "TSSatisfiesExpression", "ParenthesizedExpression"].includes(value?.type)) {
    isConstant ||= value.type === "TSAsExpression" && value.typeAnnotation.typeName?.name === "const";
    value = value.expression;
  }
  return { value, isConstant };
}

function shapeOfArray(element, place, depth) {
  const shape = shapeOf(element, place, depth + 1);
  if (shape.type === "text") return { type: "list" };
  return shape.type === "object" ? { type: "array", fields: shape.fields } : null;
}

function shapeOfObject(members, depth) {
  const named = members.filter(({ name }) => name !== MORE);
  if (named.length === 0 || depth > DEEPEST) return null;
  const fields = named.map(fieldOfMember);
  return fields.some(({ type, optional }) => type === "locked" && !optional)
    ? null
    : { type: "object", fields: fields.filter(({ type }) => type !== "locked") };
}

/** `Exclude<Tone, "danger">`, `Extract<Tone, "info" | "danger">` */
function shapeOfSome({ typeArguments }, isKept, place, depth) {
  const [all, some] = typeArguments?.params ?? [];
  const shape = all && some ? shapeOf(all, place, depth + 1) : null;
  const named = some ? literals(some) : [];
  if (shape?.type !== "select" || named.length === 0) return null;
  return choice(shape.options.filter((value) => named.includes(value) === isKept));
}

function shapeOfReference(type, place, depth) {
  const name = writtenName(type.typeName, place);
  const [first] = type.typeArguments?.params ?? [];
  const locked = { type: "locked", wants: name };
  if (NODES.test(name)) return { type: "text", kind: "node" };
  if (ICONS.test(name)) return { ...locked, kind: "icon" };
  if (/^(Readonly)?Array$/.test(name) && first) return shapeOfArray(first, place, depth);
  if (["Readonly", "NonNullable"].includes(name) && first) return shapeOf(first, place, depth + 1);
  if (name === "Exclude" || name === "Extract") return shapeOfSome(type, name === "Extract", place, depth);
  if (/EventHandler$/.test(name)) return { ...locked, kind: "action" };
  const target = declarationOf(name, place);
  if (target?.node.type === "TSTypeAliasDeclaration")
    return shapeOf(target.node.typeAnnotation, target.place, depth + 1);
  if (target?.node.type === "TSInterfaceDeclaration")
    return shapeOfObject(membersOfDeclaration(target, depth + 1), depth + 1);
  return null;
}
