/** A router inside the router of the entry: React Router refuses it, and the page stays blank. */
import { visitorKeys } from "oxc-parser";

import { ImportEdits, readSpecifier } from "./import-edits.mjs";

const ROUTERS = new Set(["BrowserRouter", "HashRouter", "MemoryRouter"]);
const PACKAGES = new Set(["react-router-dom", "react-router"]);

/** @type {import("./repair.mjs").Kind} */
export function routers(source, app) {
  const hasOuter = /<(?:BrowserRouter|HashRouter)\b/.test(app.files.get(app.entry) ?? "");
  if (!hasOuter || source.file === app.entry || /\.(?:test|spec)\./.test(source.file)) return null;
  if (!source.text.includes("Router")) return null;
  const edits = new ImportEdits(source);
  const specifiers = edits.declarations.flatMap((declaration) => routersOf(declaration));
  const names = new Set(specifiers.map(({ local }) => local.name));
  const elements = names.size > 0 ? elementsNamed(source.program, names) : [];
  if (elements.length === 0) return null;
  for (const { openingElement, closingElement } of elements) {
    edits.text.overwrite(openingElement.start, openingElement.end, "<>");
    edits.text.overwrite(closingElement.start, closingElement.end, "</>");
  }
  const isFree = ({ local }) => source.scope.topLevel.get(local.name).every(({ use }) => use === "jsx");
  edits.remove(
    ...specifiers.filter((specifier) => source.scope.topLevel.has(specifier.local.name) && isFree(specifier)),
  );
  const message = `${app.entry} has the router, so there is no second one`;
  return { text: edits.finish(), repairs: [{ kind: "side_effect", message, line: source.line(elements[0].start) }] };
}

function routersOf(declaration) {
  if (!PACKAGES.has(declaration.source.value)) return [];
  return declaration.specifiers.filter((specifier) => ROUTERS.has(readSpecifier(declaration, specifier).imported));
}

function elementsNamed(program, names) {
  const found = [];
  const pending = [program];
  while (pending.length > 0) {
    const node = pending.pop();
    if (node.type === "JSXElement" && node.closingElement && names.has(node.openingElement.name.name)) found.push(node);
    for (const key of visitorKeys[node.type] ?? []) pending.push(...[node[key]].flat().filter(Boolean));
  }
  return found;
}
