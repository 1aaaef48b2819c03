/** From text to a tree that can be walked: what is only there for the type checker is left out. */
import { parseSync, visitorKeys } from "oxc-parser";

import { language } from "../files.mjs";

const WRAPPERS = new Set([
  "ChainExpression",
  "ParenthesizedExpression",
  "TSAsExpression",
  "TSInstantiationExpression",
  "TSNonNullExpression",
  "TSSatisfiesExpression",
  "TSTypeAssertion",
]);
const RUNS = new Set([
  ...WRAPPERS,
  "TSEnumBody",
  "TSEnumDeclaration",
  "TSEnumMember",
  "TSExportAssignment",
  "TSModuleBlock",
  "TSModuleDeclaration",
  "TSParameterProperty",
]);
const TYPES = new Set([
  "typeAnnotation",
  "typeParameters",
  "typeArguments",
  "returnType",
  "superTypeArguments",
  "implements",
]);
const KEYS = { MemberExpression: "property", Property: "key", MethodDefinition: "key", PropertyDefinition: "key" };
const NAMES = {
  ExportAllDeclaration: "exported",
  ExportSpecifier: "exported",
  ImportAttribute: "key",
  ImportSpecifier: "imported",
  TSEnumMember: "id",
};
const LABELS = new Set(["LabeledStatement", "BreakStatement", "ContinueStatement"]);

/** @returns {object | null} the program, or null when the text can't be parsed */
export function parse(file, text) {
  // A file of public/ is served as it is: whether it is a module depends on what is in it.
  const sourceType = file.startsWith("public/") ? "unambiguous" : "module";
  const { program, errors } = parseSync(file, text, { lang: language(file), preserveParens: false, sourceType });
  return errors.length > 0 && program.body.length === 0 ? null : program;
}

/** The expression itself, without optional chaining and types around it. */
export function unwrap(node) {
  let inner = node;
  while (inner && WRAPPERS.has(inner.type)) inner = inner.expression;
  return inner;
}

/** The closest node around it that is more than a wrapper. */
export function outer(node) {
  let parent = node.parent;
  while (parent && WRAPPERS.has(parent.type)) parent = parent.parent;
  return parent;
}

const FUNCTIONS = new Set(["ArrowFunctionExpression", "FunctionDeclaration", "FunctionExpression"]);
export const isFunction = (node) => FUNCTIONS.has(node?.type);

/** The function that a node is directly in, or null. */
export function enclosingFunction(node) {
  let parent = node.parent;
  while (parent && !isFunction(parent)) parent = parent.parent;
  return parent ?? null;
}

/** The name of a property that is written as one: `a.b`, `{b: 1}`, `{"b": 1}`; null when it is computed. */
export function plainKey(key, isComputed) {
  if (key.type === "Literal") return String(key.value);
  if (isComputed) return null;
  return key.type === "PrivateIdentifier" ? `#${key.name}` : key.name;
}

/** Every node that runs, parents first, in the order of the text. Without recursion: code can be deep. */
export function* walk(root) {
  const pending = [root];
  while (pending.length > 0) {
    const node = pending.pop();
    yield node;
    const inside = childrenOf(node);
    for (let place = inside.length - 1; place >= 0; place -= 1) {
      inside[place].parent = node;
      pending.push(inside[place]);
    }
  }
}

function childrenOf(node) {
  const found = [];
  for (const key of runningKeys(node.type)) {
    if (isName(node, key)) continue;
    const value = node[key];
    if (Array.isArray(value)) for (const each of value) addRunning(each, found);
    else addRunning(value, found);
  }
  return found;
}

const keysByType = new Map();

function runningKeys(type) {
  if (!keysByType.has(type))
    keysByType.set(
      type,
      (visitorKeys[type] ?? []).filter((key) => !TYPES.has(key)),
    );
  return keysByType.get(type);
}

function addRunning(node, found) {
  if (!node || node.declare || node.importKind === "type" || node.exportKind === "type") return;
  if (!node.type.startsWith("TS") || RUNS.has(node.type)) found.push(node);
}

/** Names of properties, labels and exports look like variables, and are none. */
function isName(node, key) {
  if (KEYS[node.type] === key) return !node.computed;
  if (key === "label") return LABELS.has(node.type);
  if (key === "local") return node.type === "ExportSpecifier" && node.parent.source !== null;
  return NAMES[node.type] === key || node.type === "MetaProperty";
}

/** Whether `inside` is the node or part of it. */
export function contains(node, inside) {
  return inside.start >= node.start && inside.end <= node.end;
}
