import { useEffect, useRef, useState } from "react";
import { Paperclip, Pencil } from "lucide-react";
import { Button, IconButton } from "./buttons.jsx";
import { TimeAgo } from "./time_ago.jsx";

/** The message of a turn. `canEdit`: it can be changed and sent again, which goes back to before it. */
export function TurnPrompt({ card, canEdit, onSend }) {
  const [isEditing, setEditing] = useState(false);
  const box = useRef(null);
  useEffect(() => {
    const turn = box.current.closest("article");
    const edit = () => canEdit && setEditing(true);
    turn.addEventListener("overskill:edit", edit); // the arrow up in an empty message box
    return () => turn.removeEventListener("overskill:edit", edit);
  }, [canEdit]);
  return (
    <div ref={box} className="group/prompt flex flex-col items-end gap-1">
      {card.sent_along.length ? <SentAlong attachments={card.sent_along} /> : null}
      {isEditing ? (
        <MessageEdit
          text={card.prompt}
          label="Edit the message"
          words="Send again"
          hint="Goes back to before this message. What came after it stays here, folded."
          onDone={(text) => {
            setEditing(false);
            if (text) onSend(text);
          }}
        />
      ) : (
        <p className="max-w-[88%] whitespace-pre-wrap break-words rounded-2xl rounded-br-md bg-accent-soft px-3.5 py-2.5 text-[15px] leading-relaxed text-ink">
          {card.label || card.prompt}
        </p>
      )}
      {isEditing ? null : (
        <div className="flex h-6 items-center gap-1 pr-1">
          {canEdit ? (
            <IconButton
              label="Edit and send again"
              Icon={Pencil}
              size={13}
              onClick={() => setEditing(true)}
              className="size-6! opacity-0 focus-visible:opacity-100 group-hover/prompt:opacity-100 [@media(hover:none)]:opacity-100"
            />
          ) : null}
          <TimeAgo at={card.at} className="text-xs text-faint" />
        </div>
      )}
    </div>
  );
}

/** A message while it is changed. Enter is done, Escape leaves it as it was. */
export function MessageEdit({ text, label, words, hint, onDone }) {
  const area = useRef(null);
  const [value, setValue] = useState(text);
  useEffect(() => {
    area.current.focus();
    area.current.setSelectionRange(text.length, text.length);
  }, []);
  const isSendable = value.trim().length >= 2;
  const done = () => isSendable && onDone(value.trim());
  const onKeyDown = (event) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      onDone("");
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      done();
    }
  };
  return (
    <div className="w-full rounded-2xl border border-ring bg-surface p-2 shadow-card ring-3 ring-ring/25">
      <textarea
        ref={area}
        rows={2}
        value={value}
        aria-label={label}
        onChange={(event) => setValue(event.target.value)}
        onKeyDown={onKeyDown}
        className="field-sizing-content block max-h-72 min-h-15 w-full resize-none bg-transparent px-2 py-1 text-base leading-relaxed text-ink outline-none! sm:text-[15px]"
      />
      <div className="flex flex-wrap items-center justify-end gap-2 pt-1">
        {hint ? <p className="min-w-40 flex-1 pl-2 text-xs text-faint">{hint}</p> : null}
        <Button look="ghost" onClick={() => onDone("")}>
          Cancel
        </Button>
        <Button look="primary" disabled={!isSendable} onClick={done}>
          {words}
        </Button>
      </div>
    </div>
  );
}

function SentAlong({ attachments }) {
  return (
    <ul aria-label="Sent along" className="flex max-w-[88%] flex-wrap justify-end gap-1.5">
      {attachments.map(({ id, name, thumbnail }) => (
        <li
          key={id}
          className="flex h-8 min-w-0 items-center gap-1.5 rounded-lg border border-line bg-surface px-2 text-xs text-soft"
        >
          {thumbnail ? (
            <img src={thumbnail} alt="" loading="lazy" className="size-6 rounded object-cover" />
          ) : (
            <Paperclip size={13} className="text-faint" aria-hidden="true" />
          )}
          <span className="min-w-0 truncate">{name}</span>
        </li>
      ))}
    </ul>
  );
}
