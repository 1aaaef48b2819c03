/** A file whose end is missing: what is open is closed, in order, when only the very end is missing. */
const MOST_CLOSERS = 80;
const PROBE = "x-probe";

/** @type {import("./repair.mjs").Kind} */
export function cutOff(source, app, budget) {
  if (source.hasSyntax || !failsAtEnd(source)) return null;
  for (const { text, message } of endings(source.text.trimEnd())) {
    const closed = withClosers(source.with(text), budget);
    if (!closed || !isWhole(closed, app)) continue;
    if (closed.text === text && text === source.text.trimEnd()) return null;
    return { text: `${closed.text}\n`, repairs: [{ kind: "tag", message, line: source.line(text.length) }] };
  }
  return null;
}

/** The text; without the half tag at its end; without the half line. */
function* endings(text) {
  const message = "The end was missing: closed what was open";
  yield { text, message };
  const tag = /<\/?[\w.]*$/.exec(text.slice(-100));
  if (tag) yield { text: text.slice(0, -tag[0].length).trimEnd(), message };
  const lineStart = text.lastIndexOf("\n");
  const whole = text.slice(0, Math.max(0, lineStart)).trimEnd();
  if (whole) yield { text: whole, message: "The end was missing: left out the half line and closed what was open" };
}

const end = (text) => text.trimEnd().length;

function failsAtEnd({ text, errors: [{ labels, message }] }) {
  const start = labels[0]?.start;
  if (start === undefined) return false;
  const reachesEnd = labels[0].end >= end(text) && /^Unterminated|^Unexpected token$/.test(message);
  return reachesEnd || start >= end(text) - 1 || /`EOF`/.test(message);
}

/** Ask the parser what it misses, give it that, and ask again. */
function withClosers(source, budget) {
  let at = source;
  for (let count = 0; count < MOST_CLOSERS && !at.hasSyntax; count += 1) {
    if (budget.isOver || !failsAtEnd(at)) return null;
    const closer = wanted(at);
    if (closer === null) return null;
    at = at.with(at.text + closer);
  }
  return at.hasSyntax ? at : null;
}

function wanted(source) {
  const [{ message, labels }] = source.errors;
  const expected = /^Expected (?:`(.+?)` or )?`(.+?)` but found `EOF`/.exec(message);
  if (expected) return indented(source, expected[2], labels);
  if (/^Unterminated string/.test(message)) return source.text[labels[0].start];
  if (/^Unterminated template/.test(message)) return "`";
  if (/^Unterminated (?:multi-line |multiline )?comment/i.test(message)) return " */";
  return openTag(source) ?? (/[({[,;:]\s*$/.test(source.text) ? null : ";");
}

/** The element that is open at the end: a wrong closing tag makes the parser name it. */
function openTag(source) {
  if (/\n[ \t]*[)}\]]+;\s*$/.test(source.text)) return null; // there is an end: the tag was left open further up
  const [{ message, labels }] = source.with(`${source.text}</${PROBE}>`).errors;
  const name = /^Expected corresponding JSX closing tag for '([\w.:-]+)'/.exec(message)?.[1];
  if (name) return indented(source, `</${name}>`, [null, labels[1]]);
  return /^Expected corresponding closing tag for JSX fragment/.test(message) ? "</>" : null;
}

/** A closer whose opener begins a line goes onto a line of its own, below it. */
function indented({ text }, closer, labels) {
  const opened = labels[1]?.start;
  if (opened === undefined || !text.slice(opened).includes("\n")) return closer;
  const lineStart = text.lastIndexOf("\n", opened) + 1;
  return `\n${/^[ \t]*/.exec(text.slice(lineStart, opened))[0]}${closer}`;
}

/** Closed too early, a component shows nothing, or the module lacks what others import: that is for a model. */
function isWhole(source, app) {
  if (!/x$/.test(source.lang)) return providesAll(source, app);
  const last = source.program.body.at(-1);
  const declared = last?.declaration ?? last;
  const body = declared?.body?.type === "BlockStatement" ? declared.body : null;
  const isComponent = /^[A-Z]/.test(declared?.id?.name ?? "") && body !== null;
  if (isComponent && body.body.at(-1)?.type !== "ReturnStatement") return false;
  return providesAll(source, app);
}

function providesAll(source, app) {
  const names = new Set(
    source.module.staticExports.flatMap(({ entries }) =>
      entries.map(({ exportName }) => (exportName.kind === "Default" ? "default" : exportName.name)),
    ),
  );
  const asked = [...app.importedNames()].filter((one) => one.startsWith(`${source.file} `));
  return asked.map((one) => one.slice(source.file.length + 1)).every((name) => name === "*" || names.has(name));
}
