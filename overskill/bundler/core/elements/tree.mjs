/** One file's text as a tree, and where an element stands in it: in which component, list, condition, and beside what. */
import { parseSync } from "oxc-parser";

import { position } from "../diagnostics.mjs";
import { isTooDeep, language, Refused } from "../files.mjs";
import { isFunction, walk } from "../scan/syntax.mjs";

const LISTS = new Set(["map", "flatMap", "from"]);
const BRANCHES = new Set(["ConditionalExpression", "LogicalExpression"]);
const LONGEST_CODE = 60;

/** What can't be done is refused with a sentence for whoever wants it done. */
export const refuse = (sentence) => new Refused("invalid_input", sentence);

/**
 * @typedef {object} Place
 * @property {object} element        the JSXElement
 * @property {object} program
 * @property {string} text
 * @property {string} component      the function that returns it, "" where none has a name
 * @property {Set<string>} given     names that the component is given by whoever uses it
 * @property {{of: string, names: Set<string>} | null} list  what it is drawn for each of
 * @property {string[]} conditions   on which it depends whether it is shown, the outermost first
 * @property {Unit} unit
 */

/** @returns {Place} */
export function placeAt(file, text, { line, column }) {
  const program = parsed(file, text);
  if (program === null) throw refuse(`${file} has an error. Fix it first, then select the element again.`);
  const offset = offsetOf(text, line, column);
  for (const node of walk(program)) {
    if (node.type === "JSXElement" && node.start === offset) return placeOf(node, program, text);
  }
  throw refuse("This element is not in the file any more. Select it again.");
}

/** @returns {object | null} the program with parents on its nodes; null when the text has an error */
export function parsed(file, text) {
  if (isTooDeep(text)) return null;
  const { program, errors } = parseSync(file, text, { lang: language(file), preserveParens: false });
  return errors.length > 0 ? null : program;
}

/**
 * Where an element stands after its file was laid out anew: that adds none, takes none away, and keeps their order.
 *
 * @param {{text: string, line: number, column: number}} before
 */
export function sameElement(file, before, text) {
  const { line, column } = before;
  if (before.text === text) return { line, column };
  const elements = (code) => [...walk(parsed(file, code))].filter(({ type }) => type === "JSXElement");
  const offset = offsetOf(before.text, line, column);
  const at = elements(before.text).findIndex(({ start }) => start === offset);
  return lineAndColumn(text, elements(text)[at].start);
}

export function offsetOf(text, line, column) {
  let start = 0;
  for (let count = 1; count < line; count += 1) {
    start = text.indexOf("\n", start) + 1;
    if (start === 0) return -1;
  }
  return start + column - 1;
}

function placeOf(element, program, text) {
  const functions = [...ancestors(element)].filter(isFunction);
  const home = functions.find((each) => /^[A-Z]/.test(functionName(each))) ?? null;
  return {
    element,
    program,
    text,
    component: home ? functionName(home) : "",
    given: new Set(home?.params[0] ? boundNames(home.params[0]) : []),
    list: listOf(functions, text),
    conditions: conditionsOf(element, text),
    unit: unitOf(element, text),
  };
}

/** `<a.b>` is "a.b". */
export function nameOf(element) {
  return element.type === "JSXFragment" ? "" : plainName(element.openingElement.name);
}

function plainName(name) {
  if (name.type === "JSXMemberExpression") return `${plainName(name.object)}.${name.property.name}`;
  if (name.type === "JSXNamespacedName") return `${name.namespace.name}:${name.name.name}`;
  return name.name;
}

export const isComponent = (name) => /^[A-Z]|\./.test(name);

export function* ancestors(node) {
  for (let parent = node.parent; parent; parent = parent.parent) yield parent;
}

/** The name that a function goes by, also through `memo(…)` and `forwardRef(…)`. */
function functionName(node) {
  if (node.id) return node.id.name;
  for (let parent = node.parent; parent; parent = parent.parent) {
    if (parent.type === "VariableDeclarator") return parent.id.name ?? "";
    if (parent.type !== "CallExpression") return "";
  }
  return "";
}

