/** What `this` is. */
import { isFunction, outer } from "./syntax.mjs";

/** The class whose instance `this` is here, or null. */
export function classAround(node) {
  let around = node.parent;
  while (around && around.type !== "ClassBody") {
    const hasOwnThis = isFunction(around) && around.type !== "ArrowFunctionExpression";
    if (hasOwnThis && around.parent.type !== "MethodDefinition") return null;
    around = around.parent;
  }
  return around?.parent ?? null;
}

/** "window" where a script that is no module runs: at its top, and in functions that are called on the spot. */
export function enclosingThis(node) {
  let around = node.parent;
  while (around) {
    if (around.type === "ClassBody") return "unknown";
    if (around.type === "Program") return around.sourceType === "script" ? "window" : "unknown";
    const hasOwnThis = isFunction(around) && around.type !== "ArrowFunctionExpression";
    if (hasOwnThis && outer(around)?.callee !== around) return "unknown";
    around = around.parent;
  }
  return "unknown";
}
