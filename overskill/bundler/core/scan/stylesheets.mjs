/** Stylesheets: what they load from other hosts. */
import { hostOf } from "./addresses.mjs";
import { reportHosts } from "./rules/addresses.mjs";
import { constant } from "./values.mjs";

const COMMENT = /\/\*[\s\S]*?(?:\*\/|$)/g;
const ADDRESS = /(?:url\(\s{0,99}["']?|@import\s{1,99}["'])([^"')\s]{1,2000})/gi;
const ESCAPE = /\\(?:([0-9a-f]{1,6})[ \t]?|([^\n]))/gi;

/** @param {(offset: number, problem: import("./findings.mjs").Problem) => void} report */
export function scanStylesheet(text, hosts, report) {
  const sheet = text
    .replace(COMMENT, (comment) => comment.replace(/[^\n]/g, " "))
    .replace(ESCAPE, (_whole, hex, plain) => unescaped(hex, plain));
  let [before, line] = [0, 0]; // without its escapes the text is shorter, but has the same lines
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  for (const { index, 1: address } of sheet.matchAll(ADDRESS)) {
    line += sheet.slice(before, index).split("\n").length - 1;
    before = index;
    const place = { hosts, report: (_node, problem) => report(starts[line], problem) };
    if (hostOf(address) !== "") reportHosts(null, constant(address), place);
  }
}

function unescaped(hex, plain) {
  if (plain !== undefined) return plain;
  const code = Number.parseInt(hex, 16);
  return code > 0 && code <= 0x10ffff && code !== 10 ? String.fromCodePoint(code) : " ";
}
