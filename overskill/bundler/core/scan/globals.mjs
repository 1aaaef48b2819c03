/** What the names of the browser mean, however they are reached. */

const WINDOWS = new Set(["window", "self", "globalThis", "frames"]);
const OTHER_WINDOWS = new Set(["parent", "top", "opener"]);
const CODE_RUNNERS = new Set(["eval", "Function", "setTimeout", "setInterval", "fetch", "document", "Reflect"]);
const WINDOW_PROPERTIES = new Set(["defaultView", "contentWindow", "parentWindow"]);
const DOCUMENT_PROPERTIES = new Set(["ownerDocument", "contentDocument"]);
const NOT_FUNCTIONS = new Set(["Math", "JSON", "Reflect", "Intl", "Atomics", "WebAssembly", "console"]);
const BROWSER_FUNCTIONS = new Set(
  (
    "alert confirm prompt open close focus blur print stop fetch setTimeout setInterval clearTimeout clearInterval " +
    "requestAnimationFrame cancelAnimationFrame requestIdleCallback queueMicrotask structuredClone postMessage " +
    "matchMedia getComputedStyle getSelection scroll scrollTo scrollBy addEventListener removeEventListener " +
    "Image Audio Option XMLHttpRequest WebSocket EventSource Worker Blob File FileReader FormData URL " +
    "URLSearchParams Request Response Headers Node Element HTMLElement Document Event CustomEvent DOMParser"
  ).split(" "),
);
const PRIMITIVES = { string: "String", number: "Number", boolean: "Boolean", bigint: "BigInt" };

export const CONSTRUCTOR = "(constructor)"; // of something that is not known

/** Everything can be reached from these: a name that is not known may be any of it. */
export const isRoot = (path) => path === "window" || OTHER_WINDOWS.has(path) || path === "document";
export const isOtherWindow = (path) => OTHER_WINDOWS.has(path);

export const globalPath = (name) => (WINDOWS.has(name) ? "window" : name);

/** @returns {string} the path of a property of something global */
export function memberPath(path, key) {
  if (key === "constructor") return constructorPath(path);
  if (key === "__proto__" && isFunctionPath(path)) return "Function.prototype";
  if (path === "window") return globalPath(key);
  if (OTHER_WINDOWS.has(path)) {
    if (WINDOWS.has(key) || OTHER_WINDOWS.has(key)) return path;
    return CODE_RUNNERS.has(key) ? key : `${path}.${key}`;
  }
  if (key === "window" && path === "document") return "window";
  if (WINDOW_PROPERTIES.has(key)) return "window";
  if (DOCUMENT_PROPERTIES.has(key)) return "document";
  return `${path}.${key}`;
}

/** Of a property of something that is not known, or "". */
export function memberPathOfUnknown(key) {
  if (WINDOW_PROPERTIES.has(key)) return "window";
  if (DOCUMENT_PROPERTIES.has(key)) return "document";
  return key === "constructor" ? CONSTRUCTOR : "";
}

/** The function that makes values such as this one. */
function constructorPath(path) {
  if (path === CONSTRUCTOR || isFunctionPath(path)) return "Function";
  return path.endsWith(".prototype") ? path.slice(0, -".prototype".length) : CONSTRUCTOR;
}

export const primitiveClass = (value) => PRIMITIVES[typeof value] ?? "Object";

/** Whether it is a function, for all we know. */
export function isFunctionPath(path) {
  if (path === CONSTRUCTOR || path === "eval" || BROWSER_FUNCTIONS.has(path)) return true;
  const [root, ...rest] = path.split(".");
  if (NOT_FUNCTIONS.has(path) || !/^[A-Za-z]/.test(root)) return false;
  if (/^(document|navigator|window|location)$/.test(root) && rest.length > 0)
    return /^(createElement|getElement|querySelector|write|open|close|addEvent|register|sendBeacon|assign)/.test(
      rest.at(-1),
    );
  return isIntrinsicFunction(root, rest);
}

/** The language's own objects are the same here. Read without running a getter. */
function isIntrinsicFunction(root, rest) {
  if (!/^([A-Z]\w*|parseInt|parseFloat|isNaN|isFinite|atob|btoa|(de|en)codeURI(Component)?|(un)?escape)$/.test(root))
    return false;
  let found = Object.getOwnPropertyDescriptor(globalThis, root)?.value;
  for (const key of rest) {
    if (found === null || (typeof found !== "object" && typeof found !== "function")) return false;
    found = Object.getOwnPropertyDescriptor(found, key)?.value;
  }
  return typeof found === "function";
}
