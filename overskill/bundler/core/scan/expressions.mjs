/** Expressions, each by its kind: what it may be, given what its parts may be. */
import { readCall, resultOf } from "./calls.mjs";
import { globalPath, isRoot } from "./globals.mjs";
import { outer, plainKey, unwrap } from "./syntax.mjs";
import { classAround, enclosingThis } from "./this.mjs";
import {
  OPAQUE,
  TEXT,
  UNKNOWN,
  added,
  alternatives,
  beginning,
  constant,
  every,
  global,
  isKnownPrimitive,
  isString,
  list,
  map,
  opened,
  primitive,
  record,
  some,
  union,
} from "./values.mjs";

const LONGEST_SUM = 5000;
const CONSTANTS = { undefined, NaN, Infinity };
const IS_ADDRESS = /^\s*([a-z][a-z0-9+.-]*:|[\\/]{2})/i;
const OWN_ADDRESS = "/"; // what import.meta.url leads to

/** How each kind of expression is worked out; what is not among them is unknown. */
export const EXPRESSIONS = {
  ArrayExpression: (node, evaluator) => list(itemsOf(node.elements, evaluator)),
  ArrowFunctionExpression: (node) => ({ type: "function", node }),
  AssignmentExpression: (node, evaluator) => (node.operator === "=" ? evaluator.value(node.right) : UNKNOWN),
  AwaitExpression: (node, evaluator) => evaluator.value(node.argument),
  BinaryExpression: binary,
  CallExpression: (node, evaluator) => resultOf(readCall(node, evaluator), evaluator),
  ClassDeclaration: (node) => ({ type: "class", node }),
  ClassExpression: (node) => ({ type: "class", node }),
  ConditionalExpression: (node, evaluator) =>
    union([evaluator.value(node.consequent), evaluator.value(node.alternate)]),
  Identifier: identifier,
  ImportExpression: importedModule,
  JSXExpressionContainer: (node, evaluator) => evaluator.value(node.expression),
  JSXIdentifier: (node, evaluator) => (node.binding ? evaluator.variable(node.binding) : UNKNOWN),
  Literal: () => global("RegExp.prototype"), // a regular expression; others are constants
  LogicalExpression: logical,
  MemberExpression: memberExpression,
  MetaProperty: () => record(new Map([["url", constant(OWN_ADDRESS)]])),
  NewExpression: instance,
  ObjectExpression: objectLiteral,
  SequenceExpression: (node, evaluator) => evaluator.value(node.expressions.at(-1)),
  TaggedTemplateExpression: (node, evaluator) =>
    some(evaluator.value(node.tag), (tag) => tag.type === "global" && tag.path === "String.raw")
      ? template(node.quasi, evaluator)
      : UNKNOWN,
  TemplateLiteral: template,
  ThisExpression: (node) => (enclosingThis(node) === "window" ? global("window") : UNKNOWN),
  UnaryExpression: unary,
};

function itemsOf(nodes, evaluator) {
  return nodes.flatMap((node) => {
    if (node === null) return [constant(undefined)];
    if (node.type !== "SpreadElement") return [evaluator.value(node)];
    const spread = evaluator.value(node.argument);
    if (spread.type === "list") return spread.items;
    return spread.type === "constant" && typeof spread.value === "string" ? [...spread.value].map(constant) : [UNKNOWN];
  });
}

/** `a + b + c …` is deep on its left: taken apart without recursion. */
function binary(node, evaluator) {
  if (node.operator !== "+") return UNKNOWN;
  const operands = [];
  let left = node;
  while (left.type === "BinaryExpression" && left.operator === "+" && operands.length < LONGEST_SUM) {
    operands.push(left.right);
    left = unwrap(left.left);
  }
  let sum = left.type === "BinaryExpression" && left.operator === "+" ? UNKNOWN : evaluator.value(left);
  for (const operand of operands.toReversed()) sum = sumOf(sum, evaluator.value(operand));
  return sum;
}

const sumOf = (left, right) =>
  union(alternatives(left).flatMap((first) => alternatives(right).map((second) => added(first, second))));

function identifier(node, evaluator) {
  if (node.binding) {
    const value = evaluator.variable(node.binding);
    return isChanged(node.binding) ? map(value, opened) : value;
  }
  return Object.hasOwn(CONSTANTS, node.name) ? constant(CONSTANTS[node.name]) : global(globalPath(node.name));
}

/** What somebody else holds as well may be changed there. */
function isChanged(binding) {
  binding.isChanged ??= binding.writes.size > 0 || binding.references.some((use) => !isReadOnly(use));
  return binding.isChanged;
}

function isReadOnly(use) {
  const around = outer(use);
  if (around.type === "MemberExpression") return unwrap(around.object) === use || around.computed;
  return (
    /^(SpreadElement|VariableDeclarator|For(Of|In)Statement|ExportSpecifier)$/.test(around.type) && around.init !== use
  );
}

