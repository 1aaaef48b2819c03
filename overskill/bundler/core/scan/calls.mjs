/** What is called, with what, by whom, and what comes of it. */
import { foldFunction, foldMethod } from "./folding.mjs";
import { isFunctionPath, isRoot } from "./globals.mjs";
import { isFunction, outer, plainKey, unwrap } from "./syntax.mjs";
import {
  CLEAN,
  OPAQUE,
  TEXT,
  UNKNOWN,
  alternatives,
  constant,
  every,
  global,
  isKnownPrimitive,
  list,
  map,
  primitive,
  record,
  some,
  strings,
  union,
} from "./values.mjs";

const MOST_CALLERS = 60;
const DEEPEST_UNFOLDING = 6;

/**
 * @typedef {import("./values.mjs").Value} Value
 * @typedef {{callee: Value, args: Value[], makes?: "bound"}} Target
 * @typedef {{node: object, targets: Target[], receiver: Value | null, name: string}} Call
 */

/** A call or `new`, with `call`, `apply`, `bind` and `Reflect` seen through. @returns {Call} */
export function readCall(node, evaluator) {
  const callee = unwrap(node.callee);
  const isMethod = callee.type === "MemberExpression";
  const args = node.arguments.flatMap((arg) => argumentValues(arg, evaluator));
  return {
    node,
    targets: alternatives(evaluator.value(callee)).flatMap((each) => unfold(each, args)),
    receiver: isMethod ? evaluator.value(callee.object) : null,
    name: isMethod ? methodName(callee, evaluator) : "",
  };
}

function methodName(callee, evaluator) {
  const name = plainKey(callee.property, callee.computed);
  if (name !== null) return name;
  const key = evaluator.value(callee.property);
  return isKnownPrimitive(key) ? String(primitive(key)) : "";
}

function argumentValues(arg, evaluator) {
  if (arg.type !== "SpreadElement") return [evaluator.value(arg)];
  return itemsOf(evaluator.value(arg.argument));
}

const itemsOf = (value) => (value?.type === "list" ? value.items : [UNKNOWN]);

/** @returns {Target[]} */
function unfold(callee, args, depth = 0) {
  const again = (inner, given) => alternatives(inner).flatMap((each) => unfold(each, given, depth + 1));
  if (depth >= DEEPEST_UNFOLDING) return [{ callee, args }];
  if (callee.type === "bound") return again(callee.of, [...callee.args, ...args]);
  if (callee.type === "method" && callee.name === "call") return again(callee.of, args.slice(1));
  if (callee.type === "method" && callee.name === "apply") return again(callee.of, itemsOf(args[1] ?? list([])));
  if (callee.type === "method") return [{ callee: callee.of, args: args.slice(1), makes: "bound" }];
  if (callee.type === "global" && callee.path === "Reflect.apply" && args[0]) return again(args[0], itemsOf(args[2]));
  if (callee.type === "global" && callee.path === "Reflect.construct" && args[0])
    return again(args[0], itemsOf(args[1]));
  return [{ callee, args }];
}

/** The argument at a place, whichever is called. @param {Call} call @returns {Value} */
export const argumentsOf = (call, index) => union(call.targets.map(({ args }) => args[index] ?? constant(undefined)));

/** The targets that are global, as paths with what they are given. @param {Call} call */
export const globalTargets = (call) =>
  call.targets.flatMap(({ callee, args, makes }) =>
    callee.type === "global" ? [{ path: callee.path, args, isCalled: !makes }] : [],
  );

/** What a call gives back. @param {Call} call @returns {Value} */
export function resultOf(call, evaluator) {
  return union(call.targets.map((target) => resultOfTarget(target, call, evaluator)));
}

function resultOfTarget({ callee, args, makes }, { receiver, name }, evaluator) {
  if (makes) return { type: "bound", of: callee, args };
  if (callee.type === "function") return returned(callee.node, evaluator);
  if (callee.type === "global") {
    const special = SPECIAL[callee.path]?.(args, evaluator) ?? foldFunction(callee.path, args);
    if (special) return special;
  }
  if (!receiver) return UNKNOWN;
  const folded = alternatives(receiver).map((each) => foldMethod(each, name, args));
  return folded.includes(null) ? UNKNOWN : union(folded);
}

function returned(node, evaluator) {
  if (node.generator) return UNKNOWN;
  if (node.body && node.body.type !== "BlockStatement") return evaluator.value(node.body);
  return node.returned ? union(node.returned.map((each) => evaluator.value(each.argument))) : constant(undefined);
}

const result = (value, evaluator) => (value?.type === "function" ? returned(value.node, evaluator) : UNKNOWN);
const rootAmong = (args) => args.find((arg) => some(arg, ({ type, path }) => type === "global" && isRoot(path)));
const same = (args) => rootAmong(args) ?? args[0];

const element = (tag) => {
  const names = strings(tag ?? UNKNOWN);
  const isWhole = names.length > 0 && every(tag, ({ type }) => type === "constant");
  return isWhole ? union(names.map((name) => global(`<${name.toLowerCase()}>`))) : global("<?>");
};

const descriptor = ([object, key], evaluator) => {
  const value = evaluator.member(object ?? UNKNOWN, key ?? UNKNOWN);
  return record(new Map([["value", value]]));
};

const values = ([object]) => {
  if (object && rootAmong([object])) return OPAQUE;
  return object?.type === "record" ? list([...object.properties.values()]) : UNKNOWN;
};

