/** Code at the top of a module that would break the app as soon as it is loaded. */
import { ImportEdits } from "./import-edits.mjs";

/** @type {import("./repair.mjs").Kind} */
export function sideEffects(source, app) {
  const work = { source, app, edits: new ImportEdits(source), repairs: [] };
  for (const statement of source.program.body) {
    if (statement.type === "ExpressionStatement") {
      secondRoot(statement, work);
      missingElement(statement, work);
    }
    emptyJson(statement, work);
  }
  processVariables(work);
  return work.repairs.length > 0 ? { text: work.edits.finish(), repairs: work.repairs } : null;
}

function say(work, node, message) {
  work.repairs.push({ kind: "side_effect", message, line: work.source.line(node.start) });
}

/** The entry renders the app already: a second root in the same element is refused by React. */
function secondRoot(statement, work) {
  const { source, app, edits } = work;
  const { entry } = app;
  if (source.file === entry || !/\bcreateRoot\(/.test(app.files.get(entry) ?? "")) return;
  const text = source.text.slice(statement.start, statement.end);
  if (
    !/^(?:ReactDOM(?:Client)?\.)?(?:createRoot|hydrateRoot|render)\(/.test(text) ||
    !/getElementById\(\s*["']root["']/.test(text)
  )
    return;
  edits.removeStatement(statement);
  say(work, statement, `${entry} renders the app, so it is not rendered a second time`);
  const gone = ["createRoot", "hydrateRoot", "ReactDOM", "ReactDOMClient"];
  for (const declaration of edits.declarations) {
    for (const specifier of declaration.specifiers) {
      const uses = source.scope.topLevel.get(specifier.local.name) ?? [];
      const isFree = uses.every(({ node }) => node.start >= statement.start && node.end <= statement.end);
      if (gone.includes(specifier.local.name) && isFree) edits.remove(specifier);
    }
  }
}

/** An element that index.html does not have is not there yet when a module is loaded. */
function missingElement({ expression }, { source, app, ...work }) {
  const page = app.files.get("index.html") ?? "";
  for (let node = expression; node; node = node.callee ?? node.object ?? node.expression) {
    if (node.type !== "MemberExpression" || node.optional || node.computed) continue;
    const bare = node.object.type === "TSNonNullExpression" ? node.object.expression : node.object;
    const found = source.text.slice(bare.start, bare.end);
    const id = /^document\.getElementById\(\s*["']([\w-]+)["']\s*\)$/.exec(found)?.[1];
    if (!id || id === "root" || page.includes(id)) continue;
    work.edits.text.overwrite(bare.end, node.object.end + 1, "?.");
    say({ ...work, source }, node, `The page has no element "${id}" yet: it is left alone until it has`);
    return;
  }
}

/** `JSON.parse(… || "")` throws whenever there is nothing. */
function emptyJson(statement, work) {
  if (statement.type === "TryStatement") return;
  const declared = (statement.declaration ?? statement).declarations ?? [];
  for (const { init } of declared) {
    const [given] = init?.type === "CallExpression" ? init.arguments : [];
    if (!given || work.source.text.slice(init.callee.start, init.callee.end) !== "JSON.parse") continue;
    const isEmpty = given.type === "LogicalExpression" && given.right.type === "Literal" && given.right.value === "";
    if (!isEmpty) continue;
    work.edits.text.overwrite(given.right.start, given.right.end, '"null"');
    say(work, given.right, "Nothing stored is read as null rather than failing");
  }
}

/** There is no `process` in browsers. */
function processVariables({ source, ...work }) {
  const uses = source.scope.unresolved.get("process") ?? [];
  if (uses.some(({ use }) => use === "typeof")) return;
  for (const { node } of uses) {
    const name = /^process\.env\.([A-Z_][A-Z\d_]*)\b/i.exec(source.text.slice(node.start, node.start + 120))?.[1];
    if (!name) continue;
    const right = name === "NODE_ENV" ? "import.meta.env.MODE" : `import.meta.env.${name}`;
    work.edits.text.overwrite(node.start, node.start + `process.env.${name}`.length, right);
    say({ ...work, source }, node, `process.env.${name} is ${right} in the browser`);
  }
}
