import { useEffect, useRef } from "react";
import { Drafts } from "./draft_fields.js";

const ofThisTab = () => {
  try {
    return globalThis.sessionStorage;
  } catch {
    return null; // a browser that keeps nothing
  }
};

/** Around fields of a form that stay as they are typed: Escape and a reload take nothing away. */
export function DraftFields({ scope, className, children }) {
  const box = useRef(null);
  const drafts = useRef(null);
  const fields = () => [...box.current.querySelectorAll("input:not([type]), input[type=text], textarea")];
  useEffect(() => {
    drafts.current = new Drafts(scope, ofThisTab());
    drafts.current.restore(fields());
  }, [scope]);
  return (
    <div ref={box} className={className} onInput={() => drafts.current.keep(fields())}>
      {children}
    </div>
  );
}
