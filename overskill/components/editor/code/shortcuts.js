/** The keys of the code tab. Those inside a file are CodeMirror's own. */

const isMac = globalThis.navigator?.platform?.startsWith("Mac") ?? false;

/** @returns {"save" | "find" | "search" | "close" | "next" | "previous" | "problems" | ""} */
export function commandOf(event, onMac = isMac) {
  const isMod = onMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
  if (isMod && !event.altKey) return (event.shiftKey ? WITH_SHIFT : WITH_MOD)[event.key.toLowerCase()] ?? "";
  // By place: with Alt a key may write another letter.
  if (event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey) return WITH_ALT[event.code] ?? "";
  return "";
}

const WITH_MOD = { s: "save", p: "find" };
const WITH_SHIFT = { f: "search", m: "problems" };
const WITH_ALT = { KeyW: "close", PageDown: "next", PageUp: "previous" };

/** How a key is written beside what it does. */
export function keyName(key, onMac = isMac) {
  return onMac ? key.replace("Mod+", "⌘").replace("Shift+", "⇧").replace("Alt+", "⌥") : key.replace("Mod", "Ctrl");
}
