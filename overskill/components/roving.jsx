import { createElement, useRef } from "react";
import { placeAfter } from "./roving.js";
import { useScrollRow } from "./scroll_row.jsx";

const ITEM = { tablist: "[role=tab]", radiogroup: "[role=radio]" };

/** As it is laid out now: a narrow window may put in a row what stands below each other in a wide one. */
const standsInColumn = ([first, second]) => Boolean(second) && second.offsetTop >= first.offsetTop + first.offsetHeight;

/**
 * A row of tabs or of exclusive choices, as WAI-ARIA has it: the Tab key stops at the chosen one, arrows, Home and End
 * choose another. A `scroll-row` of them shows what is chosen.
 *
 * @param {{ role: "tablist" | "radiogroup", label: string, className: string, children: React.ReactNode }} props
 */
export function Roving({ role, label, className, children }) {
  const ref = useRef(null);
  useScrollRow(ref);
  const onKeyDown = (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const items = [...event.currentTarget.querySelectorAll(ITEM[role])];
    const at = items.indexOf(document.activeElement);
    const place = placeAfter(event.key, { role, at, count: items.length, isColumn: standsInColumn(items) });
    if (place < 0) return;
    event.preventDefault();
    items[place].focus();
    items[place].click();
  };
  return createElement("div", { ref, role, "aria-label": label, className, onKeyDown }, children);
}
