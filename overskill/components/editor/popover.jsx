import { useEffect, useId, useRef, useState } from "react";

/**
 * A panel under its button. Escape closes it and goes back to the button; so does a click anywhere else, or in a frame.
 *
 * @param {{ label: string, trigger: (props: object) => object, children: (close: () => void) => object,
 *   className?: string }} props  `trigger` draws the button with the props it is given.
 */
export function Popover({ label, trigger, children, className = "" }) {
  const [isOpen, setOpen] = useState(false);
  const [root, panel] = [useRef(null), useRef(null)];
  const id = useId();
  const close = () => setOpen(false);

  useEffect(() => {
    if (!isOpen) return undefined;
    panel.current?.focus();
    const onPointer = (event) => root.current?.contains(event.target) || close();
    const onKey = (event) => {
      if (event.key !== "Escape") return;
      close();
      root.current?.querySelector("button")?.focus();
    };
    const onBlur = () => setTimeout(() => document.activeElement?.tagName === "IFRAME" && close());
    window.addEventListener("pointerdown", onPointer);
    window.addEventListener("keydown", onKey);
    window.addEventListener("blur", onBlur);
    return () => {
      window.removeEventListener("pointerdown", onPointer);
      window.removeEventListener("keydown", onKey);
      window.removeEventListener("blur", onBlur);
    };
  }, [isOpen]);

  return (
    <div ref={root} className="relative">
      {trigger({
        onClick: () => setOpen(!isOpen),
        "aria-expanded": isOpen,
        "aria-haspopup": "dialog",
        "aria-controls": isOpen ? id : undefined,
        "data-state": isOpen ? "open" : "closed",
      })}
      {isOpen ? (
        <div
          ref={panel}
          id={id}
          role="dialog"
          aria-label={label}
          tabIndex={-1}
          className={`absolute right-0 top-full z-40 mt-1.5 max-sm:fixed max-sm:inset-x-3 max-sm:top-auto max-sm:w-auto rounded-xl border border-line bg-surface shadow-overlay animate-fade focus:outline-none ${className}`}
        >
          {children(close)}
        </div>
      ) : null}
    </div>
  );
}
