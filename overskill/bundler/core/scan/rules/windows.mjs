/** Other windows, messages to anybody, links that open tabs, and what all objects inherit. */
import { argumentsOf, globalTargets } from "../calls.mjs";
import { isRelied } from "../folding.mjs";
import { isOtherWindow } from "../globals.mjs";
import { tagsOf } from "../sinks.mjs";
import { outer, plainKey, unwrap } from "../syntax.mjs";
import { alternatives, constant, globalPaths, isKnownPrimitive, primitive, some, strings } from "../values.mjs";
import { hostsOf } from "../addresses.mjs";

const READ_SAFELY = new Set(["postMessage", "closed", "length", "focus", "blur"]);
const PROTOTYPES =
  /^(Object|Array|Function|String|Number|Boolean|Promise|Map|Set|Element|HTMLElement|Node|EventTarget)\.prototype$/;

export const problems = {
  otherWindow: {
    rule: "other-window",
    severity: "medium",
    message: "The app reaches into the page that opened or frames it.",
    fix: "Keep to the app's own window, or send a message with postMessage and the address it is for.",
  },
  anybody: {
    rule: "post-message",
    severity: "medium",
    message: 'A message is sent to "*": any page that frames or opened the app can read it.',
    fix: "Name the origin that it is for, such as window.location.origin.",
  },
  blank: {
    rule: "blank-target",
    severity: "low",
    message: "A link opens a new tab whose page can steer this one in older browsers.",
    fix: 'Add rel="noopener noreferrer".',
  },
  prototype: {
    rule: "prototype",
    severity: "medium",
    message: "What all objects inherit is changed, here or for whoever controls the key.",
    fix: "Write to the object itself, or use a Map.",
  },
  replaced: {
    rule: "prototype",
    severity: "critical",
    message: "A function of the language is replaced, so code that calls it does something else than it says.",
    fix: "Write a function of the app's own, under a name of its own.",
  },
};

export const visitors = {
  MemberExpression(node, scan) {
    const holder = unwrap(node.object);
    if (globalPaths(scan.value(holder)).some(isOtherWindow)) reportReach(node, scan);
  },
  AssignmentExpression(node, scan) {
    const target = unwrap(node.left);
    if (target.type !== "MemberExpression" && (target.type !== "Identifier" || target.binding)) return;
    if (globalPaths(scan.value(target)).some(isRelied)) scan.report(node, problems.replaced);
    else if (target.type === "MemberExpression" && isInherited(target, scan)) scan.report(node, problems.prototype);
  },
  CallExpression(node, scan) {
    const call = scan.call(node);
    if (call.name === "postMessage" || globalTargets(call).some(({ path }) => /(^|\.)postMessage$/.test(path)))
      if (alternatives(argumentsOf(call, 1)).some(isForAnybody)) scan.report(node, problems.anybody);
    for (const { path, args } of globalTargets(call)) {
      const changes =
        /^(Object\.(assign|defineProperty|defineProperties|setPrototypeOf)|Reflect\.(set|defineProperty))$/;
      const changed = changes.test(path) && args[0] ? globalPaths(args[0]) : [];
      if (changed.some(isRelied)) scan.report(node, problems.replaced);
      else if (changed.some((each) => PROTOTYPES.test(each))) scan.report(node, problems.prototype);
    }
  },
  JSXOpeningElement(node, scan) {
    if (isUnguardedLink(node, scan)) scan.report(node, problems.blank);
  },
};

/** Whether there is another window may be asked, and a message sent: the rest is reaching in. */
function reportReach(node, scan) {
  const key = plainKey(node.property, node.computed);
  if (key !== null && READ_SAFELY.has(key)) return;
  const around = outer(node);
  const isAsked = around.type === "BinaryExpression" && around.operator !== "+";
  if (!isAsked) scan.report(node, problems.otherWindow);
}

const isForAnybody = (value) =>
  (value.type === "constant" && value.value === "*") ||
  (value.type === "record" && strings(value.properties.get("targetOrigin") ?? constant(0)).includes("*"));

/** `a.__proto__ = …`, `a.__proto__.b = …`, `Object.prototype.b = …`, `a.constructor.prototype.b = …`. */
function isInherited(target, scan) {
  if (keyIs(target, "__proto__", scan)) return true;
  const holder = unwrap(target.object);
  if (globalPaths(scan.value(holder)).some((path) => PROTOTYPES.test(path))) return true;
  if (holder.type !== "MemberExpression") return false;
  if (keyIs(holder, "__proto__", scan)) return true;
  const before = unwrap(holder.object);
  return keyIs(holder, "prototype", scan) && before.type === "MemberExpression" && keyIs(before, "constructor", scan);
}

function keyIs(member, name, scan) {
  const plain = plainKey(member.property, member.computed);
  if (plain !== null) return plain === name;
  return some(scan.value(member.property), (each) => isKnownPrimitive(each) && String(primitive(each)) === name);
}

function isUnguardedLink(node, scan) {
  if (!tagsOf(node, scan).includes("a")) return false;
  const given = new Map();
  for (const attribute of node.attributes) {
    if (attribute.type === "JSXSpreadAttribute") return false;
    given.set(attribute.name.name, attribute.value ? scan.value(attribute.value) : constant(true));
  }
  if (!given.has("target") || !strings(given.get("target")).includes("_blank")) return false;
  const relation = given.has("rel") ? given.get("rel") : constant("");
  if (relation.type !== "constant" || /\b(noopener|noreferrer)\b/i.test(String(relation.value))) return false;
  const href = given.get("href");
  return !href || href.type !== "constant" || hostsOf(href).length > 0;
}
