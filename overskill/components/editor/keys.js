/**
 * Shortcuts as text: "mod+k", "alt+1", "shift+f", "?". "mod" is Command on a Mac and Control elsewhere. Pure.
 */

const MAC = /Mac|iPhone|iPad/;
const NAMES = { arrowup: "↑", arrowdown: "↓", arrowleft: "←", arrowright: "→", enter: "Enter", escape: "Esc" };
const FIELDS = "input, textarea, select, [contenteditable=''], [contenteditable=true]";

export const isMac = (platform = globalThis.navigator?.platform ?? "") => MAC.test(platform);

/** Whether a key event is this shortcut. A sign like "?" counts however a keyboard brings it about. */
export function isPressed(keys, event, mac = isMac()) {
  const parts = keys.toLowerCase().split("+");
  const key = parts.at(-1) || "+";
  const wants = (name) => parts.slice(0, -1).includes(name);
  const mod = mac ? event.metaKey : event.ctrlKey;
  const other = mac ? event.ctrlKey : event.metaKey;
  if (mod !== wants("mod") || other || event.altKey !== wants("alt")) return false;
  if (/^[a-z0-9]$/.test(key)) {
    const isSame = event.key.toLowerCase() === key || event.code === `Key${key.toUpperCase()}` || event.code === `Digit${key}`;
    return isSame && event.shiftKey === wants("shift");
  }
  return event.key.toLowerCase() === key && (key.length === 1 || event.shiftKey === wants("shift"));
}

/** As it is shown: ["⌘", "K"] or ["Ctrl", "K"]. */
export function keyWords(keys, mac = isMac()) {
  const words = { mod: mac ? "⌘" : "Ctrl", alt: mac ? "⌥" : "Alt", shift: mac ? "⇧" : "Shift", ...NAMES };
  return keys.split("+").map((part) => words[part.toLowerCase()] ?? part.toUpperCase());
}

/** As `aria-keyshortcuts` wants it. */
export function ariaKeys(keys, mac = isMac()) {
  const words = { mod: mac ? "Meta" : "Control", alt: "Alt", shift: "Shift" };
  return keys.split("+").map((part) => words[part.toLowerCase()] ?? part.toUpperCase()).join("+");
}

/** Whether what is typed there are letters for something else. */
export function isTyping(target) {
  return Boolean(target?.isContentEditable || target?.closest?.(FIELDS));
}
