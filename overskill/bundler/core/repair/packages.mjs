/** Packages of other names with the same parts, and those that package.json has to name. */
import { isPackage, packageName } from "../resolve.mjs";
import { ICONS } from "../vendor.mjs";
import { nearestIcon } from "./icons.mjs";
import { ImportEdits, readSpecifier } from "./import-edits.mjs";

// Only where everything that is imported means the same.
const TWINS = new Map([
  ["classnames", "clsx"],
  ["classcat", "clsx"],
  ["framer-motion/react", "motion/react"],
  ["framer-motion/m", "motion/react"],
  ["motion/dist/react", "motion/react"],
  ["lodash", "lodash-es"],
  ["lucide", ICONS],
  ["lucide-react/icons", ICONS],
  ["luicde-react", ICONS],
  ["react-router-dom/client", "react-router-dom"],
  ["react-router/dom", "react-router-dom"],
  ["recharts/lib", "recharts"],
  ["tailwind-merge/react", "tailwind-merge"],
  ["@hookform/resolvers/zod/dist", "@hookform/resolvers/zod"],
  ["zod/lib", "zod"],
  ["@tanstack/react-query/build", "@tanstack/react-query"],
]);

// Sets of icons whose names become ours when this is taken off them.
const ICON_SETS = [
  { from: /^@heroicons\/react\//, name: (name) => name.replace(/Icon$/, "") },
  {
    from: /^react-icons\/\w+$/,
    name: (name) =>
      name
        .replace(/^(?:[A-Z][a-z]\d?|Hi|Ri|Ai|Bs|Io)(?=[A-Z])(?:Outline)?/, "")
        .replace(/(?:Line|Fill|Outlined?)$/, ""),
  },
  { from: /^@radix-ui\/react-icons$/, name: (name) => name.replace(/Icon$/, "") },
  { from: /^@tabler\/icons-react$/, name: (name) => name.replace(/^Icon/, "") },
  { from: /^(?:@phosphor-icons\/react|phosphor-react)$/, name: (name) => name },
  { from: /^react-feather$/, name: (name) => name },
];

/** @type {import("./repair.mjs").Kind} */
export function packageNames(source, app) {
  const edits = new ImportEdits(source);
  const repairs = [];
  for (const declaration of edits.declarations) {
    const specifier = declaration.source.value;
    if (!isPackage(specifier) || app.vendor.has(specifier) || app.vendor.stylesheets.has(specifier)) continue;
    const message = replace(declaration, specifier, edits, app);
    if (message) repairs.push({ kind: "package", message, line: source.line(declaration.start) });
  }
  return repairs.length > 0 ? { text: edits.finish(), repairs } : null;
}

function replace(declaration, specifier, edits, app) {
  const ways = [iconModule, iconSet, lodashPart, dateFunction, radixParts, twin];
  for (const way of ways) {
    const message = way(declaration, specifier, edits, app);
    if (message) return message;
  }
  return null;
}

/** `import Camera from "lucide-react/dist/esm/icons/camera"` */
function iconModule(declaration, specifier, edits, app) {
  const file = /^lucide-react\/(?:dist\/(?:esm|cjs)\/)?icons\/([\w-]+?)(?:\.js)?$/.exec(specifier)?.[1];
  const [only, another] = declaration.specifiers;
  if (!file || another || only?.type !== "ImportDefaultSpecifier") return null;
  const name = Object.keys(app.vendor.icons).find((icon) => app.vendor.icons[icon][0] === file);
  return name ? moveAll(declaration, edits, ICONS, () => name) : null;
}

function iconSet(declaration, specifier, edits, app) {
  const set = ICON_SETS.find(({ from }) => from.test(specifier));
  if (!set || declaration.specifiers.some(({ type }) => type !== "ImportSpecifier")) return null;
  return moveAll(declaration, edits, ICONS, (name) => nearestIcon(set.name(name), app.vendor.icons) ?? "Circle");
}

/** `lodash/debounce`, `lodash.debounce` */
function lodashPart(declaration, specifier, edits, app) {
  const name = /^lodash(?:-es)?[/.](\w+?)(?:\.js)?$/.exec(specifier)?.[1];
  return name && app.vendor.exportsOf("lodash-es").has(name)
    ? moveDefault(declaration, edits, "lodash-es", name)
    : null;
}

function dateFunction(declaration, specifier, edits, app) {
  const name = /^date-fns\/(?:esm\/)?(\w+)$/.exec(specifier)?.[1];
  if (!name || !app.vendor.exportsOf("date-fns").has(name)) return null;
  const isNamed = declaration.specifiers.every(({ type }) => type === "ImportSpecifier");
  return isNamed
    ? moveAll(declaration, edits, "date-fns", (one) => one)
    : moveDefault(declaration, edits, "date-fns", name);
}

/** `import { Dialog } from "radix-ui"` is `import * as Dialog from "@radix-ui/react-dialog"`. */
function radixParts(declaration, specifier, edits, app) {
  if (specifier !== "radix-ui") return null;
  const parts = declaration.specifiers.map((one) => readSpecifier(declaration, one));
  const packageOf = (name) => `@radix-ui/react-${name.replace(/(?<!^)([A-Z])/g, "-$1").toLowerCase()}`;
  if (parts.some(({ imported, isType }) => isType || !app.vendor.has(packageOf(imported)))) return null;
  edits.remove(...declaration.specifiers);
  for (const { imported, local } of parts) {
    const whole = imported === "Slot" ? "Slot" : "*";
    edits.add({ specifier: packageOf(imported), imported: whole, local, isType: false });
  }
  return "Imported from the packages of radix-ui";
}

function twin(declaration, specifier, edits, app) {
  const to = TWINS.get(specifier) ?? (specifier.endsWith(".js") ? specifier.slice(0, -3) : partOf(specifier, app));
  if (!to || !app.vendor.has(to)) return null;
  const exports = app.vendor.exportsOf(to);
  const names = declaration.specifiers.map((one) => readSpecifier(declaration, one)).filter(({ isType }) => !isType);
  if (names.some(({ imported }) => imported !== "*" && !exports.has(imported))) return null;
  edits.text.overwrite(declaration.source.start + 1, declaration.source.end - 1, to);
  return `${specifier} is ${to} here`;
}

/** A folder inside a package, when the package itself has what is imported. */
function partOf(specifier, app) {
  const name = packageName(specifier);
  return name !== specifier && app.vendor.has(name) && /\/(dist|lib|build|esm|es|src)(\/|$)/.test(specifier)
    ? name
    : null;
}

function moveAll(declaration, edits, to, rename) {
  const names = declaration.specifiers.map((one) => readSpecifier(declaration, one));
  edits.remove(...declaration.specifiers);
  for (const { imported, local, isType } of names)
    edits.add({ specifier: to, imported: rename(imported), local, isType });
  return `${declaration.source.value} is ${to} here`;
}

function moveDefault(declaration, edits, to, name) {
  const [only, another] = declaration.specifiers;
  return !another && only?.type === "ImportDefaultSpecifier" ? moveAll(declaration, edits, to, () => name) : null;
}

/** The built-in packages that these files import and package.json does not name. */
export function missingPackages(app, files) {
  const declared = declaredPackages(app.files.get("package.json"));
  if (declared === null) return [];
  const found = new Map();
  for (const file of files) {
    for (const { specifier } of app.facts(file).imports) {
      const name = isPackage(specifier) ? packageName(specifier) : "";
      if (app.vendor.packages.has(name) && !declared.has(name) && !found.has(name)) found.set(name, file);
    }
  }
  return [...found].map(([name, file]) => ({ name, file }));
}

function declaredPackages(text) {
  try {
    const { dependencies = {}, devDependencies = {}, peerDependencies = {} } = JSON.parse(text);
    return new Set([dependencies, devDependencies, peerDependencies].flatMap(Object.keys));
  } catch {
    return null; // none, or broken: nothing to add to
  }
}
