/** What was found, kept to what can be read. */
const MOST = 100;
const SEVERITIES = ["critical", "high", "medium", "low"];

/**
 * @typedef {object} Finding  the same as in clients/bundler.py
 * @property {string} rule
 * @property {"critical" | "high" | "medium" | "low"} severity
 * @property {string} file
 * @property {number} line    from 1
 * @property {number} column  from 1
 * @property {string} message
 * @property {string} fix
 *
 * @typedef {{rule: string, severity: Finding["severity"], message: string, fix: string}} Problem
 */

export class Findings {
  #found = new Map();
  #lines = new Map(); // file -> where its lines begin

  /** One for each rule and line, the worst. @param {Problem} problem */
  add(file, text, offset, problem) {
    const { line, column } = this.#position(file, text, offset);
    const mark = `${file}\n${line}\n${problem.rule}`;
    const known = this.#found.get(mark);
    if (!known || rank(problem) < rank(known)) this.#found.set(mark, { ...problem, file, line, column });
  }

  #position(file, text, offset) {
    if (!this.#lines.has(file)) this.#lines.set(file, [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)]);
    const starts = this.#lines.get(file);
    let [first, last] = [0, starts.length - 1];
    while (first < last) {
      const middle = Math.ceil((first + last) / 2);
      if (starts[middle] <= offset) first = middle;
      else last = middle - 1;
    }
    return { line: first + 1, column: offset - starts[first] + 1 };
  }

  /** The worst first, then in the order of the files; the first hundred are enough to begin with. */
  get all() {
    return [...this.#found.values()].sort((a, b) => rank(a) - rank(b) || byPlace(a, b)).slice(0, MOST);
  }
}

const rank = ({ severity }) => SEVERITIES.indexOf(severity);
const byPlace = (a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column);
