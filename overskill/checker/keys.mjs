/** Keys by name, as the DevTools protocol wants them: "Enter", "Escape", "a", "Control+K". */
const NAMED = {
  enter: ["Enter", 13, "\r"],
  return: ["Enter", 13, "\r"],
  tab: ["Tab", 9],
  escape: ["Escape", 27],
  esc: ["Escape", 27],
  backspace: ["Backspace", 8],
  delete: ["Delete", 46],
  space: [" ", 32, " "],
  arrowleft: ["ArrowLeft", 37],
  arrowup: ["ArrowUp", 38],
  arrowright: ["ArrowRight", 39],
  arrowdown: ["ArrowDown", 40],
  left: ["ArrowLeft", 37],
  up: ["ArrowUp", 38],
  right: ["ArrowRight", 39],
  down: ["ArrowDown", 40],
  home: ["Home", 36],
  end: ["End", 35],
  pageup: ["PageUp", 33],
  pagedown: ["PageDown", 34],
};
const MODIFIERS = { alt: 1, control: 2, ctrl: 2, meta: 4, cmd: 4, command: 4, shift: 8 };

/** null where there is no such key. */
export function keyNamed(name) {
  const parts = name.trim().split(/\s*\+\s*/);
  const last = parts.pop() || "+";
  const modifiers = parts.map((part) => MODIFIERS[part.toLowerCase()]);
  if (modifiers.includes(undefined)) return null;
  const held = modifiers.reduce((all, one) => all | one, 0);
  const known = NAMED[last.toLowerCase().replace(/\s|key$/g, "")];
  if (!known && [...last].length !== 1) return null;
  const [key, code, text] = known ?? [last, last.toUpperCase().codePointAt(0), last];
  const types = (held & ~MODIFIERS.shift) === 0 ? text : undefined; // Control+K types nothing
  return { key, code: codeOf(key), windowsVirtualKeyCode: code, modifiers: held, text: types };
}

function codeOf(key) {
  if (/^[a-z]$/i.test(key)) return `Key${key.toUpperCase()}`;
  if (/^\d$/.test(key)) return `Digit${key}`;
  return key === " " ? "Space" : key;
}
