/** Text in an app's files: found, and replaced. Lines and columns count from 1, columns in UTF-16 as editors count. */
import { Refused } from "../files.mjs";

const LONGEST_PREVIEW = 240;
const BEFORE_A_HIT = 60; // characters of a long line
const ESCAPES = { n: "\n", t: "\t", r: "\r" };

/**
 * @typedef {{text: string, is_case: boolean, is_word: boolean, is_regex: boolean}} Query
 * @typedef {object} Hit
 * @property {number} line
 * @property {number} column
 * @property {number} length   of what was found
 * @property {string} preview  the line, or the part of it around what was found
 * @property {number} at       where in the preview that begins
 */

/**
 * @param {Record<string, string>} files
 * @param {Query} query
 * @returns {{files: {path: string, count: number, hits: Hit[]}[], is_cut: boolean}}  at most so many hits
 */
export function search(files, query, most) {
  const pattern = patternOf(query);
  const found = [];
  let left = most;
  for (const path of Object.keys(files).sort()) {
    if (left === 0) return { files: found, is_cut: true };
    const lines = new Lines(files[path]);
    const hits = [];
    let count = 0;
    for (const match of matches(files[path], pattern)) {
      count += 1;
      if (hits.length < left) hits.push(hitOf(match, lines));
    }
    left -= hits.length;
    if (count > 0) found.push({ path, count, hits });
  }
  return { files: found, is_cut: found.some(({ count, hits }) => hits.length < count) };
}

/**
 * All files that change, with their texts; `replaced` is what a hit becomes.
 *
 * @typedef {{path: string, count: number, text: string, hits: (Hit & {replaced: string})[]}} Changed
 * @returns {{files: Changed[], is_cut: boolean}}
 */
export function replace(files, query, replacement, most) {
  const pattern = patternOf(query);
  const changed = [];
  let left = most;
  let isCut = false;
  for (const path of Object.keys(files).sort()) {
    const lines = new Lines(files[path]);
    const pieces = [];
    const hits = [];
    let from = 0;
    for (const match of matches(files[path], pattern)) {
      const replaced = query.is_regex ? expand(replacement, match) : replacement;
      pieces.push(files[path].slice(from, match.index), replaced);
      from = match.index + match[0].length;
      if (hits.length < left) hits.push({ ...hitOf(match, lines), replaced });
      else isCut = true;
    }
    left -= hits.length;
    const text = pieces.join("") + files[path].slice(from);
    if (text !== files[path]) changed.push({ path, count: pieces.length / 2, text, hits });
  }
  return { files: changed, is_cut: isCut };
}

/** An expression is read as JavaScript does, the strict way where that is possible. */
function patternOf({ text, is_case: isCase, is_word: isWord, is_regex: isRegex }) {
  const plain = isRegex ? text : text.replace(/[$()*+./?[\\\]^{|}-]/g, String.raw`\$&`);
  const source = isWord ? `${wordEdge(text, 0, isRegex)}(?:${plain})${wordEdge(text, -1, isRegex)}` : plain;
  const flags = isCase ? "gm" : "gim";
  for (const each of isRegex ? [`${flags}u`, flags] : [flags]) {
    try {
      return new RegExp(source, each);
    } catch (error) {
      if (each === flags) throw new Refused("invalid_input", `This is no regular expression: ${reasonOf(error)}.`);
    }
  }
}

/** Of text that begins with a bracket, say, there is no word to be the whole of. */
function wordEdge(text, at, isRegex) {
  return isRegex || /\w/.test(text.at(at)) ? String.raw`\b` : "";
}

const reasonOf = ({ message }) => message.slice(message.lastIndexOf(": ") + 2);

function* matches(text, pattern) {
  for (const match of text.matchAll(pattern)) if (match[0] !== "") yield match; // nothing can't be shown, nor replaced
}

function hitOf(match, lines) {
  const { line, start, end } = lines.at(match.index);
  const from = end - start > LONGEST_PREVIEW ? Math.max(start, match.index - BEFORE_A_HIT) : start;
  return {
    line,
    column: match.index - start + 1,
    length: match[0].length,
    preview: lines.text.slice(from, Math.min(end, from + LONGEST_PREVIEW)),
    at: match.index - from,
  };
}

/** `$1`, `$<name>`, `$&`, `$$` as JavaScript has them, and `\n` and `\t` as people write them. */
function expand(template, match) {
  return template.replace(/\\([nrt\\])|\$(?:([$&])|([1-9]\d?)|<([^>]*)>)/g, (whole, escape, sign, number, name) => {
    if (escape) return ESCAPES[escape] ?? escape;
    if (sign) return sign === "$" ? "$" : match[0];
    if (name !== undefined) return match.groups ? (match.groups[name] ?? "") : whole;
    return Number(number) < match.length ? (match[Number(number)] ?? "") : whole;
  });
}

/** The line of each place, asked for from the first to the last. */
class Lines {
  #line = 1;
  #start = 0;

  constructor(text) {
    this.text = text;
  }

  at(index) {
    while (this.#end < index) {
      this.#line += 1;
      this.#start = this.#end + 1;
    }
    return { line: this.#line, start: this.#start, end: this.#end };
  }

  get #end() {
    const end = this.text.indexOf("\n", this.#start);
    return end < 0 ? this.text.length : end;
  }
}
