/** Work that never ends: timers nobody stops, loops without a way out. */
import { globalTargets } from "../calls.mjs";
import { contains, enclosingFunction, isFunction, outer, unwrap } from "../syntax.mjs";
import { globalPaths } from "../values.mjs";

const EFFECT = /^npm:react\.use(Layout|Insertion)?Effect$/;
const WAYS_OUT = new Set(["ReturnStatement", "ThrowStatement", "AwaitExpression", "YieldExpression"]);
const LOOPS = /^(For\w*|While|DoWhile|Switch)Statement$/;

export const problems = {
  interval: {
    rule: "timer",
    severity: "medium",
    message: "This interval is never stopped, so another one runs after every change of the screen.",
    fix: "Keep what setInterval returns, and clear it in the function that the effect returns.",
  },
  chain: {
    rule: "timer",
    severity: "medium",
    message: "This function starts itself again for ever, and nothing can stop it.",
    fix: "Keep what setTimeout returns, and clear it when it is not needed any more.",
  },
  loop: {
    rule: "endless-loop",
    severity: "medium",
    message: "This loop never ends, so the page freezes.",
    fix: "Give it a condition, a break or a return.",
  },
};

export const visitors = {
  CallExpression(node, scan) {
    const paths = globalTargets(scan.call(node)).map(({ path }) => path);
    if (paths.includes("setInterval") && !isStopped(node, scan)) scan.report(node, problems.interval);
    if (paths.includes("setTimeout") && startsItself(node) && stops(scan).length === 0)
      scan.report(node, problems.chain);
  },
  WhileStatement(node, scan) {
    if (isAlways(node.test, scan) && !hasWayOut(node)) scan.report(node, problems.loop);
  },
  DoWhileStatement(node, scan) {
    if (isAlways(node.test, scan) && !hasWayOut(node)) scan.report(node, problems.loop);
  },
  ForStatement(node, scan) {
    if ((!node.test || isAlways(node.test, scan)) && !hasWayOut(node)) scan.report(node, problems.loop);
  },
};

function isAlways(test, scan) {
  const value = scan.value(test);
  return value.type === "constant" && Boolean(value.value);
}

/** A break of a loop inside does not leave this one; neither does what another function does. */
function hasWayOut(loop) {
  const pending = [[loop.body, true]];
  while (pending.length > 0) {
    const [node, isOwn] = pending.pop();
    if (WAYS_OUT.has(node.type) || (node.type === "ForOfStatement" && node.await)) return true;
    if (node.type === "BreakStatement" && (isOwn || node.label)) return true;
    if (isFunction(node)) continue;
    const keepsBreaks = isOwn && !LOOPS.test(node.type);
    for (const inside of insideOf(node)) pending.push([inside, keepsBreaks]);
  }
  return false;
}

function insideOf(node) {
  const found = [];
  for (const [key, value] of Object.entries(node)) {
    if (key === "parent" || key === "scope" || key === "inner" || key === "binding" || key === "source") continue;
    for (const each of Array.isArray(value) ? value : [value]) if (each?.type) found.push(each);
  }
  return found;
}

/** Calls of clearInterval and clearTimeout in the file, also where they are handed on. */
function stops(scan) {
  scan.module.stops ??= scan.module.nodes.filter(
    (node) =>
      (node.type === "Identifier" || node.type === "MemberExpression") &&
      globalPaths(scan.value(node)).some((path) => path === "clearInterval" || path === "clearTimeout"),
  );
  return scan.module.stops;
}

/** An effect stops it itself, unless its number is kept outside; anything else, anywhere in the file. */
function isStopped(call, scan) {
  const around = outer(call);
  if (around.type === "ExpressionStatement") return false;
  const effect = effectAround(call, scan);
  if (!effect || isKeptOutside(around, effect)) return stops(scan).length > 0;
  return stops(scan).some((stop) => contains(effect, stop)) || isReturned(around);
}

function effectAround(node, scan) {
  for (let home = enclosingFunction(node); home; home = enclosingFunction(home)) {
    const around = outer(home);
    if (around?.type === "CallExpression" && globalTargets(scan.call(around)).some(({ path }) => EFFECT.test(path)))
      return home;
  }
  return null;
}

function isKeptOutside(around, effect) {
  if (around.type !== "AssignmentExpression") return false;
  const target = unwrap(around.left);
  if (target.type === "MemberExpression") return true;
  return target.type === "Identifier" && target.binding && !contains(effect, target.binding.node);
}

const isReturned = (around) => around.type === "ReturnStatement" || around.type === "ArrowFunctionExpression";

/** `function tick() { …; setTimeout(tick, 100); }` */
function startsItself(call) {
  const given = unwrap(call.arguments[0]);
  if (given?.type !== "Identifier" || !given.binding) return false;
  for (let home = enclosingFunction(call); home; home = enclosingFunction(home)) {
    if (home.binding === given.binding || outer(home)?.id?.binding === given.binding) return true;
  }
  return false;
}
