import { useEffect, useRef, useState } from "react";
import { ArrowDown, ArrowUp, Clock, Pencil, X } from "lucide-react";
import { IconButton } from "./buttons.jsx";
import { MessageEdit } from "./turn_prompt.jsx";

/** A message that waits for the turn before it: it can be changed, moved and taken back until it runs. */
export function Waiting({ card, place, count, actions }) {
  const [isEditing, setEditing] = useState(false);
  const box = useRef(null);
  useEffect(() => {
    const turn = box.current.closest("article");
    const edit = () => setEditing(true);
    turn.addEventListener("overskill:edit", edit);
    return () => turn.removeEventListener("overskill:edit", edit);
  }, []);
  return (
    <div ref={box}>
      {isEditing ? (
        <MessageEdit
          text={card.prompt}
          label="Edit the message that waits"
          words="Save"
          onDone={(text) => {
            setEditing(false);
            if (text && text !== card.prompt) actions.editWaiting(card.id, text);
          }}
        />
      ) : (
        <div className="flex items-center gap-1 rounded-xl border border-dashed border-strong py-1 pl-3.5 pr-1.5 text-[13px] text-soft">
          <Clock size={14} className="mr-1 shrink-0" aria-hidden="true" />
          <span className="min-w-0 flex-1 truncate">
            Waits for the turn before it{count > 1 ? ` · ${place + 1} of ${count}` : ""}
          </span>
          {count > 1 ? (
            <>
              <IconButton label="Earlier" Icon={ArrowUp} disabled={place === 0} onClick={() => actions.moveWaiting(card.id, place - 1)} />
              <IconButton label="Later" Icon={ArrowDown} disabled={place === count - 1} onClick={() => actions.moveWaiting(card.id, place + 1)} />
            </>
          ) : null}
          <IconButton label="Edit" Icon={Pencil} onClick={() => setEditing(true)} />
          <IconButton label="Take back" Icon={X} onClick={() => actions.stop(card.id)} />
        </div>
      )}
    </div>
  );
}
