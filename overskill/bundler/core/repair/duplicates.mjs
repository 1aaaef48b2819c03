/** Names that are declared twice where one of the two can go. */
import MagicString from "magic-string";

import { ICONS } from "../vendor.mjs";
import { ImportEdits, readSpecifier } from "./import-edits.mjs";

/** @type {import("./repair.mjs").Kind} */
export function duplicates(source) {
  if (!source.hasSyntax) return null;
  const isImportedTwice = source.redeclarations.length > 0; // the parser lets other things be there twice
  return (isImportedTwice ? repeatedImports(source) : null) ?? importsOfOwnNames(source) ?? repeatedStatements(source);
}

/** The same name imported twice: the second goes; an icon that a component has the name of gets another one. */
function repeatedImports(source) {
  const edits = new ImportEdits(source);
  const seen = new Map();
  const repairs = [];
  for (const declaration of edits.declarations) {
    for (const specifier of declaration.specifiers) {
      const { local, imported } = readSpecifier(declaration, specifier);
      const first = seen.get(local);
      const here = { declaration, specifier, imported, from: declaration.source.value };
      if (!first) seen.set(local, here);
      else if (first.from === here.from && first.imported === imported) {
        const isSecondBetter = isOfType(first) && !isOfType(here);
        edits.remove((isSecondBetter ? first : here).specifier);
        repairs.push(told(`${local} was imported twice`, specifier, source));
      } else if (separateIcon(local, first, here, edits, source)) {
        repairs.push(told(`The icon ${local} is called ${local}Icon beside the component`, specifier, source));
      }
    }
  }
  return repairs.length > 0 ? { text: edits.finish(), repairs } : null;
}

const isOfType = ({ declaration, specifier }) => declaration.importKind === "type" || specifier.importKind === "type";
const told = (message, { start }, source) => ({ kind: "duplicate", message, line: source.line(start) });

/** `<Link className="size-4" />` is the icon, `<Link to="/">…</Link>` is not. */
function separateIcon(local, first, second, edits, source) {
  const icon = [first, second].find(({ from }) => from === ICONS);
  const other = icon === first ? second : first;
  if (!icon || other.from === ICONS || source.scope.declared.has(`${local}Icon`)) return false;
  edits.text.overwrite(icon.specifier.start, icon.specifier.end, `${icon.imported} as ${local}Icon`);
  for (const { use, node } of source.scope.topLevel.get(local) ?? []) {
    const tag = source.text.slice(node.start, source.text.indexOf(">", node.start) + 1);
    const isIcon =
      use === "jsx" && tag.endsWith("/>") && !/\s(?!className|size|aria-hidden|strokeWidth|color)[\w-]+=/.test(tag);
    if (isIcon) edits.text.appendLeft(node.end, "Icon");
  }
  return true;
}

/** Imported, and declared here as well: what is here was written for this file. */
function importsOfOwnNames(source) {
  const edits = new ImportEdits(source);
  const own = ownNames(source.program);
  const repairs = [];
  for (const declaration of edits.declarations) {
    for (const specifier of declaration.specifiers) {
      const { local, isType } = readSpecifier(declaration, specifier);
      if (own.get(local) !== (isType ? "type" : "value")) continue; // a type and a value may share a name
      edits.remove(specifier);
      repairs.push(told(`${local} is declared here, so it is not imported`, specifier, source));
    }
  }
  return repairs.length > 0 ? { text: edits.finish(), repairs } : null;
}

function ownNames(program) {
  const names = new Map();
  for (const statement of program.body) {
    const node = statement.declaration ?? statement;
    const isType = node.type === "TSInterfaceDeclaration" || node.type === "TSTypeAliasDeclaration";
    if (node.type === "VariableDeclaration") {
      for (const { id } of node.declarations) if (id.name) names.set(id.name, "value");
    } else if (/Declaration$/.test(node.type) && node.id?.name) names.set(node.id.name, isType ? "type" : "value");
  }
  return names;
}

/** A statement that stands there twice, letter for letter. */
function repeatedStatements(source) {
  const text = new MagicString(source.text);
  const seen = new Set();
  const repairs = [];
  for (const statement of source.program.body) {
    const words = source.text
      .slice(statement.start, statement.end)
      .replace(/^export (?=[^d{*])/, "")
      .replace(/;$/, "");
    const node = statement.declaration ?? statement;
    if (!/Declaration$/.test(node.type) || statement.type === "ImportDeclaration") continue;
    if (seen.has(words)) {
      text.remove(statement.start, after(source.text, statement.end));
      repairs.push(told("A declaration that stood there twice is there once", statement, source));
    }
    seen.add(words);
  }
  return repairs.length > 0 ? { text: text.toString(), repairs } : null;
}

/** The end of the line, and of the empty line that follows. */
function after(text, end) {
  const blank = /^[ \t;]*(?:\r?\n)?(?:[ \t]*\r?\n)?/.exec(text.slice(end, end + 200));
  return end + blank[0].length;
}
