/** Imports what a module uses, nothing declares, and exactly one place is known to have. */
import { ICONS } from "../vendor.mjs";
import { BROWSER_GLOBALS, GLOBAL_TYPES } from "./browser-globals.mjs";
import { ImportEdits } from "./import-edits.mjs";
import { DEFAULT_SOURCES, TYPE_SOURCES, VALUE_SOURCES } from "./well-known.mjs";

const FAMILIES = ["recharts", "react-router-dom", ICONS]; // their names are those of components, too

/** @type {import("./repair.mjs").Kind} */
export function missingImports(source, app) {
  const used = new Set(app.facts(source.file).imports.map(({ specifier }) => specifier));
  const found = [];
  const asked = [...source.scope.unresolved].map(([name, references]) => {
    return { name, references, source, app, used, uses: new Set(references.map(({ use }) => use)) };
  });
  // What may be the app's or a package's is decided last: by then it shows which packages this file is about.
  const isTorn = ({ name }) =>
    app.exporters(name).length > 0 && FAMILIES.some((one) => app.vendor.exportsOf(one)?.has(name));
  for (const one of asked.toSorted((left, right) => isTorn(left) - isTorn(right))) {
    const origin = isExpected(one) ? null : originOf(one, isTorn(one));
    if (!origin) continue;
    found.push({ ...origin, local: one.name, line: source.line(one.references[0].node.start) });
    used.add(origin.specifier);
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
function isExpected({ name, uses, source, app, references }) {
  if (uses.has("typeof")) return true;
  if (name === "React") return !uses.has("value") && !uses.has("jsx"); // its types need no import
  if (uses.has("jsx")) return false; // no global is a component
  if (Object.hasOwn(app.vendor.icons, name) && references.every(({ node }) => isIconValue(node, source))) return false;
  if (isEventOfReact(name, references, source)) return false;
  return uses.has("value") ? BROWSER_GLOBALS.has(name) : GLOBAL_TYPES.has(name) || isAmbient(name, source);
}

/** The browser's events have no type parameters: `KeyboardEvent<HTMLInputElement>` is React's. */
const isEventOfReact = (name, references, { text }) =>
  TYPE_SOURCES.get(name)?.[0] === "react" &&
  references.every(({ use, node }) => use === "type" && text[node.end] === "<");

/** Libraries add to the names of types; nobody can list them all. */
const isAmbient = (name, { text }) => /^(HTML|SVG|CSS|DOM)[A-Z]/.test(name) || text.includes("declare global");

function originOf(asked, isTorn) {
  const { name, uses } = asked;
  const isType = !uses.has("value") && !uses.has("jsx");
  const family = isTorn && !isType ? familyOf(asked) : null;
  if (family) return { specifier: family, imported: name, isType: false };
  const own = inApp(asked, isType);
  if (own !== undefined) return own;
  if (name === "React") return { specifier: "react", imported: "*", isType: false };
  return isType ? typeOrigin(asked) : valueOrigin(asked);
}

/** The package that this file is about, unless it uses the app's own component of that name already. */
function familyOf({ name, references, source, app, used }) {
  const own = app.exporters(name).map(({ file }) => file);
  if ([...used].some((specifier) => own.includes(app.resolve(source.file, specifier)))) return null;
  if (Object.hasOwn(app.vendor.icons, name) && references.every(({ node }) => isIconValue(node, source))) return ICONS;
  return FAMILIES.find((one) => one !== ICONS && used.has(one) && app.vendor.exportsOf(one).has(name)) ?? null;
}

/** `icon: Table`, `icon={Table}` */
const isIconValue = ({ start }, { text }) =>
  /\bicon\w*\s*[:=]\s*\{?\s*$/i.test(text.slice(Math.max(0, start - 40), start));

/** Where the app itself has it; null when several files do, undefined when none does. */
function inApp({ name, source, app, used }, isType) {
  const all = app
    .exporters(name)
    .filter(({ file, isType: isTypeThere }) => file !== source.file && (isType || !isTypeThere));
  if (all.length === 0) return undefined;
  const named = all.filter(({ imported }) => imported !== "default");
  const fitting = named.length > 0 ? named : all;
  const leadsTo = (file) => [...used].find((specifier) => app.resolve(source.file, specifier) === file);
  const near = fitting.filter(({ file }) => leadsTo(file));
  const [chosen, another] = near.length > 0 ? near : fitting;
  if (another) return null;
  const specifier = leadsTo(chosen.file) ?? app.specifierFor(source.file, chosen.file);
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
  return wholePackage(asked);
}

/** `DialogPrimitive.Root`, `Dialog.Root`: all of a package, when it has every part that is used. */
function wholePackage({ name, references, source, app }) {
  const plain = /^([A-Z]\w+?)(?:Primitives?)?$/.exec(name)?.[1];
  const specifier = plain && `@radix-ui/react-${plain.replace(/(?<!^)([A-Z])/g, "-$1").toLowerCase()}`;
  const exports = specifier && app.vendor.exportsOf(specifier);
  if (!exports) return null;
  const parts = references.map(({ node }) => /^\.(\w+)/.exec(source.text.slice(node.end, node.end + 40))?.[1]);
  return parts.every((part) => exports.has(part)) ? { specifier, imported: "*", isType: false } : null;
}

/** The packages it can be from: those this file uses already before those it is usually from. */
function valueSources(asked) {
  const { name, app, uses, used } = asked;
  const has = (specifier) => Boolean(app.vendor.exportsOf(specifier)?.has(name));
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
