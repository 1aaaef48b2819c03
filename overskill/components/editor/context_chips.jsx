import { useState } from "react";
import { SquareMousePointer, X } from "lucide-react";
import { useWindowEvents } from "./use_window_events.js";

const MOST = 5;

/**
 * What the next message is about, beside its words: elements that were selected in the preview, for one.
 * `window.dispatchEvent(new CustomEvent("overskill:ask-about", { detail: { label, text } }))` adds one; its text is sent
 * along below the message.
 *
 * @param {() => void} onAdd
 */
export function useContextChips(onAdd) {
  const [chips, setChips] = useState([]);
  useWindowEvents({
    "overskill:ask-about": ({ detail: { label, text } }) => {
      setChips((before) => [...before.filter((chip) => chip.text !== text), { label, text }].slice(-MOST));
      onAdd();
    },
  });
  return {
    chips,
    remove: (text) => setChips((before) => before.filter((chip) => chip.text !== text)),
    clear: () => setChips([]),
  };
}

export function ContextChips({ chips, onRemove }) {
  if (!chips.length) return null;
  return (
    <ul aria-label="About" className="flex flex-wrap gap-1.5 px-3 pt-3">
      {chips.map(({ label, text }) => (
        <li
          key={text}
          title={text}
          className="flex h-7 min-w-0 max-w-full items-center gap-1.5 rounded-lg bg-accent-soft pl-2 pr-1 text-xs font-medium text-accent-ink"
        >
          <SquareMousePointer size={13} className="shrink-0" aria-hidden="true" />
          <span className="min-w-0 truncate">{label}</span>
          <button
            type="button"
            aria-label={`Don't ask about ${label}`}
            onClick={() => onRemove(text)}
            className="grid size-5 shrink-0 place-items-center rounded hover:bg-surface"
          >
            <X size={12} aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  );
}