function boundNames(pattern) {
  switch (pattern?.type) {
    case "Identifier":
      return [pattern.name];
    case "ObjectPattern":
      return pattern.properties.flatMap((property) => boundNames(property.value ?? property.argument));
    case "ArrayPattern":
      return pattern.elements.flatMap(boundNames);
    case "AssignmentPattern":
      return boundNames(pattern.left);
    case "RestElement":
      return boundNames(pattern.argument);
    default:
      return [];
  }
}

function listOf(functions, text) {
  for (const each of functions) {
    const call = each.parent;
    const method = call?.type === "CallExpression" && call.arguments.includes(each) ? call.callee : null;
    if (method?.type !== "MemberExpression" || !LISTS.has(method.property.name)) continue;
    const source = method.property.name === "from" ? call.arguments[0] : method.object;
    return { of: codeOf(source, text), names: new Set(each.params.flatMap(boundNames)), root: each };
  }
  return null;
}

function conditionsOf(element, text) {
  const found = [];
  let inner = element;
  for (const parent of ancestors(element)) {
    if (isFunction(parent)) break;
    if (parent.type === "LogicalExpression" && parent.right === inner) found.unshift(codeOf(parent.left, text));
    if (parent.type === "ConditionalExpression" && parent.consequent === inner)
      found.unshift(codeOf(parent.test, text));
    if (parent.type === "ConditionalExpression" && parent.alternate === inner)
      found.unshift(`not ${codeOf(parent.test, text)}`);
    inner = parent;
  }
  return found;
}

/**
 * What moves when the element moves: itself, or the braces around it.
 *
 * @typedef {object} Unit
 * @property {object} node             the element, or the `{…}` that it is in
 * @property {object | null} parent    the element whose child that is
 * @property {object[]} siblings       the units in the parent, this one among them
 * @property {"child" | "condition" | "choice" | "list" | "root" | "attribute" | "value"} kind
 */
function unitOf(element, text) {
  let node = element;
  let kind = "child";
  while (BRANCHES.has(node.parent.type)) {
    node = node.parent;
    kind = node.type === "ConditionalExpression" || kind === "choice" ? "choice" : "condition";
    if (node.type === "LogicalExpression" && node.operator !== "&&") kind = "choice";
  }
  const holder = node.parent;
  if (isParent(holder)) return child(node, holder, kind, text);
  if (holder.type === "JSXExpressionContainer" && isParent(holder.parent))
    return child(holder, holder.parent, kind, text);
  return { node: element, parent: null, siblings: [], kind: kindOutside(node, holder) };
}

const isParent = (node) => node.type === "JSXElement" || node.type === "JSXFragment";
const child = (node, parent, kind, text) => ({ node, parent, siblings: units(parent, text), kind });

function kindOutside(node, holder) {
  if (holder.type === "JSXExpressionContainer") return "attribute";
  const returned = holder.type === "ReturnStatement" || (isFunction(holder) && holder.body === node);
  if (!returned) return "value";
  let owner = holder;
  while (owner && !isFunction(owner)) owner = owner.parent;
  return owner?.parent?.type === "CallExpression" && !/^[A-Z]/.test(functionName(owner)) ? "list" : "root";
}

/** The children of an element that can change places. */
export function units(parent, text) {
  return parent.children.filter(({ type, expression, start, end }) => {
    if (isParent({ type })) return true;
    return type === "JSXExpressionContainer" && expression.type !== "JSXEmptyExpression" && !isSpace(text, start, end);
  });
}

/** `{" "}` */
export const isSpace = (text, start, end) => /^\{\s*(["'`])\s*\1\s*\}$/.test(text.slice(start, end));

/** The first element in a unit. */
export function elementIn(unit) {
  for (const node of walk(unit)) if (node.type === "JSXElement") return node;
  return null;
}

export function codeOf(node, text) {
  const code = text.slice(node.start, node.end).replace(/\s+/g, " ");
  return code.length > LONGEST_CODE ? `${code.slice(0, LONGEST_CODE - 1)}…` : code;
}

export const lineAndColumn = (text, offset) => position(text, offset);

/** The variable that an expression begins with: `item` of `item.name.trim()`. */
export function rootName(node) {
  let inner = node;
  while (inner) {
    if (inner.type === "Identifier") return inner.name;
    inner = inner.object ?? inner.callee ?? inner.expression ?? inner.argument ?? null;
  }
  return "";
}
