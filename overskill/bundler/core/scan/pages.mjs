/** HTML and SVG files: the code that is in them, and what they load. */
import { addressesOf, hostOf, isForeignScript, runsCode } from "./addresses.mjs";
import { problems as addressProblems, reportHosts } from "./rules/addresses.mjs";
import { constant } from "./values.mjs";

const OPENING = /<(?:!--|([a-z][a-z0-9:-]{0,40}))/gi;
const COMMENT_END = /-->|--!>|$/g;
const TAG_PART = /[^"'>]+|"[^"]*"|'[^']*'|["']/y; // a quote that is never closed is a part of its own
const ATTRIBUTE = /([^\s"'<>/=]{1,100})(?:\s{0,99}=\s{0,99}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
const LOADS = new Set(["action", "background", "data", "formaction", "poster", "src", "srcset"]);
const ENTITY = /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|colon|lt|gt|quot|apos|tab|newline|sol));?/gi;
const NAMED = { amp: "&", colon: ":", lt: "<", gt: ">", quot: '"', apos: "'", tab: "\t", newline: "\n", sol: "/" };

const foreignScript = {
  rule: "script-tag",
  severity: "critical",
  message: "A script is loaded from another host: it can change at any time, and do anything.",
  fix: "Import one of the built-in packages, or write the code in the app.",
};

/**
 * @param {(offset: number, problem: import("./findings.mjs").Problem) => void} report
 * @returns {{code: string, offset: number, isModule: boolean}[]} the scripts in it, and the code of its attributes
 */
export function scanPage(page, hosts, report) {
  const scripts = [];
  for (const { name, offset, end, attributes } of tagsIn(page)) {
    const place = { hosts, report: (_node, problem) => report(offset, problem) };
    for (const [key, value] of attributes) {
      if (/^on[a-z]+$/.test(key)) scripts.push({ code: `function handle() {${value}\n}`, offset, isModule: false });
      else reportAttribute(name, key, value, place);
    }
    const isInline = /(^|:)script$/.test(name) && !attributes.has("src");
    if (isInline && isCode(attributes.get("type") ?? "")) scripts.push(scriptAt(page, end, attributes));
  }
  return scripts;
}

/** Every opening tag, the way browsers find them; one pass, whatever is in the text. */
function* tagsIn(page) {
  OPENING.lastIndex = 0;
  for (let found = OPENING.exec(page); found; found = OPENING.exec(page)) {
    const [opening, name] = found;
    const offset = found.index;
    let end = offset + opening.length;
    if (name) {
      end = endOfTag(page, end);
      if (end < 0) return;
      yield {
        name: name.toLowerCase(),
        offset,
        end,
        attributes: readAttributes(page.slice(offset + opening.length, end - 1)),
      };
      if (/^script$/i.test(name)) end += lengthOfScript(page, end);
    } else if (!/^-?>/.test(page.slice(end, end + 2))) {
      COMMENT_END.lastIndex = end;
      end = COMMENT_END.exec(page).index;
    }
    OPENING.lastIndex = end;
  }
}

function endOfTag(page, from) {
  TAG_PART.lastIndex = from;
  let end = from;
  while (TAG_PART.test(page)) end = TAG_PART.lastIndex;
  return page[end] === ">" ? end + 1 : -1;
}

function lengthOfScript(page, from) {
  const closing = page.slice(from).search(/<\/script/i);
  return closing < 0 ? page.length - from : closing;
}

const isCode = (type) => /^(|module|(text|application)\/(java|ecma|x-java)script)$/i.test(type.trim());

function scriptAt(page, start, attributes) {
  const code = page.slice(start, start + lengthOfScript(page, start));
  const plain = code.replace(/<!\[CDATA\[|\]\]>/g, (mark) => " ".repeat(mark.length));
  return { code: plain, offset: start, isModule: attributes.get("type") === "module" };
}

function reportAttribute(tag, key, value, place) {
  const address = addressesOf(constant(value))[0];
  if (/(^|:)script$/.test(tag) && /^(src|(xlink:)?href)$/.test(key)) {
    if (isForeignScript(address)) place.report(null, foreignScript);
  } else if (/^(href|xlink:href|src|action|formaction|data)$/.test(key) && runsCode(address)) {
    place.report(null, addressProblems.codeUrl);
  } else if (tag === "meta" && key === "content" && /url\s{0,9}=\s{0,9}['"]?(javascript|data):/i.test(value)) {
    place.report(null, addressProblems.codeUrl);
  } else if (LOADS.has(key) || (key === "href" && (tag === "link" || tag === "base"))) {
    if (hostOf(value) !== "") reportHosts(null, constant(value), place);
  }
}

function readAttributes(text) {
  const found = new Map();
  for (const [, name, double, single, bare] of text.matchAll(ATTRIBUTE)) {
    const key = name.toLowerCase();
    if (!found.has(key)) found.set(key, decode(double ?? single ?? bare ?? "")); // the first one counts
  }
  return found;
}

function decode(text) {
  return text.replace(ENTITY, (whole, hex, decimal, name) => {
    if (name) return NAMED[name.toLowerCase()];
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
