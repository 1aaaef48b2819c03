/**
 * What can be done on this page, for the palette, the sheet of shortcuts and the keyboard: one list that every part of
 * the page adds its own to.
 *
 * @typedef {{ id: string, title: string, group: string, run: () => void, keys?: string, words?: string,
 *   isOff?: () => boolean, whileTyping?: boolean }} Command
 *   `keys` as in keys.js: "mod+k", "alt+1", "?". `words` are others that it is found by. `isOff` says whether it can't be
 *   done now: then it is neither shown nor run. `whileTyping`: its keys also count in a text field.
 */

const commands = new Map();
const listeners = new Set();
let list = [];

/**
 * Add commands. One with the same id takes the place of the one before.
 *
 * @param {Command[]} added
 * @returns {() => void} takes them away again
 */
export function register(added) {
  for (const command of added) commands.set(command.id, command);
  tell();
  return () => {
    for (const command of added) if (commands.get(command.id) === command) commands.delete(command.id);
    tell();
  };
}

function tell() {
  list = [...commands.values()];
  for (const listener of listeners) listener();
}

/** For `useSyncExternalStore`. */
export function subscribe(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** All commands, in the order that they were added in. @returns {Command[]} */
export const read = () => list;

export const isOn = (command) => !command.isOff?.();

/** @param {string} id */
export const find = (id) => commands.get(id);