function importedModule(node, evaluator) {
  const source = evaluator.value(node.source);
  if (source.type !== "constant" || typeof source.value !== "string") return UNKNOWN;
  const home = node.scope.module;
  const module = home && evaluator.modules.find(home.file, source.value);
  return module ? { type: "namespace", module } : UNKNOWN;
}

function logical(node, evaluator) {
  const right = evaluator.value(node.right);
  return node.operator === "&&" ? right : union([evaluator.value(node.left), right]);
}

function memberExpression(node, evaluator) {
  const holder = unwrap(node.object);
  const name = plainKey(node.property, node.computed);
  const key = name === null ? evaluator.value(node.property) : constant(name);
  const object = evaluator.value(holder);
  const found = isEmptyLiteral(holder) && !isKnownPrimitive(key) ? hiddenMethod(key) : evaluator.member(object, key);
  const writes = writesOf(holder);
  if (!writes || writes.size === 0) return found;
  const written = alternatives(key).map((each) => evaluator.written(writes, String(primitive(each))));
  return union([found, ...written]);
}

/** `[][key]`, `""[key]`: nothing is there but the methods. */
const hiddenMethod = (key) => (some(key, isKnownPrimitive) ? UNKNOWN : global("Function.prototype"));

const isEmptyLiteral = (node) =>
  (node.type === "ArrayExpression" && node.elements.length === 0) ||
  (node.type === "ObjectExpression" && node.properties.length === 0) ||
  (node.type === "Literal" && !node.value);

function writesOf(holder) {
  if (holder.type === "Identifier") return holder.binding?.writes;
  return holder.type === "ThisExpression" ? classAround(holder)?.writes : undefined;
}

function instance(node, evaluator) {
  return union(readCall(node, evaluator).targets.map(({ callee, args }) => made(callee, args)));
}

function made(callee, args) {
  if (callee.type === "class") return { type: "instance", node: callee.node };
  if (callee.type === "opaque") return OPAQUE;
  if (callee.type !== "global") return UNKNOWN;
  if (callee.path === "Image") return global("<img>");
  if (callee.path === "URL") return baseOrAddress(args);
  if (callee.path === "Request" || callee.path === "Proxy") return args[0] ?? UNKNOWN;
  return callee.path === "Array" ? list([]) : global(`new ${callee.path}`);
}

/** `new URL(path, base)` leads where the base does, unless the path is an address itself, or may be. */
function baseOrAddress([address = UNKNOWN, base]) {
  const isRelative = every(
    address,
    (each) => isString(each) && beginning(each) !== "" && !IS_ADDRESS.test(beginning(each)),
  );
  return base && isRelative ? base : address;
}

function objectLiteral(node, evaluator) {
  const properties = new Map();
  let isOpen = false;
  for (const property of node.properties) {
    if (property.type === "SpreadElement") {
      const spread = evaluator.value(property.argument);
      if (some(spread, ({ type, path }) => type === "global" && isRoot(path))) return spread;
      if (spread.type === "record") for (const [name, value] of spread.properties) properties.set(name, value);
      isOpen ||= spread.type !== "record" || spread.isOpen;
      continue;
    }
    const name = plainKey(property.key, property.computed);
    const key = name === null ? evaluator.value(property.key) : constant(name);
    if (isKnownPrimitive(key)) properties.set(String(primitive(key)), evaluator.value(property.value));
    else isOpen = true;
  }
  return record(properties, isOpen);
}

function template({ quasis, expressions }, evaluator) {
  let whole = constant(quasis[0].value.cooked ?? "");
  expressions.forEach((expression, index) => {
    const value = evaluator.value(expression);
    const text = value.type === "constant" ? constant(String(value.value)) : value;
    whole = sumOf(whole, isKnownPrimitive(text) || text.type !== "unknown" ? text : TEXT);
    whole = sumOf(whole, constant(quasis[index + 1].value.cooked ?? ""));
  });
  return whole;
}

function unary(node, evaluator) {
  const value = evaluator.value(node.argument);
  if (node.operator === "void") return constant(undefined);
  if (node.operator === "typeof") return TEXT;
  const isObject = value.type === "list" || value.type === "record" || value.type === "function";
  if (node.operator === "!" && (isObject || value.type === "constant"))
    return constant(isObject ? false : !value.value);
  if (value.type !== "constant" && value.type !== "list") return UNKNOWN;
  const plain = primitive(value);
  if (plain === undefined && value.type === "list") return UNKNOWN;
  if (typeof plain === "bigint") return UNKNOWN;
  if (node.operator === "+") return constant(Number(plain));
  if (node.operator === "-") return constant(-Number(plain));
  return node.operator === "~" ? constant(~Number(plain)) : UNKNOWN;
}
