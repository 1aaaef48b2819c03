/** What the search box decides, without a browser. */

/**
 * The address of a search. `query` is what the page's address asks for besides words.
 *
 * @param {string} query
 * @param {string} words
 */
export function addressOf(query, words) {
  const said = new URLSearchParams(query);
  if (words.trim()) said.set("q", cleaned(words));
  else said.delete("q");
  const asked = said.toString();
  return asked ? `/explore?${asked}` : "/explore";
}

/**
 * Words as an address has them.
 *
 * @param {string | null} words
 */
export function cleaned(words) {
  return (words ?? "").trim().replace(/\s+/g, " ");
}

/**
 * What stands in the box once the page says what it looked for: never what takes away letters typed meanwhile.
 *
 * @param {string} words what the page looked for
 * @param {string} text what stands in the box
 * @param {string | null} asked what the box looks for just now
 */
export function settled(words, text, asked) {
  return asked !== null && words === cleaned(asked) && text !== asked ? text : words;
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
