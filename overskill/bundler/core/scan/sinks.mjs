/** Every way to give an element an attribute or a property, as one: in JSX, by assignment, by call. */
import { argumentsOf, globalTargets } from "./calls.mjs";
import { plainKey, unwrap } from "./syntax.mjs";
import { UNKNOWN, alternatives, constant, globalPaths, isKnownPrimitive, primitive, strings } from "./values.mjs";

const CREATORS = /^npm:(react\.createElement|react\.cloneElement|react\/jsx(-dev)?-runtime\.jsx(s|DEV)?)$/;

/**
 * @typedef {object} Attribute
 * @property {object} node    where to report it
 * @property {string[]} tags  the element's names; empty when they are not known
 * @property {string} name    in lower case
 * @property {import("./values.mjs").Value} value
 * @property {"jsx" | "property" | "attribute"} way
 */

/** @param {(attribute: Attribute) => void} report */
export function attributesAt(node, scan, report) {
  if (node.type === "JSXOpeningElement") ofElement(node, scan, report);
  else if (node.type === "AssignmentExpression") ofAssignment(node, scan, report);
  else if (node.type === "CallExpression") ofCall(node, scan, report);
}

/** The names of a JSX element: `<a>`, or what a variable may be in `<Tag>`. */
export function tagsOf(element, scan) {
  const { name } = element;
  if (name.type !== "JSXIdentifier") return [];
  return name.binding ? strings(scan.value(name)) : [name.name.toLowerCase()];
}

function ofElement(element, scan, report) {
  const tags = tagsOf(element, scan);
  for (const attribute of element.attributes) {
    if (attribute.type === "JSXSpreadAttribute") {
      ofRecord(scan.value(attribute.argument), { node: attribute, tags, way: "jsx" }, report);
    } else if (attribute.name.type === "JSXIdentifier") {
      const value = attribute.value ? scan.value(attribute.value) : constant(true);
      report({ node: attribute, tags, name: attribute.name.name.toLowerCase(), value, way: "jsx" });
    }
  }
}

function ofRecord(value, attribute, report) {
  for (const each of alternatives(value)) {
    if (each.type !== "record") continue;
    for (const [name, given] of each.properties) report({ ...attribute, name: name.toLowerCase(), value: given });
  }
}

function ofAssignment(node, scan, report) {
  const target = unwrap(node.left);
  if (target.type !== "MemberExpression") return;
  const key = plainKey(target.property, target.computed);
  const names = key === null ? strings(scan.value(target.property)) : [key];
  const tags = elementsIn(scan.value(target.object));
  const value = node.operator === "=" ? scan.value(node.right) : UNKNOWN;
  for (const name of names)
    report({ node, tags, name: name.toLowerCase(), value, way: "property", object: target.object });
}

const elementsIn = (value) =>
  globalPaths(value).flatMap((path) => (path.startsWith("<") && path.endsWith(">") ? [path.slice(1, -1)] : []));

function ofCall(node, scan, report) {
  const call = scan.call(node);
  const tags = call.receiver ? elementsIn(call.receiver) : [];
  if (/^setAttribute(NS)?$/.test(call.name)) {
    const first = call.name.endsWith("NS") ? 1 : 0;
    const value = argumentsOf(call, first + 1);
    for (const each of alternatives(argumentsOf(call, first))) {
      if (isKnownPrimitive(each))
        report({ node, tags, name: String(primitive(each)).toLowerCase(), value, way: "attribute" });
    }
  }
  for (const { path, args } of globalTargets(call)) ofGlobal(path, args, node, report);
}

function ofGlobal(path, args, node, report) {
  const tags = strings(args[0] ?? UNKNOWN);
  if (CREATORS.test(path) && args[1]) ofRecord(args[1], { node, tags, way: "jsx" }, report);
  const onto = { node, tags: args[0] ? elementsIn(args[0]) : [], way: "property" };
  if (path === "Object.assign") args.slice(1).forEach((given) => ofRecord(given, onto, report));
  if (path === "Reflect.set" && args[1]) {
    for (const name of strings(args[1])) report({ ...onto, name: name.toLowerCase(), value: args[2] ?? UNKNOWN });
  }
}