const prototype = ([object]) =>
  map(object ?? UNKNOWN, (each) => {
    if (each.type === "function" || each.type === "class") return global("Function.prototype");
    if (each.type === "list") return global("Array.prototype");
    if (each.type !== "global") return UNKNOWN;
    return isFunctionPath(each.path) ? global("Function.prototype") : each;
  });

const SPECIAL = {
  "Array.from": same,
  "Array.of": (args) => list(args),
  "Object.assign": same,
  "Object.create": same,
  "Object.entries": (args) => map(values(args), (each) => (each.type === "list" ? list(each.items.map(entry)) : each)),
  "Object.freeze": same,
  "Object.getOwnPropertyDescriptor": descriptor,
  "Object.getPrototypeOf": prototype,
  "Object.values": values,
  "Promise.resolve": same,
  "Reflect.get": ([object, key], evaluator) => evaluator.member(object ?? UNKNOWN, key ?? UNKNOWN),
  "Reflect.getOwnPropertyDescriptor": descriptor,
  "Reflect.getPrototypeOf": prototype,
  "document.createElement": ([tag]) => element(tag),
  "document.createElementNS": ([, tag]) => element(tag),
  "npm:dompurify.sanitize": () => CLEAN,
  "npm:isomorphic-dompurify.sanitize": () => CLEAN,
  "npm:react.useCallback": same,
  "npm:react.useMemo": ([make], evaluator) => result(make, evaluator),
  "npm:react.useRef": ([first]) => record(new Map([["current", first ?? UNKNOWN]])),
  "npm:react.useState": ([first = UNKNOWN], evaluator) =>
    list([union([first.type === "function" ? returned(first.node, evaluator) : first, UNKNOWN]), UNKNOWN]),
  Object: same,
  String: ([value]) => (value && isKnownPrimitive(value) ? null : TEXT),
};

const entry = (value) => list([UNKNOWN, value]);

/**
 * The arguments of every call of a function that can be seen; `isClosed` when there can be no other calls.
 *
 * @returns {{sites: Value[][], isClosed: boolean}}
 */
export function callSites(node, evaluator) {
  const found = { sites: [], isClosed: true };
  const names = namesOf(node, evaluator.modules);
  const uses = [node, ...names.flatMap(({ references }) => references)];
  for (const use of uses.slice(0, MOST_CALLERS)) addUse(use, node, names, found, evaluator);
  if (uses.length > MOST_CALLERS) found.isClosed = false;
  return found;
}

/** The variables that hold a function, in its own module and in those that import it. */
function namesOf(node, modules) {
  const own = [];
  if (node.binding) own.push(node.binding);
  let holder = outer(node);
  const isWrapped = holder?.type === "CallExpression" && holder.arguments[0] === node; // memo(…), useCallback(…)
  if (isWrapped) holder = outer(holder);
  if (holder?.type === "VariableDeclarator" && holder.id.binding) own.push(holder.id.binding);
  return [...own, ...own.flatMap((binding) => modules.aliases(binding)), ...modules.aliases(node)];
}

function addUse(use, node, names, found, evaluator) {
  const parent = outer(use);
  if (!parent || isDeclaration(use, parent, names)) return;
  if (isCall(parent) && unwrap(parent.callee) === use) {
    addCall(parent, node, found, evaluator);
  } else if (parent.type === "MemberExpression" && isCall(outer(parent)) && unwrap(outer(parent).callee) === parent) {
    addCall(outer(parent), node, found, evaluator);
  } else if (isCall(parent)) {
    found.isClosed = false;
    found.sites.push(callbackArguments(parent, use, evaluator));
  } else if (parent.type === "JSXOpeningElement") {
    found.sites.push([attributes(parent, evaluator)]);
  } else found.isClosed = false;
}

const isCall = (node) => node?.type === "CallExpression" || node?.type === "NewExpression";

function isDeclaration(use, parent, names) {
  if (/^(ExportSpecifier|ExportDefaultDeclaration|JSXClosingElement|Import\w*Specifier)$/.test(parent.type))
    return true;
  if (parent.type === "VariableDeclarator") return isFunction(use) || parent.id === use;
  if (isFunction(use)) return use.type === "FunctionDeclaration";
  return isFunction(parent) && parent.id === use && names.includes(use.binding);
}

function addCall(call, node, found, evaluator) {
  const targets = readCall(call, evaluator).targets.filter(({ callee }) => callee.node === node);
  found.sites.push(...targets.map(({ args }) => args));
  if (targets.length === 0) found.isClosed = false;
}

/** What a callback may be given: what it is called for, and what is passed beside it. */
function callbackArguments(call, use, evaluator) {
  const callee = unwrap(call.callee);
  const beside = call.arguments.filter((arg) => arg !== use && unwrap(arg) !== use && arg.type !== "SpreadElement");
  const given = beside.map((arg) => evaluator.value(arg));
  if (callee.type === "MemberExpression") given.push(evaluator.value(callee.object));
  const held = given.flatMap(alternatives).flatMap((value) => (value.type === "list" ? value.items : [value]));
  const value = union([
    ...held.filter(({ type, path }) => type === "opaque" || (type === "global" && isRoot(path))),
    UNKNOWN,
  ]);
  return [value, value, value];
}

function attributes(element, evaluator) {
  const properties = new Map();
  for (const attribute of element.attributes) {
    if (attribute.type !== "JSXAttribute" || attribute.name.type !== "JSXIdentifier") continue;
    properties.set(attribute.name.name, attribute.value ? evaluator.value(attribute.value) : constant(true));
  }
  return record(properties);
}
