import { useEffect, useRef, useState } from "react";
import { ArrowUp, LoaderCircle, Square } from "lucide-react";
import {
  AttachButton,
  AttachmentChips,
  ModeSwitch,
  isModeKey,
  useAttachments,
  useDrop,
} from "$/public/external/overskill/components/attachments/attachments.jsx";
import { ContextChips, useContextChips } from "./context_chips.jsx";
import { MentionList, useMentions } from "./mention_list.jsx";
import { withChips } from "./mentions.js";
import { useOutgoing } from "./use_outgoing.js";
import { say, useWindowEvents } from "./use_window_events.js";

const COUNT_FROM = 0.8;
const HINT = "Enter sends";
const PLACEHOLDERS = {
  build: { now: "Ask for a change", next: "Say what comes next. It waits its turn." },
  plan: { now: "Ask what would be done. Nothing is changed.", next: "Ask what would be done next. It waits its turn." },
};

/**
 * Where messages are written. What is typed lives in the browser: no keystroke waits for the server, and a
 * reload keeps it. Enter sends, Shift + Enter makes a line, the arrow up in an empty box changes the last message, "@"
 * names a file, Alt + P switches between building and planning. Files can be chosen, dropped and pasted.
 *
 * @param {{ appId: string, limit: number, turnId: string, taken: string, refused: string, quote: string,
 *   onSend: (text: string, mode: string, attachments: string[], id: string) => void, onStop: () => void }} props
 *   `turnId` is the turn under way, "" when none is: what Stop stops.
 *   `taken` is the id of the last message that the server took, `refused` of the last that it did not: then the text stays.
 *   `quote` says what the message is likely to cost. Parts of the page tell it by events of the window:
 *   `overskill:draft` puts words in, `overskill:plan` takes the next words for a plan, `overskill:new-message` brings the
 *   cursor here.
 */
export function Composer({ appId, limit, turnId, taken, refused, quote, onSend, onStop }) {
  const area = useRef(null);
  const [length, setLength] = useState(0);
  const [isStopping, setStopping] = useState(false);
  const key = `overskill:draft:${appId}`;
  const [mode, setMode] = useState("build");
  const attached = useAttachments(`overskill:attached:${appId}`);
  const { isOver, ...drop } = useDrop(attached.add);

  const fill = (text, caret = text.length) => {
    area.current.value = text;
    area.current.setSelectionRange(caret, caret);
    changed();
  };
  const focus = () => requestAnimationFrame(() => area.current?.focus()); // the chat may have been hidden until now
  const { chips, remove, clear } = useContextChips(focus);
  const mentions = useMentions(appId, area, fill);

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
  const outgoing = useOutgoing(`overskill:sending:${appId}`, {
    taken,
    refused,
    onSend,
    readDraft: () => area.current.value,
    onTaken: (draft) => {
      if (area.current.value !== draft) return; // no answer came for so long that it was written in again
      fill("");
      attached.clear();
      clear();
      focus();
    },
  });
  const isSending = outgoing.isUnderWay;
  useEffect(() => setStopping(false), [turnId]);

  useWindowEvents({
    "overskill:new-message": focus,
    "overskill:plan": () => {
      setMode("plan"); // "Change the plan" on a plan in the chat
      focus();
    },
    "overskill:draft": ({ detail: { text } }) => {
      fill(text);
      focus();
    },
  });

  const canSend = length >= 2 && length <= limit && !isSending && !attached.isBusy && !attached.hasFailed;
  const send = () => {
    if (!canSend) return;
    say("overskill:sent");
    const draft = area.current.value;
    outgoing.send({ draft, text: withChips(draft, chips), mode, attachments: attached.ids });
  };

  const onKeyDown = (event) => {
    if (event.nativeEvent.isComposing || mentions.onKeyDown(event)) return;
    if (event.key === "ArrowUp" && !area.current.value) {
      event.preventDefault();
      say("overskill:edit-last");
    } else if (event.key === "Enter" && (!event.shiftKey || event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      send();
    } else if (isModeKey(event)) {
      event.preventDefault();
      setMode(mode === "plan" ? "build" : "plan");
    } else if (event.key === "Escape") {
      area.current.blur();
    }
  };

  const left = limit - length;
  const wanting = wants(length, limit, attached);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      {...drop}
      className={`relative rounded-2xl border bg-surface shadow-card transition-[border-color,box-shadow] duration-150 focus-within:border-ring focus-within:ring-3 focus-within:ring-ring/25 ${isOver ? "border-ring ring-3 ring-ring/25" : "border-strong"}`}
    >
      <MentionList mentions={mentions} />
      <ContextChips chips={chips} onRemove={remove} />
      <AttachmentChips attached={attached} className="pt-3" />
      <textarea
        ref={area}
        name="message"
        rows={2}
        placeholder={isOver ? "Drop it here" : PLACEHOLDERS[mode][turnId ? "next" : "now"]}
        aria-label="Message"
        aria-keyshortcuts="/"
        aria-controls={mentions.isOpen ? "mentions" : undefined}
        aria-activedescendant={mentions.isOpen ? `mention-${mentions.place}` : undefined}
        aria-invalid={left < 0}
        readOnly={isSending}
        onInput={() => {
          changed();
          mentions.look();
        }}
        onBlur={mentions.close}
        onKeyDown={onKeyDown}
        onPaste={attached.onPaste}
        className="field-sizing-content block max-h-56 min-h-15 w-full resize-none bg-transparent px-4 pb-1 pt-3.5 text-base leading-relaxed text-ink outline-none! sm:text-[15px]"
      />
      <div className="flex items-center gap-1.5 px-2.5 pb-2.5">
        <AttachButton add={attached.add} />
        <ModeSwitch mode={mode} onChange={setMode} />
        <p className={`min-w-0 flex-1 truncate pl-1 text-xs ${left < 0 ? "text-danger" : "text-faint"}`} aria-live="polite">
          {quote && !wanting ? <span className="tabular-nums">{quote}</span> : null}
          <span className="max-sm:hidden">{quote && !wanting ? " · " : ""}</span>
          <span className={wanting ? "" : "max-sm:hidden"}>{wanting || HINT}</span>
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

/** Why the message can't be sent yet, or soon can't. */
function wants(length, limit, { ids, isBusy, hasFailed }) {
  const left = limit - length;
  if (left < 0) return `${-left} characters too many`;
  if (isBusy) return "Waiting for what you attached";
  if (hasFailed) return "Remove what could not be attached";
  if (ids.length && length < 2) return "Say what to do with it";
  return left < limit * (1 - COUNT_FROM) ? `${left} characters left` : "";
}
