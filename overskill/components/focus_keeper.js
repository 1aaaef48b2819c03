/** What the keyboard was on, and where it belongs once that is gone. */

const nameOf = (one) => one.getAttribute("aria-label") || (one.textContent ?? "").trim();

/** The same control as it is drawn now: by its id, its name in the form, or its words. */
export function isSame(one, before) {
  if (one.localName !== before.localName || one.disabled) return false;
  if (before.id || one.id) return one.id === before.id;
  if (before.name || one.name) return one.name === before.name && (one.type !== "radio" || one.value === before.value);
  return nameOf(one) === nameOf(before) && nameOf(one) !== "";
}

/** In a part of the page that was drawn anew: what had the focus, else the first heading of what is there now. */
export function standIn(part, before) {
  if (!before) return null;
  const same = [...part.querySelectorAll(before.localName)].find((one) => isSame(one, before));
  return same ?? part.querySelector("h1, h2, h3");
}
