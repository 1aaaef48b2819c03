/** Answers about code in the editor's terms. Places have lines and columns from 1, documents offsets from 0. */

const LAST_RANK = 20; // of a suggestion
const CODE = /^src\/.+\.(tsx?|jsx?|mjs)$/;
const CHECKED = /\.(tsx?|jsx?|mjs|css)$/;

export const isCode = (path) => CODE.test(path);
export const isChecked = (path) => CHECKED.test(path);

/** @param {import("@codemirror/state").Text} doc */
export function placeOf(doc, offset) {
  const line = doc.lineAt(offset);
  return { line: line.number, column: offset - line.from + 1 };
}

export function offsetOf(doc, { line, column }) {
  if (line < 1) return 0;
  if (line > doc.lines) return doc.length;
  const { from, to } = doc.line(line);
  return Math.min(to, from + Math.max(0, column - 1));
}

/** How a suggestion is listed; what it means is asked for only when it is looked at. */
export function optionOf({ label, kind, detail, source, rank }) {
  return { label, type: kind, detail: source || detail || undefined, boost: LAST_RANK - rank };
}

/** The problems of one file, each under the word it is about. */
export function problemsOf(doc, { diagnostics }) {
  return diagnostics.map(({ line, column, severity, message }) => {
    const from = offsetOf(doc, { line: Math.max(1, line), column });
    const rest = doc.sliceString(from, doc.lineAt(from).to);
    const length = /^(?:[\w$]+|"[^"]*"|'[^']*'|\S)/.exec(rest)?.[0].length ?? 0;
    return { from, to: from + length, severity, message };
  });
}

/**
 * Edits that were made for `text`, as changes of what the document has become; null where they don't fit any more.
 * Imports stand above the place where somebody types, so mostly they do.
 */
export function changesFor(doc, text, edits) {
  const changes = edits.map(({ from, to, text: insert }) => ({
    from: offsetIn(text, from),
    to: offsetIn(text, to),
    insert,
  }));
  const end = Math.max(0, ...changes.map(({ to }) => to));
  return doc.sliceString(0, end) === text.slice(0, end) ? changes : null;
}

function offsetIn(text, { line, column }) {
  let start = 0;
  for (let number = 1; number < line; number += 1) {
    const end = text.indexOf("\n", start);
    if (end < 0) return text.length;
    start = end + 1;
  }
  return Math.min(text.length, start + column - 1);
}

const WORDS = new RegExp(
  [
    /(?<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`)/,
    /(?<keyword>\b(?:abstract|any|as|asserts|async|await|bigint|boolean|class|const|declare|default|enum|export|extends|false|function|get|implements|import|in|infer|instanceof|interface|is|keyof|let|namespace|never|new|null|number|object|of|private|protected|public|readonly|return|set|static|string|symbol|this|true|type|typeof|undefined|unique|unknown|var|void)\b)/,
    /(?<number>\b\d[\w.]*\b)/,
    /(?<call>\b[a-z_$][\w$]*(?=\s*[(<]))/,
    /(?<type>\b[A-Z][\w$]*)/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "g",
);

/** @returns {{text: string, kind: "" | "text" | "keyword" | "number" | "call" | "type"}[]} */
export function colouredParts(code) {
  const parts = [];
  let from = 0;
  for (const match of code.matchAll(WORDS)) {
    if (match.index > from) parts.push({ text: code.slice(from, match.index), kind: "" });
    const [kind] = Object.entries(match.groups).find(([, found]) => found !== undefined);
    parts.push({ text: match[0], kind });
    from = match.index + match[0].length;
  }
  if (from < code.length) parts.push({ text: code.slice(from), kind: "" });
  return parts;
}

const MARKS = /`([^`\n]+)`|\*\*([^*\n]+)\*\*|\*([^*\n]+)\*|\[([^\]\n]+)\]\([^)\s]*\)/g;

/** Documentation as plain parts: of its Markdown, code and emphasis are kept and links are their words. */
export function documentationParts(markdown) {
  const parts = [];
  let from = 0;
  for (const { 0: whole, 1: code, 2: strong, 3: emphasis, 4: link, index } of markdown.matchAll(MARKS)) {
    if (index > from) parts.push({ text: markdown.slice(from, index), kind: "" });
    parts.push({ text: code ?? strong ?? emphasis ?? link, kind: code ? "code" : strong || emphasis ? "strong" : "" });
    from = index + whole.length;
  }
  if (from < markdown.length) parts.push({ text: markdown.slice(from), kind: "" });
  return parts;
}
