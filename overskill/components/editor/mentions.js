/** Names of files in a message: "@" and the beginning of a name bring a list of those that fit. Pure. */

const MOST = 8;
const BEFORE_CARET = /(?:^|\s)@([\w./-]{0,80})$/;

/** What is being typed behind an "@" at the caret, and where it begins; null when nothing is. */
export function mentionAt(text, caret) {
  const found = BEFORE_CARET.exec(text.slice(0, caret));
  return found ? { query: found[1], start: caret - found[1].length - 1 } : null;
}

/** The paths that fit, those first whose name begins with it. */
export function fitting(query, paths) {
  const wanted = query.toLowerCase();
  const rank = (path) => {
    const lower = path.toLowerCase();
    if (lower.slice(lower.lastIndexOf("/") + 1).startsWith(wanted)) return 0;
    if (lower.startsWith(wanted)) return 1;
    return lower.includes(wanted) ? 2 : 3;
  };
  return paths
    .map((path) => ({ path, rank: rank(path) }))
    .filter((each) => each.rank < 3)
    .sort((one, other) => one.rank - other.rank || one.path.length - other.path.length || (one.path < other.path ? -1 : 1))
    .slice(0, MOST)
    .map(({ path }) => path);
}

/** The text with the whole path in place of what was typed, and where the caret goes. */
export function withMention(text, { start, query }, path) {
  const end = start + 1 + query.length;
  const rest = text.slice(end);
  const added = `@${path}${rest.startsWith(" ") ? "" : " "}`;
  return { text: text.slice(0, start) + added + rest, caret: start + added.length + (rest.startsWith(" ") ? 1 : 0) };
}

/**
 * What is sent: the message, and below it what it is about.
 *
 * @param {string} text
 * @param {{ label: string, text: string }[]} chips
 */
export const withChips = (text, chips) => [text.trim(), ...chips.map((chip) => chip.text.trim())].join("\n\n");
