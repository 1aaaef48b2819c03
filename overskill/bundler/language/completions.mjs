/** The server's suggestions, of which an editor is sent those that fit what is typed. */
const MOST = 100;
const NAME_OF_AN_APP = /^[0-9a-f]{32}$/;
const PATH_KINDS = new Set([17, 19]);
const KINDS = {
  2: "method",
  3: "function",
  4: "class",
  5: "property",
  6: "variable",
  7: "class",
  8: "interface",
  9: "namespace",
  10: "property",
  12: "constant",
  13: "enum",
  14: "keyword",
  17: "text",
  19: "namespace",
  20: "constant",
  21: "constant",
  22: "class",
  25: "type",
};
const GLOBAL_RANK = 15; // what is nearer has a lower one, what has to be imported a higher one
const LAST_RANK = 20;
const ONLY_LETTERS = 2;

/**
 * @typedef {object} Suggestion
 * @property {string} label
 * @property {string} kind     as CodeMirror names them
 * @property {string} detail   what stands behind its name: the parameters
 * @property {string} source   where it is imported from, if it has to be
 * @property {string} insert   the text in place of what is typed
 * @property {number} column   where that begins, on the line of the question
 * @property {number} rank     the lower, the closer to where it is used
 */

/**
 * @param {object} place  of the question: the file's text, column, and the line's text up to it
 * @param {import("./importable.mjs").Importable} mayImport
 * @returns {{items: Suggestion[], isIncomplete: boolean}} `isIncomplete`: ask again after the next letter
 */
export function completions(found, place, mayImport) {
  const usual = found?.itemDefaults?.editRange?.insert ?? found?.itemDefaults?.editRange;
  const fitting = [];
  const known = new Set();
  for (const item of items(found)) {
    const suggestion = toSuggestion(item, usual, place);
    const typed = place.before.slice(suggestion.column - 1);
    const fit = fitOf(item.filterText ?? item.label, typed);
    const isFar = fit === ONLY_LETTERS && suggestion.rank >= GLOBAL_RANK;
    const name = `${suggestion.label} ${suggestion.source}`;
    if (fit === null || isFar || known.has(name) || !isOffered(item, suggestion, mayImport)) continue;
    known.add(name);
    fitting.push({ fit, suggestion });
  }
  fitting.sort((a, b) => a.fit - b.fit || a.suggestion.rank - b.suggestion.rank || compare(a, b));
  const isIncomplete = fitting.length > MOST || Boolean(found?.isIncomplete);
  return { items: fitting.slice(0, MOST).map(({ suggestion }) => suggestion), isIncomplete };
}

export const items = (found) => (Array.isArray(found) ? found : (found?.items ?? []));
export const sourceOf = (item) => item.labelDetails?.description ?? "";

function toSuggestion(item, usual, { column, text }) {
  const source = sourceOf(item);
  const rank = Number.parseInt(item.sortText, 10) || LAST_RANK;
  const isNear = /^(\.|@\/)/.test(source) || (source !== "" && text.includes(`"${source}"`)); // the app's, or in use here
  const range = item.textEdit?.insert ?? item.textEdit?.range ?? usual;
  return {
    label: item.label,
    kind: KINDS[item.kind] ?? "text",
    detail: item.labelDetails?.detail ?? "",
    source,
    insert: item.textEdit?.newText ?? item.insertText ?? item.label,
    column: range ? range.start.character + 1 : column,
    rank: isNear ? Math.min(rank, GLOBAL_RANK) : rank,
  };
}

function isOffered(item, { label, source }, mayImport) {
  if (NAME_OF_AN_APP.test(label)) return false;
  if (PATH_KINDS.has(item.kind)) return mayImport.pathPart(label);
  return item.data?.autoImport === undefined || mayImport.source(source);
}

/** 0: it begins with what is typed; 1: it contains it; 2: it has its letters in order; null: it does not. */
function fitOf(text, typed) {
  const name = text.toLowerCase();
  const letters = typed.toLowerCase();
  if (name.startsWith(letters)) return 0;
  if (name.includes(letters)) return 1;
  let at = -1;
  for (const letter of letters) {
    at = name.indexOf(letter, at + 1);
    if (at < 0) return null;
  }
  return ONLY_LETTERS;
}

const compare = (a, b) => (a.suggestion.label < b.suggestion.label ? -1 : 1);
