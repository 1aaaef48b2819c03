import { useEffect, useRef } from "react";
import { SquareMousePointer } from "lucide-react";
import { register } from "$/public/external/overskill/components/editor/browser/commands.js";
import { ariaKeys, isTyping, keyWords } from "$/public/external/overskill/components/editor/browser/keys.js";
import { useLazy } from "$/public/external/overskill/components/editor/browser/use_lazy.js";

const KEYS = "alt+s";

/** Turns select mode on and off. */
export function SelectToggle({ select }) {
  return (
    <button
      type="button"
      aria-pressed={select.isOn}
      aria-keyshortcuts={ariaKeys(KEYS)}
      aria-label="Select"
      data-side="bottom"
      data-tip={`Select to edit (${keyWords(KEYS).join(" ")})`}
      onClick={select.toggle}
      className={`inline-flex h-7.5 shrink-0 items-center gap-1.5 rounded-lg px-2 text-[13px] font-medium transition-colors duration-150 ${
        select.isOn ? "bg-accent text-on-accent hover:bg-accent-hover" : "tip text-soft hover:bg-hover hover:text-ink"
      }`}
    >
      <SquareMousePointer size={15} aria-hidden="true" />
      <span className="hidden @md:inline" aria-hidden="true">
        Select
      </span>
    </button>
  );
}

/** The panel beside the preview; below it, where there is no room. Its code comes when it is first wanted. */
export function SelectDock({ select }) {
  useCommands(select);
  const { part, problem, retry } = useLazy(() => import("./panel.jsx"), select.isOn);
  if (!select.isOn) return null;
  return (
    <div
      onKeyDown={(event) => onArrow(event, select)}
      className="relative z-10 -mt-3 flex h-[48%] shrink-0 flex-col overflow-hidden rounded-t-2xl border-t border-strong bg-surface shadow-overlay animate-rise @2xl:z-auto @2xl:mt-0 @2xl:h-auto @2xl:w-76 @2xl:shrink-0 @2xl:rounded-none @2xl:border-l @2xl:border-t-0 @2xl:border-line @2xl:shadow-none @2xl:animate-fade"
    >
      {part ? <part.default select={select} /> : <Opening problem={problem} onRetry={retry} />}
    </div>
  );
}

function Opening({ problem, onRetry }) {
  if (!problem) return <p className="p-3.5 text-xs text-faint">Opening…</p>;
  return (
    <p role="alert" className="p-3.5 text-xs text-soft">
      The panel could not be loaded. Check your connection.
      <button type="button" onClick={onRetry} className="ml-2 font-medium text-accent-ink underline underline-offset-2">
        Try again
      </button>
    </p>
  );
}

const STEPS = { ArrowUp: "parent", ArrowDown: "child", ArrowLeft: "before", ArrowRight: "after" };

/** As in the preview itself, from where no field has the keys. */
function onArrow(event, select) {
  if (!STEPS[event.key] || isTyping(event.target) || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  select.step(STEPS[event.key]);
}

function useCommands(select) {
  const latest = useRef(select);
  latest.current = select;
  useEffect(
    () =>
      register([
        { id: "select", title: "Select elements to edit", group: "Preview", keys: KEYS, words: "visual inspect design", run: () => latest.current.toggle() },
        { id: "select-undo", title: "Undo the last visual edit", group: "Preview", keys: "mod+z", isOff: () => !latest.current.isOn || !latest.current.canUndo, run: () => latest.current.undo() },
        { id: "select-redo", title: "Redo the visual edit", group: "Preview", keys: "mod+shift+z", isOff: () => !latest.current.isOn || !latest.current.canRedo, run: () => latest.current.redo() },
        { id: "select-leave", title: "Leave select mode", group: "Preview", keys: "escape", isOff: () => !latest.current.isOn, run: () => latest.current.leave() },
      ]),
    [],
  );
}
