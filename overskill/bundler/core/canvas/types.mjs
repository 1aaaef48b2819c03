/** What a component may be given, read from the types of its parameters as they are written; nothing is inferred. */
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
 * @typedef {{source: import("../repair/source.mjs").Source, sources: import("./sources.mjs").Sources}} Place
 */

const DEEPEST = 6;
const OF_AN_ELEMENT =
  /^(React\.)?(ComponentProps(With(out)?Ref)?|(Detailed)?HTMLProps|JSX\.IntrinsicElements|\w*HTMLAttributes)$/;
const NODES = /^(React\.)?(ReactNode|ReactElement|ReactChild|PropsWithChildren)$|^JSX\.Element$/;
const ICONS = /^(LucideIcon|LucideProps|(React\.)?(ComponentType|ElementType|FC|FunctionComponent))$/;
const LABEL_LENGTH = 40;
const LABELS = new Map([
  ["alt", "Description for who can't see it"],
  ["className", "Classes"],
  ["src", "Address"],
]);

/** @returns {{fields: Field[], takesChildren: boolean, needsChildren: boolean}} */
export function propsOf({ callable }, place) {
  const pattern = callable.params[0];
  const type = pattern?.typeAnnotation?.typeAnnotation ?? typeOfForwardRef(pattern);
  const members = new Map();
  for (const member of type ? membersOf(type, place, 0) : []) {
    if (members.has(member.name)) members.delete(member.name); // what is said last counts
    members.set(member.name, member);
  }
  const children = members.get("children");
  members.delete("children");
  for (const name of ["key", "ref", "asChild"]) members.delete(name);
  const fields = [...members.values()].map(fieldOfMember);
  return { fields, takesChildren: children !== undefined, needsChildren: children?.optional === false };
}

const typeOfForwardRef = (pattern) =>
  pattern?.type === "AssignmentPattern" ? pattern.left.typeAnnotation?.typeAnnotation : null;

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
    return membersOf(first, place, depth + 1).filter((member) => named.has(member.name) === (name === "Pick"));
  }
  const target = declarationOf(name, place);
  return target ? membersOfDeclaration(target, depth + 1) : [];
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
  const tag = argument?.literal?.value ?? /^(?:React\.)?(\w+?)HTMLAttributes$/.exec(name)?.[1]?.toLowerCase() ?? "div";
  const fields = attributesOf(tag).map((about) => ({ hint: "", ...about }));
  const members = fields.map((field) => ({ name: field.name, optional: true, type: null, place, note: "", field }));
  const children = { name: "children", optional: true, type: null, place, note: "" };
  return ELEMENTS.get(tag)?.holds === "" ? members : [...members, children];
}

/** `ComponentProps<typeof Button>`: of the app's own, as it is; of a package, only what everything has. */
function membersOfComponent(query, place, depth) {
  const declared = declarationOf(query.exprName?.name ?? "", place);
  const callable = declared?.node.type === "FunctionDeclaration" ? declared.node : null;
  const type = callable?.params[0]?.typeAnnotation?.typeAnnotation;
  return type ? membersOf(type, declared.place, depth + 1) : membersOfElement("", null, place, depth);
}

/** The choices of `cva(…, { variants })`. */
function variants(query, place) {
  const declared = declarationOf(query?.exprName?.name ?? "", place);
  const init = declared?.node.type === "VariableDeclarator" ? declared.node.init : null;
  const options = init?.type === "CallExpression" ? init.arguments[1] : null;
  const choices = property(options, "variants");
  return (choices?.properties ?? []).flatMap(({ key, value }) => {
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
      return type.operator === "readonly" ? shapeOf(type.typeAnnotation, place, depth) : locked;
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

function shapeOfArray(element, place, depth) {
  const shape = shapeOf(element, place, depth + 1);
  if (shape.type === "text") return { type: "list" };
  return shape.type === "object" ? { type: "array", fields: shape.fields } : null;
}

function shapeOfObject(members, depth) {
  if (members.length === 0 || depth > DEEPEST) return null;
  const fields = members.map(fieldOfMember);
  return fields.some(({ type, optional }) => type === "locked" && !optional)
    ? null
    : { type: "object", fields: fields.filter(({ type }) => type !== "locked") };
}

function shapeOfReference(type, place, depth) {
  const name = writtenName(type.typeName, place);
  const [first] = type.typeArguments?.params ?? [];
  const locked = { type: "locked", wants: name };
  if (NODES.test(name)) return { type: "text", kind: "node" };
  if (ICONS.test(name)) return { ...locked, kind: "icon" };
  if (/^(Readonly)?Array$/.test(name) && first) return shapeOfArray(first, place, depth);
  if (["Readonly", "NonNullable"].includes(name) && first) return shapeOf(first, place, depth + 1);
  if (/EventHandler$/.test(name)) return { ...locked, kind: "action" };
  const target = declarationOf(name, place);
  if (target?.node.type === "TSTypeAliasDeclaration")
    return shapeOf(target.node.typeAnnotation, target.place, depth + 1);
  if (target?.node.type === "TSInterfaceDeclaration")
    return shapeOfObject(membersOfDeclaration(target, depth + 1), depth + 1);
  return null;
}
