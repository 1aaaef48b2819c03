/** Text that is run as code, and the ways to hide that it is. */
import { CONSTRUCTOR, isRoot } from "../globals.mjs";
import { outer, plainKey, unwrap } from "../syntax.mjs";
import { alternatives, globalPaths, isGlobal, isKnownPrimitive, isString, some, strings } from "../values.mjs";
import { globalTargets } from "../calls.mjs";

const RUNS_CODE = ["eval", "Function", "execScript"];
const TIMERS = new Set(["setTimeout", "setInterval", "setImmediate"]);
const HARMLESS_OPERATORS = new Set(["===", "==", "!==", "!=", "instanceof", "in"]);
const SPELLED_OUT = new Set(["CallExpression", "BinaryExpression", "TemplateLiteral", "ConditionalExpression"]);

export const problems = {
  eval: {
    rule: "eval",
    severity: "critical",
    message: "eval and new Function run text as code, so whoever controls the text controls the app.",
    fix: "Write the code itself, or use JSON.parse for data and a parser for formulas.",
  },
  timer: {
    rule: "eval",
    severity: "critical",
    message: "A timer that is given text runs it as code.",
    fix: "Give the timer a function: setTimeout(() => save(), 1000).",
  },
  called: {
    rule: "hidden-access",
    severity: "critical",
    message: "A function of the browser is called whose name is only known when the app runs, so it may be any.",
    fix: "Call the function by its name.",
  },
  read: {
    rule: "hidden-access",
    severity: "high",
    message: "A global object is read by a name that is only known when the app runs, so it may be anything.",
    fix: "Use the name itself, or keep the values in an object of the app's own.",
  },
  written: {
    rule: "hidden-access",
    severity: "medium",
    message: "A global object is changed under a name that is only known when the app runs.",
    fix: "Keep the values in an object of the app's own.",
  },
  with: {
    rule: "hidden-access",
    severity: "high",
    message: "`with` makes it impossible to tell what a name means.",
    fix: "Name the object each time.",
  },
};

export const visitors = {
  Identifier(node, scan) {
    if (!node.binding && RUNS_CODE.includes(node.name) && !isHarmless(node)) scan.report(node, problems.eval);
  },
  MemberExpression(node, scan) {
    if (runsCode(scan.value(node)) && !isHarmless(node)) scan.report(node, problems.eval);
    else if (isSpelledOut(node, scan)) scan.report(node, problems.eval);
    else reportHidden(node, scan);
  },
  Property(node, scan) {
    if (!node.source) return;
    const value = scan.evaluator.source(node.source);
    if (runsCode(value)) scan.report(node, problems.eval);
    else if (node.computed && some(value, ({ type }) => type === "opaque")) scan.report(node, problems.read);
  },
  CallExpression(node, scan) {
    const call = scan.call(node);
    if (runsCode(scan.value(node)) && !isHarmless(node)) scan.report(node, problems.eval);
    if (call.targets.some(({ callee }) => callee.type === "opaque")) scan.report(node, problems.called);
    for (const { path, args } of globalTargets(call)) {
      if (TIMERS.has(path) && args[0] && some(args[0], isString)) scan.report(node, problems.timer);
      if (path === CONSTRUCTOR && args[0] && !some(args[0], isNoText)) scan.report(node, problems.eval);
    }
  },
  NewExpression(node, scan) {
    const call = scan.call(node);
    if (call.targets.some(({ callee }) => callee.type === "opaque")) scan.report(node, problems.called);
    for (const { path, args } of globalTargets(call)) {
      if (path === CONSTRUCTOR && args[0] && some(args[0], isString)) scan.report(node, problems.eval);
    }
  },
  TaggedTemplateExpression(node, scan) {
    const tag = scan.value(node.tag);
    if (some(tag, ({ type }) => type === "opaque")) scan.report(node, problems.called);
    else if (isGlobal(tag, CONSTRUCTOR) || globalPaths(tag).some((path) => TIMERS.has(path)))
      scan.report(node, problems.eval);
  },
  WithStatement(node, scan) {
    scan.report(node, problems.with);
  },
};

const runsCode = (value) => RUNS_CODE.some((path) => isGlobal(value, path));

const isNoText = (value) =>
  (value.type === "constant" && typeof value.value !== "string") || value.type === "record" || value.type === "list";

/** Asking what something is runs nothing. */
function isHarmless(node) {
  const around = outer(node);
  if (around.type === "UnaryExpression") return around.operator === "typeof";
  if (around.type === "BinaryExpression") return HARMLESS_OPERATORS.has(around.operator);
  if (around.type !== "MemberExpression" || unwrap(around.object) !== node) return false;
  const name = plainKey(around.property, around.computed);
  return name !== null && !/^(call|apply|bind|constructor)$/.test(name);
}

/** `anything["ev" + "al"]`: nobody writes such a name in pieces but to hide it. */
function isSpelledOut(node, scan) {
  if (!node.computed || !SPELLED_OUT.has(unwrap(node.property).type)) return false;
  const keys = strings(scan.value(node.property));
  return keys.some((key) => key === "constructor" || RUNS_CODE.includes(key));
}

function reportHidden(node, scan) {
  if (!node.computed) return;
  const object = scan.value(node.object);
  if (some(object, ({ type }) => type === "opaque")) return; // it was reported where it came from
  if (!some(scan.value(node), ({ type }) => type === "opaque")) return;
  if (alternatives(scan.value(node.property)).every(isKnownPrimitive)) return;
  const isReached = some(
    object,
    ({ type, path }) => type === "function" || isRoot(path) || path === "Function.prototype",
  );
  if (!isReached) return;
  const around = outer(node);
  if (around.type === "AssignmentExpression" && unwrap(around.left) === node) scan.report(node, problems.written);
  else if (isCalled(around, node)) scan.report(node, problems.called);
  else scan.report(node, problems.read);
}

const isCalled = (around, node) =>
  ((around.type === "CallExpression" || around.type === "NewExpression") && unwrap(around.callee) === node) ||
  around.type === "TaggedTemplateExpression";
