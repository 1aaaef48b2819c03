/** The colours that an app names itself, for the classes that use them: `--color-primary` makes `bg-primary`. */
import { isCss } from "../files.mjs";

const COLOUR = /--color-([a-z][a-z0-9-]*)\s*:\s*([^;{}]{1,120});/gi;
const MOST = 80;

/** @returns {{name: string, value: string}[]} `value` as CSS, which may lead on to another variable */
export function coloursOf(files) {
  const found = new Map();
  for (const [file, text] of files) {
    if (!isCss(file)) continue;
    for (const [, name, value] of text.matchAll(COLOUR)) if (!found.has(name)) found.set(name, value.trim());
  }
  return [...found].slice(0, MOST).map(([name, value]) => ({ name, value }));
}
