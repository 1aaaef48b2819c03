/** Stylesheets written for Tailwind 3, or in an order that CSS does not allow. */
import { isCss } from "../files.mjs";

const ENTRY = '@import "tailwindcss";';
const DIRECTIVE = /^[ \t]*@tailwind\s+(base|components|utilities|screens|variants)\s*;[ \t]*(?:\r?\n)?/gm;
const OLD_PART =
  /^[ \t]*@import\s+(["'])tailwindcss\/(?:base|components|utilities|screens|variants)\1\s*;[ \t]*(?:\r?\n)?/gm;
const HAS_ENTRY = /@import\s+(?:url\()?["']tailwindcss(?:\/index)?(?:\.css)?["']/;
const NEEDS_ENTRY = /@apply\s|@theme\b|@custom-variant\b|@utility\b/;

/** @type {import("./repair.mjs").Kind} */
export function tailwind(source, app) {
  if (!isCss(source.file)) return null;
  const repairs = [];
  let { text } = source;
  for (const way of [directives, plugins, config, entry, importsFirst]) {
    const better = way(text, source, app);
    if (!better || better.text === text) continue;
    text = better.text;
    repairs.push({ kind: "tailwind", message: better.message, line: 1 });
  }
  return repairs.length > 0 ? { text, repairs } : null;
}

/** `@tailwind base;` and its siblings are one import now. Alone, `@tailwind utilities` means what it did. */
function directives(text) {
  const names = [...text.matchAll(DIRECTIVE)].map(([, name]) => name);
  const isOld = names.some((name) => name !== "utilities");
  const hasParts = HAS_ENTRY.test(text)
    ? OLD_PART.test(text)
    : /@import\s+["']tailwindcss\/(?:base|components)["']/.test(text);
  OLD_PART.lastIndex = 0;
  if (!isOld && !hasParts) return null;
  let rest = isOld ? text.replace(DIRECTIVE, "") : text;
  if (hasParts) rest = rest.replace(OLD_PART, "");
  const message = "Tailwind is imported as version 4 wants it";
  return { text: HAS_ENTRY.test(rest) ? rest : withEntry(rest), message };
}

function withEntry(text) {
  const charset = /^@charset\s+"[^"\n]*"\s*;[ \t]*\r?\n?/.exec(text)?.[0] ?? "";
  const rest = text.slice(charset.length);
  return `${charset}${ENTRY}\n${rest === "" || /^\r?\n/.test(rest) ? "" : "\n"}${rest}`;
}

/** The one plugin that is there as a stylesheet. */
function plugins(text) {
  const animate = /^([ \t]*)@plugin\s+["'](?:tailwindcss-animate|tw-animate-css)["']\s*;/m;
  if (!animate.test(text)) return null;
  const hasImport = /@import\s+["']tw-animate-css["']/.test(text);
  const better = hasImport
    ? text.replace(new RegExp(`${animate.source}[ \\t]*\\r?\\n?`, "m"), "")
    : text.replace(animate, '$1@import "tw-animate-css";');
  return { text: better, message: "tailwindcss-animate is the stylesheet tw-animate-css here" };
}

/** A configuration that does not exist. */
function config(text, source, app) {
  const found = /^[ \t]*@config\s+["']([^"'\n]+)["']\s*;[ \t]*\r?\n?/m.exec(text);
  if (!found) return null;
  const name = found[1].split("/").at(-1);
  if ([...app.files.keys()].some((file) => file.endsWith(name))) return null;
  return { text: text.replace(found[0], ""), message: `Removed @config: there is no ${name}` };
}

/** Tailwind's words are used and nothing brings Tailwind. */
function entry(text, source, app) {
  if (HAS_ENTRY.test(text) || !NEEDS_ENTRY.test(withoutComments(text)) || !app.isFinal) return null;
  const isElsewhere = [...app.files].some(([file, css]) => isCss(file) && file !== source.file && HAS_ENTRY.test(css));
  if (isElsewhere || /@tailwind\s|@import\s+["']tailwindcss/.test(text)) return null;
  return { text: withEntry(text), message: "Imported Tailwind" };
}

/** Imports behind a rule are ignored by browsers. */
function importsFirst(text) {
  const bare = withoutComments(text);
  const pattern = /^[ \t]*@import\s+(?:url\(\s*)?(?:"[^"\n]*"|'[^'\n]*')[^;\n{}]*;[ \t]*(?:\r?\n)?/gm;
  const imports = [...bare.matchAll(pattern)];
  const firstRule = bare.search(/\{/);
  const late = imports.filter(({ index }) => firstRule >= 0 && index > firstRule && depthAt(bare, index) === 0);
  if (late.length === 0) return null;
  const last = imports.findLast(({ index }) => index < firstRule);
  const at = last ? last.index + last[0].length : (/^@charset[^;]*;[ \t]*\r?\n?/.exec(text)?.[0].length ?? 0);
  let rest = text;
  for (const { index, 0: words } of late.toReversed()) rest = rest.slice(0, index) + rest.slice(index + words.length);
  const moved = late.map(([words]) => `${words.trim()}\n`).join("");
  return { text: rest.slice(0, at) + moved + rest.slice(at), message: "Imports stand before all rules" };
}

/** The same text, with blanks for comments: places stay what they are. */
const withoutComments = (text) => text.replace(/\/\*[^]*?(?:\*\/|$)/g, (comment) => comment.replace(/[^\n]/g, " "));

function depthAt(text, end) {
  let depth = 0;
  for (let at = 0; at < end; at += 1) {
    if (text[at] === "{") depth += 1;
    else if (text[at] === "}") depth -= 1;
  }
  return depth;
}
