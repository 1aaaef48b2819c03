import { createElement, useEffect, useRef } from "react";
import { hiddenEnds, showing } from "./scroll_row.js";

const MARKS = ["aria-checked", "aria-selected", "aria-current"];
const CHOSEN = MARKS.map((mark) => `[${mark}]:not([${mark}=false])`).join();

/**
 * Marks a row with the ends at which more of it is (`data-more`, for the fading at them), and brings what is chosen in
 * it into view, at first and whenever it changes.
 *
 * @param {React.RefObject<HTMLElement>} ref
 */
export function useScrollRow(ref) {
  useEffect(() => {
    const row = ref.current;
    let shown = null;
    const mark = () => {
      const more = hiddenEnds({ left: row.scrollLeft, seen: row.clientWidth, whole: row.scrollWidth });
      if (more !== (row.dataset.more ?? "")) row.dataset.more = more;
    };
    const show = () => {
      const chosen = row.querySelector(CHOSEN);
      if (chosen && chosen !== shown) {
        const at = chosen.getBoundingClientRect().left - row.getBoundingClientRect().left + row.scrollLeft;
        row.scrollLeft = showing({ at, wide: chosen.offsetWidth, seen: row.clientWidth, whole: row.scrollWidth });
      }
      shown = chosen;
      mark();
    };
    const fit = () => {
      shown = null;
      show();
    };
    const sizes = new ResizeObserver(fit);
    const choices = new MutationObserver(show);
    sizes.observe(row);
    choices.observe(row, { attributes: true, attributeFilter: MARKS, childList: true, subtree: true });
    row.addEventListener("scroll", mark, { passive: true });
    fit();
    return () => {
      sizes.disconnect();
      choices.disconnect();
      row.removeEventListener("scroll", mark);
    };
  }, [ref]);
}

/**
 * Links side by side, of which one may be the page that is open.
 * @param {{ label: string, className: string, children: React.ReactNode }} props
 */
export function ScrollRow({ label, className, children }) {
  const ref = useRef(null);
  useScrollRow(ref);
  return createElement("nav", { ref, "aria-label": label, className: `scroll-row ${className}` }, children);
}
