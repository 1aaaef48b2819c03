/** At which address of the app a page is shown, as far as its routes are written out. */
import { componentsOf, withoutParentheses } from "./component.mjs";
import { nameOf } from "./tree.mjs";
import { walk } from "./sources.mjs";
import { readAttribute } from "./values.mjs";

/** @returns {Map<string, string>}  file -> address, such as `/plan` or `/recipes/:id` */
export function routesOf(sources) {
  const found = new Map();
  for (const file of sources.files.keys()) {
    if (!/^src\/.*\.[jt]sx?$/.test(file)) continue;
    const text = sources.files.get(file);
    const source = /<Route\b|createBrowserRouter|createHashRouter|useRoutes/.test(text) ? sources.get(file) : null;
    if (source) collect(source, sources, found);
  }
  return found;
}

function collect(source, sources, found) {
  const note = (name, address) => {
    const file = sources.importOf(source, name)?.file ?? (isDeclared(source, name) ? source.file : null);
    if (file && file !== source.file && !found.has(file)) found.set(file, address);
  };
  const visit = (node, base) => {
    walk(node, (each) => {
      const route = routeIn(each);
      if (!route) return true;
      const address = joined(base, route.path);
      if (route.element && !route.path?.includes("*")) note(route.element, address);
      for (const child of route.children) visit(child, address);
      return false;
    });
  };
  visit(source.program, "/");
}

const isDeclared = ({ program }, name) => componentsOf(program).some((component) => component.name === name);

/** `<Route path element>` or `{path, element, children}` */
function routeIn(node) {
  if (node.type === "JSXElement" && nameOf(node.openingElement.name) === "Route") {
    const given = (name) => node.openingElement.attributes.find((one) => one.name?.name === name);
    const path = given("path") ? readAttribute(given("path"))?.value : "";
    const shown = given("element")?.value?.expression ?? given("Component")?.value?.expression;
    return { path: text(path), element: shownBy(shown), children: node.children };
  }
  if (node.type !== "ObjectExpression") return null;
  const given = (name) => node.properties.find(({ key }) => key?.name === name)?.value;
  const shown = given("element") ?? given("Component");
  if (!shown || !(given("path") || given("index") || given("children"))) return null;
  return {
    path: text(given("path")?.value),
    element: shownBy(shown),
    children: given("children") ? [given("children")] : [],
  };
}

const text = (value) => (typeof value === "string" ? value : "");

function shownBy(expression) {
  const shown = withoutParentheses(expression);
  if (shown?.type === "Identifier") return shown.name;
  const name = shown?.type === "JSXElement" ? nameOf(shown.openingElement.name) : "";
  const only = shown?.children?.filter(({ type }) => type === "JSXElement") ?? [];
  const isWrapper =
    only.length === 1 && /^[A-Z].*(Layout|Shell|Suspense|Guard|Provider|Route|Boundary|Fragment)$/.test(name);
  return isWrapper || (name === "" && only.length === 1) ? shownBy(only[0]) : name;
}

const joined = (base, path) =>
  path.startsWith("/") ? path : `${base.replace(/\/$/, "")}/${path}`.replace(/(.)\/$/, "$1");
