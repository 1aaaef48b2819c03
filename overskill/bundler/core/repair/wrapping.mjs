/** What models put around a file that is no part of it: fences, tags of their protocol, a byte order mark. */
import { extension, isCode, isCss } from "../files.mjs";

const FENCE = /^\s*(?:```|~~~)[\w.+-]*(?:[ \t][^\n]*)?$/;
const TAG =
  /^\s*<(?:\/|!\[CDATA\[)?(?:file|files|content|contents|code|document|artifact|action|write|edit|boltAction|boltArtifact|lov-write|dyad-write|CDATA)\b[^<>{}]*>?\s*$|^\s*\]\]>\s*$/i;
const MOST_LINES = 4; // at either end

/** @type {import("./repair.mjs").Kind} */
export function wrapping(source) {
  const { file, text } = source;
  const bare = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const unfenced = isFenced(bare) || !isRight(source, bare) ? unwrapped(bare, source) : bare;
  if (unfenced === text) return null;
  const message =
    unfenced === bare ? "Removed an invisible mark before the text" : "Removed what stood around the file";
  return isRight(source, unfenced) || extension(file) === ".md"
    ? { text: unfenced, repairs: [{ kind: "text", message, line: 1 }] }
    : null;
}

const isFenced = (text) => /^\s*(?:```|~~~)/.test(text.slice(0, 200)) && /(?:```|~~~)\s*$/.test(text.slice(-50));

function isRight(source, text) {
  if (isCode(source.file)) return (text === source.text ? source : source.with(text)).hasSyntax;
  if (extension(source.file) === ".json") return isJson(text);
  if (isCss(source.file) || /\.(?:svg|html)$/.test(source.file))
    return !text.split("\n").some((line) => FENCE.test(line) || TAG.test(line));
  return true;
}

function isJson(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The text without the lines of the wrapping at its ends; else what stands between its only fences. */
function unwrapped(text, source) {
  if (/\.(?:md|txt|csv)$/.test(source.file)) return text;
  const lines = text.split("\n");
  let [from, to] = [0, lines.length];
  const isWrapping = (line) => FENCE.test(line) || TAG.test(line) || line.trim() === "";
  while (from < Math.min(MOST_LINES, to) && isWrapping(lines[from])) from += 1;
  while (to > Math.max(lines.length - MOST_LINES, from) && isWrapping(lines[to - 1])) to -= 1;
  const trimmed = lines.slice(from, to);
  const hadWrapping = lines
    .slice(0, from)
    .concat(lines.slice(to))
    .some((line) => line.trim() !== "");
  const inner = hadWrapping ? `${trimmed.join("\n")}\n` : text;
  return isRight(source, inner) ? inner : (betweenFences(lines, source) ?? text);
}

/** Prose, a fence, the file, a fence, more prose. */
function betweenFences(lines, source) {
  const fences = lines.flatMap((line, index) => (FENCE.test(line) ? [index] : []));
  if (fences.length !== 2 || fences[1] - fences[0] < lines.length / 2) return null;
  const inner = `${lines.slice(fences[0] + 1, fences[1]).join("\n")}\n`;
  return isRight(source, inner) ? inner : null;
}
