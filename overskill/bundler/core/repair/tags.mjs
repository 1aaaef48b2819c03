/** Tags that were not closed, closed twice, or misspelt: the smallest change with which the file can be read. */
import { distance } from "./names.mjs";

const MOST_ROUNDS = 6;
const MOST_TRIES = 60;

/** @type {import("./repair.mjs").Kind} */
export function tags(source, _app, budget) {
  if (source.hasSyntax || !/x$/.test(source.lang)) return null;
  const tries = { left: MOST_TRIES, budget };
  const repairs = [];
  let at = source;
  for (let round = 0; round < MOST_ROUNDS && !at.hasSyntax; round += 1) {
    const better = improved(at, tries);
    if (better === null) return null;
    repairs.push({ kind: "tag", message: better.message, line: better.line });
    at = better.source;
  }
  return at.hasSyntax ? { text: at.text, repairs } : null;
}

/** The first patch with which it parses; else one with which the parser gets further. */
function improved(source, tries) {
  const stumble = source.errors[0].labels[0]?.start ?? -1;
  let further = null;
  for (const { text, message, place } of patches(source)) {
    if (tries.left <= 0 || tries.budget.isOver) return null;
    tries.left -= 1;
    const patched = source.with(text);
    const better = { source: patched, message, line: source.line(place) };
    if (patched.hasSyntax) return better;
    const reached = (patched.errors[0].labels[0]?.start ?? -1) - Math.max(0, text.length - source.text.length);
    if (reached > stumble && reached > (further?.reached ?? -1)) further = { ...better, reached };
  }
  return further;
}

function* patches(source) {
  const [error] = source.errors;
  const name = /^Expected corresponding JSX closing tag for '([\w.:-]+)'/.exec(error.message)?.[1];
  if (name) yield* forOpenTag(source, name, error.labels);
  const start = error.labels[0]?.start;
  if (start === undefined) return;
  if (source.text[start] === ">" && /&gt;/.test(error.message)) {
    yield {
      text: `${source.text.slice(0, start)}&gt;${source.text.slice(start + 1)}`,
      message: "Wrote > as text",
      place: start,
    };
    return;
  }
  if (error.labels[0].end >= source.text.trimEnd().length) yield* forOpenTagAt(source, source.text.length);
  if (/&rbrace;/.test(error.message)) yield* forOpenTagAt(source, start);
  if (/Adjacent JSX elements|Unexpected token|^Expected/.test(error.message)) yield* strayClosing(source, start);
  yield* unfinishedTag(source, start, error.message);
}

const insert = (text, at, words) => text.slice(0, at) + words + text.slice(at);

/** The code goes on (or ends) inside an element: a wrong closing tag there makes the parser name it. */
function* forOpenTagAt(source, place) {
  const [{ message, labels }] = source.with(`${source.text.slice(0, place)}</x-probe>`).errors;
  const name = /^Expected corresponding JSX closing tag for '([\w.:-]+)'/.exec(message)?.[1];
  if (name) yield* byIndent(source.text, labels[1].start, place, `</${name}>`);
}

/** `<p>` is open where `</div>` comes. */
function* forOpenTag({ text }, name, labels) {
  const [closing, opened] = labels;
  const open = opened?.start ?? closing.start;
  const wrong = text.slice(closing.start, closing.end);
  const closer = `</${name}>`;
  const closingStart = text.lastIndexOf("</", closing.start);
  if (distance(wrong, name, 2) <= 2 && wrong[0]?.toLowerCase() === name[0].toLowerCase())
    yield {
      text: text.slice(0, closing.start) + name + text.slice(closing.end),
      message: `${closer} was misspelt`,
      place: closing.start,
    };
  yield* byIndent(text, open, closingStart, closer);
  yield { text: insert(text, closingStart, closer), message: `Closed <${name}>`, place: open };
  yield {
    text: text.slice(0, closing.start) + name + text.slice(closing.end),
    message: `</${wrong}> closes <${name}>`,
    place: closing.start,
  };
  const tagEnd = text.indexOf(">", open);
  if (tagEnd > 0 && tagEnd < closingStart)
    yield {
      text: insert(text, tagEnd, text[tagEnd - 1] === " " ? "/" : " /"),
      message: `Closed <${name}>`,
      place: open,
    };
  const end = text.indexOf(">", closing.end);
  if (end > 0)
    yield {
      text: text.slice(0, closingStart) + text.slice(end + 1),
      message: `Removed a stray </${wrong}>`,
      place: closing.start,
    };
}

/** Code is indented: a tag ends on its own line, or where the next line is no deeper than it. */
function* byIndent(text, open, limit, closer) {
  const lineStart = text.lastIndexOf("\n", open) + 1;
  const indent = /^[ \t]*/.exec(text.slice(lineStart, open + 1))[0];
  const firstEnd = text.indexOf("\n", open);
  if (firstEnd < 0 || firstEnd > limit) return;
  const message = `Closed <${closer.slice(2)}`;
  const startsLine = text.slice(lineStart, open - 1).trim() === "";
  let at = firstEnd + 1;
  let isFirst = true;
  while (at < limit) {
    const end = text.indexOf("\n", at) < 0 ? text.length : text.indexOf("\n", at);
    const line = text.slice(at, end);
    const depth = /^[ \t]*/.exec(line)[0].length;
    const isOver = depth < indent.length || (depth === indent.length && !/^\s*(?:\/?>|[)}\]])/.test(line));
    if (line.trim() !== "" && isOver) break;
    isFirst &&= line.trim() === "";
    at = end + 1;
  }
  if (isFirst || !startsLine)
    yield { text: insert(text, text[firstEnd - 1] === "\r" ? firstEnd - 1 : firstEnd, closer), message, place: open };
  const before = at <= limit ? at : text.lastIndexOf("\n", limit) + 1;
  yield { text: insert(text, before, `${indent}${closer}\n`), message, place: open };
}

/** A closing tag that nothing opened. */
function* strayClosing({ text }, start) {
  for (const from of [text.lastIndexOf("</", start), text.indexOf("</", start)]) {
    const found = from < 0 ? null : /^<\/([\w.:-]*)\s*>/.exec(text.slice(from, from + 100));
    if (!found || Math.abs(from - start) > 2000) continue;
    const lineStart = text.lastIndexOf("\n", from) + 1;
    const end = from + found[0].length;
    const isAlone = text.slice(lineStart, from).trim() === "" && /^[ \t]*\r?\n/.test(text.slice(end, end + 80));
    const cut = isAlone ? [lineStart, text.indexOf("\n", end) + 1] : [from, end];
    yield { text: text.slice(0, cut[0]) + text.slice(cut[1]), message: `Removed a stray ${found[0]}`, place: from };
  }
}

/** A tag without its `>`, an attribute without its end. */
function* unfinishedTag({ text }, start, message) {
  const before = text.slice(0, start).trimEnd().length;
  if (/`>` |Expected `>`|Unexpected token|Expected `}`|Unterminated|Expected `<`/.test(message)) {
    for (const words of [">", " />", "}", '"']) {
      yield { text: insert(text, before, words), message: "Completed a tag", place: start };
    }
    yield { text: insert(text, start, "}"), message: "Completed a tag", place: start };
  }
  const lineEnd = text.indexOf("\n", start);
  if (/^Unterminated string/.test(message) && lineEnd > 0) {
    for (const words of ['"', '">', '" />', "'"])
      yield { text: insert(text, lineEnd, words), message: "Completed a tag", place: start };
  }
}
