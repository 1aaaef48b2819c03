/** Imports of names that the other file does not export under that name, or in that way. */
import { isCode } from "../files.mjs";
import { isPackage } from "../resolve.mjs";
import { ICONS } from "../vendor.mjs";
import { topLevelDeclaration, withExport } from "./declarations.mjs";
import { ImportEdits, readSpecifier } from "./import-edits.mjs";
import { likeness, nearest, shape } from "./names.mjs";
import { Source } from "./source.mjs";
import { VALUE_SOURCES } from "./well-known.mjs";

/** @type {import("./repair.mjs").Kind} */
export function exportNames(source, app) {
  const work = { source, app, edits: new ImportEdits(source), repairs: [], also: new Map() };
  for (const declaration of work.edits.declarations) {
    for (const specifier of declaration.specifiers) {
      const wanted = { ...readSpecifier(declaration, specifier), declaration, specifier };
      if (wanted.imported !== "*") correct(wanted, work);
    }
  }
  if (work.repairs.length === 0) return null;
  return { text: work.edits.finish(), repairs: work.repairs, also: work.also };
}

function correct(wanted, work) {
  const { source, app } = work;
  const from = wanted.declaration.source.value;
  if (isPackage(from)) {
    correctPackage(wanted, from, work);
    return;
  }
  const target = app.resolve(source.file, from);
  if (target === null || !isCode(target) || target === source.file || from.includes("?")) return;
  const exports = app.exportsOf(target);
  if (exports === null || exports.has(wanted.imported)) return;
  const ways = [otherWay, unexported, elsewhere, renamed];
  for (const way of ways) if (way(wanted, { ...work, target, exports, from })) return;
}

/**
 * The same where the importing file may not change: the other file gets an export of that name.
 *
 * @type {import("./repair.mjs").Kind}
 */
export function exportsForProtected(source, app) {
  const work = { source, app, edits: new ImportEdits(source), repairs: [], also: new Map() };
  for (const declaration of work.edits.declarations) {
    const from = declaration.source.value;
    const target = app.resolve(source.file, from);
    const exports = target === null || !isCode(target) ? null : app.exportsOf(target);
    for (const specifier of exports ? declaration.specifiers : []) {
      const wanted = { ...readSpecifier(declaration, specifier), declaration, specifier };
      if (wanted.imported === "*" || exports.has(wanted.imported)) continue;
      if (!unexported(wanted, { ...work, target, exports, from })) alsoExported(wanted, { ...work, target, exports });
    }
  }
  return work.repairs.length > 0 ? { text: source.text, repairs: work.repairs, also: work.also } : null;
}

/** `export { Toasts as Toaster };` */
function alsoExported(wanted, work) {
  const { app, target, exports, also } = work;
  const values = [...exports.values()].filter(({ isType, local }) => !isType && local !== null);
  const names = values.map(({ name }) => name);
  const isDefault = wanted.imported === "default";
  const near = isDefault
    ? namedFor(wanted.local, exports, work)
    : names.includes("default") && exports.get("default").local === wanted.imported
      ? "default"
      : (nearest(wanted.imported, names) ?? orphan(wanted.imported, values, target, app));
  if (near === null) return false;
  const text = also.get(target) ?? app.files.get(target);
  also.set(target, `${text.trimEnd()}\n\nexport { ${exports.get(near).local} as ${wanted.imported} };\n`);
  return say(work, wanted, "export", `${target} also exports ${near} as ${wanted.imported}`);
}

function say(work, wanted, kind, message) {
  work.repairs.push({ kind, message, line: work.source.line(wanted.specifier.start) });
  return true;
}

/** `work.edits` takes the name from the same module in another way. */
function takeAs(imported, wanted, { edits, from }) {
  edits.remove(wanted.specifier);
  edits.add({ specifier: from, imported, local: wanted.local, isType: wanted.isType });
}

/** Default for named, or named for default. */
function otherWay(wanted, work) {
  const { exports, from } = work;
  if (wanted.imported === "default") {
    const only = namedFor(wanted.local, exports, work);
    if (only === null) return false;
    takeAs(only, wanted, work);
    return say(work, wanted, "export", `${only} is imported from ${from} by name`);
  }
  const whole = exports.get("default");
  if (!whole || (whole.local !== null && whole.local !== wanted.imported && exports.size > 1)) return false;
  const isSame = whole.local === wanted.imported || (whole.local === null && exports.size === 1);
  if (!isSame && likeness(whole.local ?? "", wanted.imported) < 0.5) return false;
  if (!isSame && !work.app.isFinal) return false;
  takeAs("default", wanted, work);
  return say(work, wanted, "export", `${wanted.imported} is the default export of ${from}`);
}

/** The named export that a default import means: of its name, or the only one there is. */
function namedFor(local, exports, { app }) {
  if (exports.has(local)) return local;
  if (!app.isFinal) return null;
  const values = [...exports.values()].filter(({ isType }) => !isType).map(({ name }) => name);
  const alike = values.filter((name) => shape(name) === shape(local));
  return values.length === 1 && alike.length === 1 ? values[0] : nearest(local, alike);
}

