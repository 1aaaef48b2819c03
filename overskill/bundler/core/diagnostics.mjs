/**
 * @typedef {object} Diagnostic  the same as in clients/bundler.py
 * @property {string} file
 * @property {string} message
 * @property {number} line    from 1; 0: unknown
 * @property {number} column  from 1; 0: unknown
 * @property {"syntax" | "unresolved" | "package" | "css"} code
 * @property {"error" | "warning"} severity
 */

/** Line and column, both from 1, of an offset; zeros when the offset is unknown. */
export function position(text, offset) {
  if (offset === undefined || offset === null || offset < 0) return { line: 0, column: 0 };
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
}

const AROUND = 3; // lines before and after
const LONGEST_LINE = 160;

/** The lines around one of them, for whoever is to see what is wrong there. */
export function excerpt(text, line) {
  const from = Math.max(1, line - AROUND);
  const lines = text.split("\n").slice(from - 1, line + AROUND);
  return { from, lines: lines.map((each) => each.replace(/\r$/, "").slice(0, LONGEST_LINE)) };
}

/** @returns {Diagnostic} */
export function diagnostic(file, code, message, { line = 0, column = 0, severity = "error" } = {}) {
  return { file, message, line, column, code, severity };
}

/** Diagnostics of the native transformer; `errors` as it gives them, with places counted in bytes. */
export function syntaxErrors(file, text, errors) {
  const bytes = Buffer.from(text);
  return errors.map(({ message, helpMessage, labels }) => {
    const start = labels?.[0]?.start;
    const offset = start === undefined ? undefined : bytes.subarray(0, start).toString().length;
    return diagnostic(file, "syntax", helpMessage ? `${message} ${helpMessage}` : message, position(text, offset));
  });
}
