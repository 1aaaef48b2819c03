/**
 * An app's public variables. They come among its files as one that neither people nor models can write: `.env`, a line
 * `VITE_NAME="value as JSON"` each (services/apps/env_vars.py).
 */
export const VARIABLES_FILE = ".env";
const LINE = /^(VITE_[A-Z0-9_]+)=(".*")$/gm;

/** @param {string | undefined} text  of the file  @returns {Record<string, string>} */
export function variablesIn(text = "") {
  return Object.fromEntries([...text.matchAll(LINE)].map(([, name, value]) => [name, JSON.parse(value)]));
}

/** What TypeScript is told of them. */
export function variableTypes(text) {
  const lines = Object.keys(variablesIn(text)).map((name) => `  readonly ${name}: string;\n`);
  return `interface ImportMetaEnv {\n${lines.join("")}}\n`;
}
