import { createElement, useEffect, useRef } from "react";
import { standIn } from "./focus_keeper.js";

let last = null; // what had the focus last, on whichever page; null once it was left on purpose

const isLost = () => document.activeElement === document.body || document.activeElement === null;
const soon = (action) => setTimeout(action, 0); // between two fields the focus is nowhere for a moment

if (typeof document !== "undefined") {
  document.addEventListener("focusin", ({ target }) => {
    last = target;
  });
  document.addEventListener("focusout", ({ target }) => {
    soon(() => {
      if (last === target && target.isConnected && !target.disabled && document.hasFocus() && isLost()) last = null;
    });
  });
}

/**
 * A part of the page that is drawn anew by what is pressed in it. A browser forgets the focus of what it removes, and
 * who works by keyboard would begin at the top of the page: here it goes on to the same control as it is drawn now, or
 * to the heading of what came instead; also to that of a page which such a press has led to.
 *
 * @param {React.HTMLAttributes<HTMLElement>} props
 */
export function FocusKeeper({ children, ...props }) {
  const ref = useRef(null);
  useEffect(() => {
    const part = ref.current;
    let isOurs = last !== null && !last.isConnected; // on the page before
    const keep = () => {
      if (!part.isConnected || !last || !isLost()) return;
      if (last.isConnected) {
        if (isOurs && !last.disabled) last.focus({ preventScroll: true });
        return;
      }
      const next = isOurs ? standIn(part, last) : null;
      if (!next) return; // what comes may not be there yet
      if (!next.hasAttribute("tabindex") && /^h[1-6]$/.test(next.localName)) next.tabIndex = -1;
      next.focus();
    };
    const note = ({ target }) => {
      isOurs = part.contains(target);
    };
    const changes = new MutationObserver(() => soon(keep));
    changes.observe(part, { attributes: true, attributeFilter: ["disabled"], childList: true, subtree: true });
    document.addEventListener("focusin", note);
    soon(keep);
    return () => {
      changes.disconnect();
      document.removeEventListener("focusin", note);
    };
  }, []);
  return createElement("div", { ...props, ref }, children);
}
