import { useEffect, useRef, useState } from "react";
import { Outgoing } from "./outgoing.js";

/**
 * The message that is on its way from a box.
 *
 * @param {string} key  under which the browser keeps it
 * @param {{ taken: string, refused: string, readDraft: () => string, onTaken: (draft: string) => void,
 *   onSend: (text: string, mode: string, attachments: string[], id: string) => void }} heard
 *   `taken` and `refused` are ids, as the server last said them.
 */
export function useOutgoing(key, heard) {
  const [isUnderWay, setUnderWay] = useState(false);
  const outgoing = useRef(null);
  const latest = useRef(heard);
  latest.current = heard;
  useEffect(() => {
    const mine = new Outgoing({
      storage: sessionStorage,
      key,
      send: ({ text, mode, attachments, id }) => latest.current.onSend(text, mode, attachments, id),
      onChange: () => setUnderWay(mine.isUnderWay),
    });
    outgoing.current = mine;
    mine.resume(latest.current.readDraft());
    return () => mine.stop();
  }, [key]);
  useEffect(() => {
    const message = outgoing.current.taken(heard.taken);
    if (message) latest.current.onTaken(message.draft);
  }, [key, heard.taken]);
  useEffect(() => {
    outgoing.current.refused(heard.refused);
  }, [key, heard.refused]);
  return { isUnderWay, send: (message) => outgoing.current.send(message) };
}
