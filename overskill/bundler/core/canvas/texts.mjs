/** Text between tags: what of its white space counts, and how text is written so that it is read the same again. */

const ENTITIES = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
  copy: "©",
  reg: "®",
  trade: "™",
  hellip: "…",
  mdash: "—",
  ndash: "–",
  middot: "·",
  bull: "•",
  times: "×",
  laquo: "«",
  raquo: "»",
  ldquo: "“",
  rdquo: "”",
  lsquo: "‘",
  rsquo: "’",
  larr: "←",
  rarr: "→",
  uarr: "↑",
  darr: "↓",
  check: "✓",
  euro: "€",
};
const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi;
const LONGEST_LINE = 100;

/** JSX leaves `&amp;` and its like as they are written; what is not known here stays, too. */
export function decode(text) {
  return text.replace(ENTITY, (whole, decimal, hex, name) => {
    if (name) return ENTITIES[name] ?? whole;
    const code = Number.parseInt(decimal ?? hex, decimal ? 10 : 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** The part of a JSXText that is shown: white space with a line break in it, at either end, only lays out code. */
export function shownPart({ start, end }, text) {
  const raw = text.slice(start, end);
  if (/^[ \t]*[\r\n]\s*$/.test(raw) && !/[^ \t\r\n]/.test(raw)) return null;
  const before = /^[ \t]*(?:\r?\n[ \t]*)+/.exec(raw)?.[0].length ?? 0;
  const after = /[ \t]*(?:\r?\n[ \t]*)+$/.exec(raw.slice(before))?.[0].length ?? 0;
  return { start: start + before, end: end - after };
}

/** What React shows of it: lines are joined by a space. */
export function readText(raw) {
  const lines = raw.split(/\r\n|\n|\r/);
  const trimmed = lines.map((line, at) => {
    const left = at > 0 ? line.replace(/^[ \t]+/, "") : line;
    return at < lines.length - 1 ? left.replace(/[ \t]+$/, "") : left;
  });
  return decode(trimmed.filter(Boolean).join(" "));
}

/**
 * `isEdge`: a line break of the layout stands beside it, which would swallow its own spaces. `isAfterText`: what is
 * written plainly would become part of the text before. `indent`: it has lines of its own, with this before them.
 */
export function writeText(text, { isEdge = false, isAfterText = false, indent = null } = {}) {
  const isPlain = !/[{}<>\u0000-\u001f\u2028\u2029]/.test(text) && decode(text) === text;
  if (!isPlain || isAfterText || (isEdge && hasEdgeSpace(text)) || text.trim() === "") return `{${writeString(text)}}`;
  return indent === null || hasEdgeSpace(text) || text.includes("  ") ? text : wrap(text, indent);
}

export const hasEdgeSpace = (text) => text !== text.trim();

/** The two separators end a line in some tools, and `</script` a page. */
export const writeString = (text) =>
  JSON.stringify(text).replace(/[\u2028\u2029]/g, (found) => `\\u${found.charCodeAt(0).toString(16)}`);

function wrap(text, indent) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last && indent.length + last.length + 1 + word.length > LONGEST_LINE) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return lines.join(`\n${indent}`);
}