/** The other file declares it and only forgot to export it. */
function unexported(wanted, { app, target, also, ...work }) {
  if (app.isProtected(target) || !(app.isFinal || work.isAsked?.(target))) return false;
  const text = also.get(target) ?? app.files.get(target);
  const there = new Source(target, text);
  const name = wanted.imported === "default" ? wanted.local : wanted.imported;
  const declaration = topLevelDeclaration(there.program, name);
  if (!declaration) return false;
  also.set(target, withExport(there, declaration, name, wanted.imported === "default"));
  return say({ ...work, app }, wanted, "export", `${target} exports ${name} now`);
}

/** Exactly one other file exports it. */
function elsewhere(wanted, work) {
  const { app, source, target, edits } = work;
  if (wanted.imported === "default" || !app.isFinal) return false;
  const fitting = app.exporters(wanted.imported).filter(({ file, imported, isType }) => {
    return (
      file !== source.file &&
      file !== target &&
      imported === wanted.imported &&
      (wanted.isType || !isType || isTypeOnly(wanted, work))
    );
  });
  if (fitting.length !== 1) return false;
  const specifier = app.specifierFor(source.file, fitting[0].file, work.from);
  edits.remove(wanted.specifier);
  edits.add({ ...wanted, specifier, isType: wanted.isType || fitting[0].isType });
  return say(work, wanted, "import", `Imported ${wanted.imported} from ${specifier}`);
}

/** It has another name there: nearly the same, or the only one that nobody asks for. */
function renamed(wanted, work) {
  const { app, target, exports, from, edits } = work;
  if (!app.isFinal || wanted.imported === "default") return false;
  const isType = wanted.isType || isTypeOnly(wanted, work);
  const fitting = [...exports.values()].filter((one) => one.name !== "default" && (isType || !one.isType));
  const alike = fitting.filter(
    ({ name, isType: isTypeThere }) => shape(name) === shape(wanted.imported) && isTypeThere === isType,
  );
  const near =
    nearest(wanted.imported, namesOf(alike)) ??
    nearest(wanted.imported, namesOf(fitting)) ??
    orphan(wanted.imported, fitting, target, app);
  if (near === null) return false;
  const alias = wanted.isType && wanted.declaration.importKind !== "type" ? "type " : "";
  edits.text.overwrite(wanted.specifier.start, wanted.specifier.end, `${alias}${near} as ${wanted.local}`);
  return say(work, wanted, "export", `${wanted.imported} is called ${near} in ${from}`);
}

const namesOf = (exports) => exports.map(({ name }) => name);

/** The export that nobody imports, when it is of the same kind and shares a word, or when nothing else is left. */
function orphan(wanted, fitting, target, app) {
  const asked = app.importedNames();
  const free = fitting.filter(({ name }) => !asked.has(`${target} ${name}`) && shape(name) === shape(wanted));
  if (fitting.length === 1 && free.length === 1) return free[0].name;
  const alike = free.filter(({ name }) => likeness(name, wanted) >= 0.3);
  return alike.length === 1 ? alike[0].name : null;
}

function isTypeOnly({ local, isType }, { source }) {
  if (isType) return true;
  const uses = source.scope.topLevel.get(local) ?? [];
  return uses.length > 0 && uses.every(({ use }) => use === "type");
}

/** Packages say what they export at run time; of types nothing is known. */
function correctPackage(wanted, from, work) {
  const { app, source } = work;
  const exports = app.vendor.exportsOf(from);
  if (!exports || from === ICONS || exports.has(wanted.imported) || wanted.isType) return;
  const uses = source.scope.topLevel.get(wanted.local) ?? [];
  if (!uses.some(({ use }) => use === "value" || use === "jsx")) return;
  const here = { ...work, from };
  if (wanted.imported === "default" && exports.has(wanted.local)) {
    takeAs(wanted.local, wanted, here);
    say(work, wanted, "export", `${wanted.local} is imported from ${from} by name`);
  } else if (wanted.imported === "default" && isNamespaceUse(uses, source)) {
    takeAs("*", wanted, here);
    say(work, wanted, "export", `${from} has no default export: all of it is imported`);
  } else if (exports.has("default") && exports.size <= 3 && wanted.imported !== "default") {
    takeAs("default", wanted, here);
    say(work, wanted, "export", `${wanted.imported} is the default export of ${from}`);
  } else if (wanted.imported !== "default" && !takeFromKnown(wanted, work, from)) takeNearest(wanted, work, exports);
}

function takeNearest(wanted, work, exports) {
  const near = wanted.imported.length < 5 ? null : nearest(wanted.imported, [...exports]);
  if (near === null) return;
  work.edits.text.overwrite(wanted.specifier.start, wanted.specifier.end, `${near} as ${wanted.local}`);
  say(work, wanted, "export", `${wanted.imported} is called ${near} in ${wanted.declaration.source.value}`);
}

/** `createRoot` is in react-dom/client, `motion` in motion/react: names that say where they are from. */
function takeFromKnown(wanted, work, from) {
  const [known, another] = VALUE_SOURCES.get(wanted.imported) ?? [];
  if (!known || another || known === from || !work.app.vendor.exportsOf(known)?.has(wanted.imported)) return false;
  work.edits.remove(wanted.specifier);
  work.edits.add({ specifier: known, imported: wanted.imported, local: wanted.local, isType: false });
  return say(work, wanted, "import", `Imported ${wanted.imported} from ${known}`);
}

/** Every use is `Name.part`. */
const isNamespaceUse = (uses, { text }) => uses.every(({ node }) => text[node.end] === ".");
