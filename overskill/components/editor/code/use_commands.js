import { useEffect, useRef } from "react";
import { register } from "./around.js";

/** What can be done in the code tab, for the palette and the keyboard. Keys inside a file are CodeMirror's own. */
const COMMANDS = [
  { id: "code-find", title: "Go to file", keys: "mod+p", words: "open quick line" },
  { id: "code-search", title: "Search in files", keys: "mod+shift+f", words: "find replace" },
  { id: "code-files", title: "Show the files", keys: "mod+shift+e", words: "tree explorer" },
  { id: "code-save", title: "Format and save the file", keys: "mod+s", words: "prettier" },
  { id: "code-close", title: "Close the file", keys: "alt+w", words: "tab" },
  { id: "code-next", title: "Next open file", keys: "alt+pagedown", words: "tab" },
  { id: "code-previous", title: "Previous open file", keys: "alt+pageup", words: "tab" },
  { id: "code-problems", title: "Show the problems", keys: "mod+shift+m", words: "errors warnings diagnostics" },
];

/** @param {Record<"find" | "search" | "files" | "save" | "close" | "next" | "previous" | "problems", () => void>} run */
export function useCommands(run, isOpen) {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    if (!isOpen) return undefined;
    const toRun = ({ id }) => () => latest.current[id.slice("code-".length)]();
    return register(COMMANDS.map((each) => ({ ...each, group: "Code", whileTyping: true, run: toRun(each) })));
  }, [isOpen]);
}
