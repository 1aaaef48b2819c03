/** What the language server answers, in our words: lines and columns from 1, and no folder of this machine. */
import { typeProblem } from "../inspection/types.mjs";

const ERROR = 1; // of the protocol's severities; hints are about style
const WARNING = 2;
const MOST_PROBLEMS = 60;
const FENCE = /```\w*\n([\s\S]*?)\n```/;
const PACKAGE = /\/node_modules\/(?:@types\/)?(@[^/]+\/[^/]+|[^/]+)\//;
const APP_FOLDER = /(?:file:\/\/)?\/[^\s"'`]*\/apps\/[0-9a-f]{32}\//g;
const VENDOR_FOLDER = /\/[^\s"'`]*\/node_modules\//g;

export const toServer = ({ line, column }) => ({ line: line - 1, character: column - 1 });
export const fromServer = ({ line, character }) => ({ line: line + 1, column: character + 1 });

/** A text without folders: `"/data/…/src/lib/money"` is `"src/lib/money"`, and `react` is where react's types are. */
export const withoutFolders = (text) => text.replace(APP_FOLDER, "").replace(VENDOR_FOLDER, "");

/** @returns {{code: string, documentation: string, from: object, to: object} | null} */
export function hover(found) {
  if (!found?.contents?.value) return null;
  const { code, documentation } = split(found.contents.value);
  return { code, documentation, from: fromServer(found.range.start), to: fromServer(found.range.end) };
}

/** The places in the app; of what is not the app's, the package it is from. */
export function definition(found, project) {
  const locations = found ? [found].flat() : [];
  const places = locations.flatMap(({ uri, range }) => {
    const file = project.fileOf(uri);
    return file === null ? [] : [{ file, ...fromServer(range.start) }];
  });
  const name = PACKAGE.exec(decodeURIComponent(locations[0]?.uri ?? ""))?.[1].replace("__", "/");
  return { places, package: places.length > 0 ? "" : (name ?? "") };
}

/** @returns {import("../core/diagnostics.mjs").Diagnostic[]} worded as an inspection words them */
export function diagnostics(found, file) {
  const problems = (found?.items ?? []).filter(({ severity }) => severity === ERROR || severity === WARNING);
  return problems.slice(0, MOST_PROBLEMS).map(({ range, message, code }) => {
    const { line, column } = fromServer(range.start);
    return typeProblem(file, String(code), withoutFolders(message), { line, column });
  });
}

/** What one suggestion means, and what else it changes in the file (an import). */
export function description(item) {
  const { documentation } = split(item.documentation?.value ?? "");
  const edits = (item.additionalTextEdits ?? []).map(({ range, newText }) => ({
    from: fromServer(range.start),
    to: fromServer(range.end),
    text: newText,
  }));
  const detail = withoutFolders(item.detail ?? "");
  return edits.length > 0 ? { code: "", documentation: detail, edits } : { code: detail, documentation, edits };
}

/** @returns {{label: string, parameters: [number, number][], active: number, documentation: string} | null} */
export function signature(found) {
  const shown = found?.signatures?.[found.activeSignature ?? 0];
  if (!shown) return null;
  const parameters = (shown.parameters ?? []).map(({ label }) => placeIn(shown.label, label));
  const active = shown.activeParameter ?? found.activeParameter ?? 0;
  return { label: withoutFolders(shown.label), parameters, active, documentation: shown.documentation?.value ?? "" };
}

function placeIn(text, label) {
  if (typeof label !== "string") return label;
  const start = Math.max(0, text.indexOf(label));
  return [start, start + label.length];
}

function split(markdown) {
  const code = FENCE.exec(markdown);
  const documentation = code ? markdown.replace(code[0], "") : markdown;
  return {
    code: plain(code?.[1] ?? ""),
    documentation: withoutFolders(documentation)
      .replace(/\n{2,}\*@/g, "\n*@")
      .trim(),
  };
}

/** What a name is, without where it stands in the import. */
function plain(code) {
  return withoutFolders(code)
    .replace(/^\(alias\) /gm, "")
    .replace(/\nimport .*$/s, "");
}
