import { Children, useId, useState } from "react";

/**
 * The first child is a line that opens the others; `isAsked` opens it, too, when it becomes true.
 *
 * It is no `<details>`: what a closed one keeps out of sight costs each key typed in the code some milliseconds
 * (docs/decisions/0037).
 */
export function Disclosure({ isAsked = false, className, lineClass, children }) {
  const [isOpen, setOpen] = useState(isAsked);
  const [wasAsked, setWasAsked] = useState(isAsked);
  const id = useId();
  const [line, ...rest] = Children.toArray(children);
  if (isAsked !== wasAsked) {
    setWasAsked(isAsked);
    if (isAsked) setOpen(true);
  }
  return (
    <div data-open={isOpen || undefined} className={className}>
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
        className={`w-full text-left ${lineClass}`}
      >
        {line}
      </button>
      <div id={id} hidden={!isOpen}>
        {isOpen ? rest : null}
      </div>
    </div>
  );
}
