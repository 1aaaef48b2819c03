/** What the search box decides, without a browser. */

/**
 * The address of a search. `query` is what the page's address asks for besides words.
 *
 * @param {string} query
 * @param {string} words
 */
export function addressOf(query, words) {
  const said = new URLSearchParams(query);
  const cleaned = words.trim().replace(/\s+/g, " ");
  if (cleaned) said.set("q", cleaned);
  else said.delete("q");
  const asked = said.toString();
  return asked ? `/explore?${asked}` : "/explore";
}

/**
 * Which suggestion an arrow key leads to; -1 is the box itself, between the last and the first.
 *
 * @param {string} key
 * @param {number} at
 * @param {number} count
 */
export function nextPlace(key, at, count) {
  if (key === "ArrowDown") return at + 1 < count ? at + 1 : -1;
  return at === -1 ? count - 1 : at - 1;
}

/**
 * Whether suggestions fit what stands in the box by now.
 *
 * @param {string} typed what they were made for
 * @param {string} text
 */
export function fits(typed, text) {
  const [asked, wanted] = [typed.trim().toLowerCase(), text.trim().toLowerCase()];
  return asked.length >= 2 && (wanted.startsWith(asked) || asked.startsWith(wanted)) && wanted.length >= 2;
}
