/** Imports what a module uses, nothing declares, and exactly one place is known to have. */
import { ICONS } from "../vendor.mjs";
import { BROWSER_GLOBALS, GLOBAL_TYPES } from "./browser-globals.mjs";
import { ImportEdits } from "./import-edits.mjs";
import { DEFAULT_SOURCES, TYPE_SOURCES, VALUE_SOURCES } from "./well-known.mjs";

/** @type {import("./repair.mjs").Kind} */
export function missingImports(source, app) {
  const found = [];
  for (const [name, references] of source.scope.unresolved) {
    const asked = { name, references, source, app, uses: new Set(references.map(({ use }) => use)) };
    const origin = isExpected(asked) ? null : originOf(asked);
    if (origin) found.push({ ...origin, local: name, line: source.line(references[0].node.start) });
  }
  if (found.length === 0) return null;
  const edits = new ImportEdits(source);
  found.forEach((one) => edits.add(one));
  const repairs = found.map(({ local, specifier, line }) => ({
    kind: "import",
    message: `Imported ${local} from ${specifier}`,
    line,
  }));
  return { text: edits.finish(), repairs };
}

/** What is there without an import, or may not be: whoever asks `typeof` knows. */
function isExpected({ name, uses, source }) {
  if (uses.has("typeof")) return true;
  if (name === "React") return !uses.has("value") && !uses.has("jsx"); // its types need no import
  if (uses.has("jsx")) return false; // no global is a component
  return uses.has("value") ? BROWSER_GLOBALS.has(name) : GLOBAL_TYPES.has(name) || isAmbient(name, source);
}

/** Libraries add to the names of types; nobody can list them all. */
const isAmbient = (name, { text }) => /^(HTML|SVG|CSS|DOM)[A-Z]/.test(name) || text.includes("declare global");

function originOf(asked) {
  const { name, uses } = asked;
  const isType = !uses.has("value") && !uses.has("jsx");
  const own = inApp(asked, isType);
  if (own !== undefined) return own;
  if (name === "React") return { specifier: "react", imported: "*", isType: false };
  return isType ? typeOrigin(asked) : valueOrigin(asked);
}

/** Where the app itself has it; null when several files do, undefined when none does. */
function inApp({ name, source, app }, isType) {
  const all = app.exporters(name).filter(({ file, isType: isTypeThere }) => file !== source.file && (isType || !isTypeThere));
  if (all.length === 0) return undefined;
  const named = all.filter(({ imported }) => imported !== "default");
  const fitting = named.length > 0 ? named : all;
  const used = new Set(app.facts(source.file).imports.map(({ specifier }) => app.resolve(source.file, specifier)));
  const near = fitting.filter(({ file }) => used.has(file));
  const [chosen, another] = near.length > 0 ? near : fitting;
  if (another) return null;
  const known = app.facts(source.file).imports.find(({ specifier }) => app.resolve(source.file, specifier) === chosen.file);
  const specifier = known?.specifier ?? app.specifierFor(source.file, chosen.file);
  return { specifier, imported: chosen.imported, isType: isType || chosen.isType };
}

function typeOrigin({ name, app }) {
  const [specifier, another] = TYPE_SOURCES.get(name) ?? VALUE_SOURCES.get(name) ?? [];
  return specifier && !another && app.vendor.has(specifier) ? { specifier, imported: name, isType: true } : null;
}

function valueOrigin(asked) {
  const { name, app } = asked;
  const [chosen, another] = valueSources(asked);
  if (chosen && !another) return { specifier: chosen, imported: name, isType: false };
  if (chosen) return null;
  const whole = DEFAULT_SOURCES.get(name);
  if (whole && app.vendor.has(whole)) return { specifier: whole, imported: "default", isType: false };
  const primitive = /^([A-Z]\w+)Primitives?$/.exec(name)?.[1];
  const radix = primitive && `@radix-ui/react-${primitive.replace(/(?<!^)([A-Z])/g, "-$1").toLowerCase()}`;
  return radix && app.vendor.has(radix) ? { specifier: radix, imported: "*", isType: false } : null;
}

/** The packages it can be from: those this file uses already before those it is usually from. */
function valueSources(asked) {
  const { name, source, app, uses } = asked;
  const has = (specifier) => Boolean(app.vendor.exportsOf(specifier)?.has(name));
  const used = new Set(app.facts(source.file).imports.map(({ specifier }) => specifier));
  const known = (VALUE_SOURCES.get(name) ?? []).filter(has);
  const isIcon = Object.hasOwn(app.vendor.icons, name) && (uses.has("jsx") || /^[A-Z][a-z]/.test(name));
  if (known.length > 0 && isIcon) return looksLikeIcon(asked) && !known.some((one) => used.has(one)) ? [ICONS] : known;
  if (known.length > 0) return known;
  const here = [...used].filter((specifier) => specifier !== ICONS && has(specifier));
  if (here.length > 0 && (name.length > 3 || uses.has("jsx"))) return here;
  return isIcon ? [ICONS] : [];
}

/** Some components are called as icons are: `<Link className="size-4" />` can only be the icon. */
function looksLikeIcon({ references, source }) {
  return references.every(({ use, node }) => {
    if (use !== "jsx") return false;
    const tag = source.text.slice(node.start, source.text.indexOf(">", node.start) + 1);
    return tag.endsWith("/>") && !/\s(to|href|dataKey|data|path|element)=/.test(tag);
  });
}
