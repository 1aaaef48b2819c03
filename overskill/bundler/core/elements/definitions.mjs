/** What a file can't know by itself: whether the components it uses do something with the classes they are given. */
import { isFunction, walk } from "../scan/syntax.mjs";
import { resolveFile } from "../resolve.mjs";
import { isComponent, parsed } from "./tree.mjs";

/** Packages whose components hand their attributes on to an element, and parts of them that draw none. */
const HAND_ON = /^(?:@radix-ui\/|lucide-react$|motion\/)/;
const DRAW_NOTHING = /^(?:Portal|Provider|Sub)$/;
const WITHOUT_ROOT = /^@radix-ui\/react-(?:alert-dialog|context-menu|dialog|dropdown-menu|hover-card|popover|select|tooltip)$/;
const ROUTER = /^react-router(?:-dom)?$/;
const ROUTER_LINKS = new Set(["Form", "Link", "NavLink"]);
/** Packages whose components look for each other among their children: nothing may come between. */
const CLOSE = /^(?:recharts|react-router(?:-dom)?)$/;

export function definesClasses(file, program, name, files) {
  if (!isComponent(name)) return true;
  const [local, part] = name.split(".");
  const imported = importOf(program, local);
  if (!imported) return takes(definition(program, local));
  if (ROUTER.test(imported.from)) return ROUTER_LINKS.has(imported.name);
  if (HAND_ON.test(imported.from)) return drawsElement(imported.from, part ?? imported.name);
  const target = resolveFile(files, file, imported.from);
  const text = target === null ? undefined : files.get(target);
  const other = text === undefined ? null : parsed(target, text);
  return other !== null && takes(definition(other, part ?? imported.name));
}

function drawsElement(from, name) {
  return !DRAW_NOTHING.test(name) && !(name === "Root" && WITHOUT_ROOT.test(from));
}

/** Whether a component of a package has to stand directly in another of it. */
export function belongsDirectlyIn(program, name, parentName) {
  const [own, parent] = [name, parentName].map((each) => importOf(program, each.split(".")[0])?.from ?? "");
  return own !== "" && own === parent && CLOSE.test(own);
}

function importOf(program, local) {
  for (const { type, source, specifiers } of program.body) {
    if (type !== "ImportDeclaration") continue;
    const found = specifiers.find((each) => each.local.name === local);
    if (found) return { from: source.value, name: found.imported?.name ?? "default" };
  }
  return null;
}

function definition(program, name) {
  for (const node of walk(program)) {
    if (!isFunction(node)) continue;
    const isDefault = node.parent.type === "ExportDefaultDeclaration";
    if (isDefault ? name === "default" || node.id?.name === name : declaredName(node) === name) return node;
  }
  return null;
}

function declaredName(node) {
  if (node.id) return node.id.name;
  let parent = node.parent;
  while (parent?.type === "CallExpression") parent = parent.parent;
  return parent?.type === "VariableDeclarator" ? parent.id.name : null;
}

/** `({ className })` and `({ ...props })` do; so does `(props)` with `{...props}`. */
function takes(component) {
  const given = component?.params[0];
  if (!given) return false;
  if (given.type === "Identifier") return spreads(component, given.name) || readsClasses(component, given.name);
  if (given.type !== "ObjectPattern") return false;
  return given.properties.some(({ type, key, argument }) =>
    type === "RestElement" ? spreads(component, argument.name) : key.name === "className",
  );
}

function spreads(component, name) {
  return [...walk(component.body)].some(({ type, argument }) => type === "JSXSpreadAttribute" && argument.name === name);
}

function readsClasses(component, name) {
  return [...walk(component.body)].some(
    ({ type, object, property }) => type === "MemberExpression" && object.name === name && property.name === "className",
  );
}
