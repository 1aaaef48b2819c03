/** The way to what the whole editor shares: its shortcuts, its palette and its room. */
export { keyWords } from "$/public/external/overskill/components/editor/browser/keys.js";
export { find, register } from "$/public/external/overskill/components/editor/browser/commands.js";
export { roomOf } from "$/public/external/overskill/components/editor/browser/room.js";
