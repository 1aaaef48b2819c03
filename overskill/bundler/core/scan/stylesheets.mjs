/** Stylesheets: what they load from other hosts. */
import { hostOf } from "./addresses.mjs";
import { reportHosts } from "./rules/addresses.mjs";
import { constant } from "./values.mjs";

const COMMENT = /\/\*[\s\S]*?(?:\*\/|$)/g;
const ADDRESS = /(?:url\(\s{0,99}["']?|@import\s{1,99}["'])([^"')\s]{1,2000})/gi;
const ESCAPE = /\\(?:([0-9a-f]{1,6})\s?|([^\n]))/gi;

/** @param {(offset: number, problem: import("./findings.mjs").Problem) => void} report */
export function scanStylesheet(text, hosts, report) {
  const sheet = text
    .replace(COMMENT, (comment) => comment.replace(/[^\n]/g, " "))
    .replace(ESCAPE, (whole, hex, plain) => unescaped(hex, plain).padEnd(whole.length));
  for (const found of sheet.matchAll(ADDRESS)) {
    const address = found[1];
    const place = { hosts, report: (_node, problem) => report(found.index, problem) };
    if (hostOf(address) !== "") reportHosts(null, constant(address), place);
  }
}

function unescaped(hex, plain) {
  if (plain !== undefined) return plain;
  const code = Number.parseInt(hex, 16);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : " ";
}
