/**
 * The difference between two stylesheets as operations on the browser's rules. Replacing a whole <style> costs a full
 * style recalculation; a few inserted rules cost next to nothing.
 *
 * @typedef {{prelude: string, text: string, body: string | null}} Block
 * @typedef {{at: number, insert?: string, replace?: string, count?: number, inside?: Operation[]}} Operation
 *   `at`: the rule's index once all earlier operations are done; `count`: how many rules `inside` starts from
 */

const MOST_OPERATIONS = 60;
const GROUPING = /^@(layer|media|supports|container)\b/;

/** The top-level rules of a stylesheet; strings, comments and escapes do not confuse it. @returns {Block[]} */
export function blocks(css) {
  const found = [];
  let start = -1;
  let bodyStart = 0;
  let depth = 0;
  for (let at = 0; at < css.length; at += 1) {
    const char = css[at];
    if (char === "/" && css[at + 1] === "*") {
      const end = css.indexOf("*/", at + 2);
      at = end < 0 ? css.length : end + 1;
      continue;
    }
    if (start < 0 && /\s/.test(char)) continue;
    if (start < 0) start = at;
    if (char === "\\") at += 1;
    else if (char === '"' || char === "'") at = stringEnd(css, at);
    else if (char === "{" && depth++ === 0) bodyStart = at;
    else if (char === "}" && --depth === 0) {
      found.push({
        prelude: css.slice(start, bodyStart).trim(),
        text: css.slice(start, at + 1),
        body: css.slice(bodyStart + 1, at),
      });
      start = -1;
    } else if (char === ";" && depth === 0) {
      found.push({ prelude: css.slice(start, at), text: css.slice(start, at + 1), body: null });
      start = -1;
    }
  }
  return found;
}

function stringEnd(css, start) {
  let at = start + 1;
  while (at < css.length && css[at] !== css[start]) at += css[at] === "\\" ? 2 : 1;
  return at;
}

/** @returns {Operation[] | null} null when replacing everything is the better way */
export function delta(before, after) {
  const operations = [];
  let from = 0;
  for (let at = 0; at < after.length; at += 1) {
    const [old, now] = [before[from], after[at]];
    if (old?.text === now.text) {
      from += 1;
    } else if (old?.prelude === now.prelude && old.body !== null && now.body !== null && GROUPING.test(now.prelude)) {
      const [inner, wanted] = [blocks(old.body), blocks(now.body)];
      const inside = delta(inner, wanted);
      if (inside === null) return null;
      operations.push({ at, count: inner.length, inside });
      from += 1;
    } else if (old?.prelude === now.prelude) {
      operations.push({ at, replace: now.text });
      from += 1;
    } else {
      operations.push({ at, insert: now.text });
    }
    if (operations.length > MOST_OPERATIONS) return null;
  }
  return from === before.length ? operations : null;
}
