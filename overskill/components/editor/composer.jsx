import { useEffect, useRef, useState } from "react";
import { ArrowUp, LoaderCircle, Square } from "lucide-react";

const COUNT_FROM = 0.8;
const GIVE_UP_MS = 10_000;

/**
 * Where messages are written. What is typed lives in the browser: no keystroke waits for the server, and a
 * reload keeps it. Enter sends, Shift + Enter makes a line, "/" brings the cursor here.
 *
 * @param {{ appId: string, limit: number, turnId: string, sentCount: number, refusedCount: number,
 *   draft: { text: string, number: number }, onSend: (text: string) => void, onStop: () => void }} props
 *   `turnId` is the turn under way, "" when none is: what Stop stops.
 *   `sentCount` grows when the server took a message, `refusedCount` when it did not: then the text stays.
 *   `draft` puts words in, each time its number changes.
 */
export function Composer({ appId, limit, turnId, sentCount, refusedCount, draft, onSend, onStop }) {
  const area = useRef(null);
  const [length, setLength] = useState(0);
  const [isSending, setSending] = useState(false);
  const [isStopping, setStopping] = useState(false);
  const key = `overskill:draft:${appId}`;

  const fill = (text) => {
    area.current.value = text;
    changed();
  };

  const changed = () => {
    const box = area.current;
    setLength(box.value.trim().length);
    sessionStorage.setItem(key, box.value);
    if (!CSS.supports("field-sizing", "content")) {
      box.style.height = "auto";
      box.style.height = `${box.scrollHeight}px`;
    }
  };

  useEffect(() => fill(sessionStorage.getItem(key) ?? ""), [key]);
  useChange(sentCount, () => {
    fill("");
    setSending(false);
    area.current.focus();
  });
  useChange(refusedCount, () => setSending(false));
  useChange(draft.number, () => {
    fill(draft.text);
    area.current.focus();
    area.current.setSelectionRange(draft.text.length, draft.text.length);
  });
  useEffect(() => setStopping(false), [turnId]);

  useEffect(() => {
    if (!isSending) return undefined;
    const timer = setTimeout(() => setSending(false), GIVE_UP_MS); // the connection was lost on the way
    return () => clearTimeout(timer);
  }, [isSending]);

  useEffect(() => {
    const onKey = (event) => {
      const isTyping = event.target.closest?.("input, textarea, select, [contenteditable], [role=dialog]");
      if (event.key === "/" && !isTyping && !event.metaKey && !event.ctrlKey && area.current.offsetParent) {
        event.preventDefault();
        area.current.focus();
      }
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);

  const canSend = length >= 2 && length <= limit && !isSending;
  const send = () => {
    if (!canSend) return;
    setSending(true);
    window.dispatchEvent(new Event("overskill:sent"));
    onSend(area.current.value);
  };

  const onKeyDown = (event) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter" && (!event.shiftKey || event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      send();
    } else if (event.key === "Escape") {
      area.current.blur();
    }
  };

  const left = limit - length;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      className="rounded-2xl border border-strong bg-surface shadow-card transition-[border-color,box-shadow] duration-150 focus-within:border-ring focus-within:ring-3 focus-within:ring-ring/25"
    >
      <textarea
        ref={area}
        name="message"
        rows={2}
        placeholder={turnId ? "Say what comes next. It waits its turn." : "Ask for a change"}
        aria-label="Message"
        aria-keyshortcuts="/"
        aria-invalid={left < 0}
        readOnly={isSending}
        onInput={changed}
        onKeyDown={onKeyDown}
        className="field-sizing-content block max-h-56 min-h-15 w-full resize-none bg-transparent px-4 pb-1 pt-3.5 text-base leading-relaxed text-ink outline-none! sm:text-[15px]"
      />
      <div className="flex items-center gap-1.5 px-2.5 pb-2.5">
        <p className={`min-w-0 flex-1 truncate pl-1.5 text-xs ${left < 0 ? "text-danger" : "text-faint"}`} aria-live="polite">
          {length < limit * COUNT_FROM ? "Enter sends, Shift + Enter makes a line" : left < 0 ? `${-left} characters too many` : `${left} characters left`}
        </p>
        {turnId ? (
          <button
            type="button"
            disabled={isStopping}
            onClick={() => {
              setStopping(true);
              onStop();
            }}
            className="inline-flex h-8.5 items-center gap-1.5 rounded-lg border border-strong bg-surface px-2.5 text-[13px] font-medium text-ink shadow-card transition-colors duration-150 hover:bg-hover disabled:opacity-60"
          >
            <Square size={11} className="fill-current" aria-hidden="true" />
            {isStopping ? "Stopping…" : "Stop"}
          </button>
        ) : null}
        <button
          type="submit"
          aria-label="Send"
          disabled={!canSend}
          className="grid size-8.5 place-items-center rounded-lg bg-accent text-on-accent transition-[background,opacity] duration-150 hover:bg-accent-hover disabled:bg-hover disabled:text-faint"
        >
          {isSending ? (
            <LoaderCircle size={16} className="animate-spin" aria-hidden="true" />
          ) : (
            <ArrowUp size={17} strokeWidth={2.2} aria-hidden="true" />
          )}
        </button>
      </div>
    </form>
  );
}

/** Act when a value changes, but not when it is first seen. */
function useChange(value, act) {
  const before = useRef(value);
  useEffect(() => {
    if (before.current !== value) {
      before.current = value;
      act();
    }
  }, [value]);
}
