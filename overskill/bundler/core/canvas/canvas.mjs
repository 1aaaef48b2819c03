/** Pages of an app as Puck documents, and back: see README.md. */
import { Refused } from "../files.mjs";
import { ImportEdits } from "../repair/import-edits.mjs";
import { Source } from "../repair/source.mjs";
import { Kinds, mainOf, palette, WELL_KNOWN } from "./blocks.mjs";
import { checkContents } from "./contents.mjs";
import { documentOf } from "./document.mjs";
import { routesOf } from "./routes.mjs";
import { importsOf } from "./sources.mjs";
import { readTree } from "./tree.mjs";
import { words } from "./types.mjs";
import { writeTree } from "./write.mjs";

const KIT = "src/components/ui/";
const NOT_PAGES = /^src\/main\.[jt]sx$|\.(test|stories)\.[jt]sx$/;

const invalid = (message) => new Refused("invalid_input", message);

/**
 * The files that the canvas can show. Those with a route come first, then what the app begins with.
 * @returns {{path: string, name: string, route: string | null, kind: "page" | "component", problem: string}[]}
 */
export function listPages(sources) {
  const routes = routesOf(sources);
  const pages = [];
  for (const file of sources.codeFiles) {
    if (file.startsWith(KIT) || NOT_PAGES.test(file)) continue;
    const source = sources.get(file);
    const main = source && mainOf(source);
    if (!source) pages.push(pageOf(file, null, routes, "It can't be read: it has a mistake in it."));
    else if (main) pages.push(pageOf(file, main, routes, main.root ? "" : "What it shows is not one element."));
  }
  const rank = ({ route, kind, path }) =>
    (route === "/" ? 0 : route ? 1 : kind === "page" ? 2 : 3) + (path.includes("App.") ? -0.5 : 0);
  return pages.sort((one, other) => rank(one) - rank(other) || (one.path < other.path ? -1 : 1));
}

function pageOf(path, main, routes, problem) {
  const isPage = routes.has(path) || /^src\/(App\.|pages\/)/.test(path);
  const route = routes.get(path) ?? (/^src\/App\./.test(path) && routes.size === 0 ? "/" : null);
  return {
    path,
    name: words(main?.name ?? path.split("/").at(-1)),
    route,
    kind: isPage ? "page" : "component",
    problem,
  };
}

/** @returns {{document, kinds: import("./blocks.mjs").BlockKind[], imports: object, component: string, root: object}} */
export function readPage(sources, file) {
  const { source, main, tree } = open(sources, file);
  const kinds = new Kinds(source, sources, tree);
  const root = kinds.ofRoot(tree.root);
  return {
    document: documentOf(tree.root, source.text, kinds.takesChildren),
    kinds: kinds.all,
    imports: Object.fromEntries(importsOf(source).map(({ local, ...rest }) => [local, rest])),
    component: main.name,
    root: { type: tree.root.type, takesBlocks: !root || root.takesChildren || tree.root.items.length > 0 },
  };
}

/** What can be added to a page. */
export function listBlocks(sources, file) {
  const source = sources.get(file);
  if (!source) throw unreadable(file);
  return palette(source, sources, new Set(routesOf(sources).keys()));
}

/**
 * @param {object} imports  where names come from that the file had when it was opened, and may need again
 * @returns {string} the file's text with the document in it
 */
export function writePage(sources, file, document, imports = {}) {
  const { source, tree } = open(sources, file);
  checkContents(tree, document, () => new Kinds(source, sources, tree));
  const before = source.scope;
  const written = source.with(writeTree(tree, source.text, document));
  if (written.text === source.text) return source.text;
  if (!written.isSound) throw invalid(`${file} would not compile any more: ${written.errors[0].message}`);
  const text = withImports(written, before, wantedImports(sources, source, imports));
  const result = new Source(file, text);
  const lost = result.isSound ? missing(result.scope, before)[0] : null;
  if (lost) throw invalid(`${lost} is not known in ${file}, so nothing was changed. Reload the page and try again.`);
  return text;
}

function open(sources, file) {
  const source = sources.get(file);
  if (!source) throw unreadable(file);
  const main = mainOf(source);
  if (!main?.root) throw invalid(`${file} does not show one element, so it can only be edited as code.`);
  return { source, main, tree: readTree(main.root, source.text) };
}

const unreadable = (file) =>
  invalid(`${file} is not in the app, or it has a mistake in it. Put that right in the code first.`);

const missing = (after, before) => [...after.unresolved.keys()].filter((name) => !before.unresolved.has(name));

/** Names that are needed now get an import; names that nothing uses any more lose theirs. */
function withImports(written, before, wanted) {
  const edits = new ImportEdits(written);
  for (const name of missing(written.scope, before)) {
    const from = wanted(name);
    if (from) edits.add({ isType: false, ...from, local: name });
  }
  const uses = (scope, name) => scope.topLevel.has(name);
  for (const declaration of edits.declarations) {
    const unused = declaration.specifiers.filter(
      ({ local: { name } }) => uses(before, name) && !uses(written.scope, name),
    );
    edits.remove(...unused);
  }
  return edits.finish();
}

function wantedImports(sources, source, imports) {
  let kinds = null;
  return (name) => {
    if (Object.hasOwn(imports, name)) return imports[name];
    kinds ??= new Map(listBlocks(sources, source.file).map((kind) => [kind.type, kind]));
    return kinds.get(name)?.from ?? (Object.hasOwn(WELL_KNOWN, name) ? WELL_KNOWN[name] : null);
  };
}
