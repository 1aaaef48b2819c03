/** The files of an app as far as the canvas wants to know them: parsed once, imports followed. */
import { visitorKeys } from "oxc-parser";

import { isAppCode } from "../files.mjs";
import { ALIAS, isPackage, resolveFile } from "../resolve.mjs";
import { readSpecifier } from "../repair/import-edits.mjs";
import { Source } from "../repair/source.mjs";

const MOST_KEPT = 200;
const kept = new Map(); // text -> Source: most files are the same from one question to the next

function parsed(file, text) {
  const key = `${file}\0${text}`;
  const known = kept.get(key) ?? new Source(file, text);
  kept.delete(key);
  kept.set(key, known);
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value);
  return known;
}

export class Sources {
  /** @param {Map<string, string>} files  @param {(text: string) => boolean} isPoison  texts that crash the parser */
  constructor(files, isPoison = () => false) {
    this.files = files;
    this.isPoison = isPoison;
  }

  /** @returns {Source | null}  null when there is no such file, or it can't be read */
  get(file) {
    const text = this.files.get(file);
    if (text === undefined || this.isPoison(text)) return null;
    const source = parsed(file, text);
    return source.isSound ? source : null;
  }

  /** Files in which components may be. */
  get codeFiles() {
    return [...this.files.keys()].filter((file) => isAppCode(file) && /\.[jt]sx$/.test(file)).sort();
  }

  /** What a name of a file stands for, if it is imported: the app's file, or a package. */
  importOf(source, name) {
    for (const { specifier, imported, local, isType } of importsOf(source)) {
      if (local === name) return { specifier, imported, isType, file: this.resolve(source.file, specifier) };
    }
    return null;
  }

  resolve(importer, specifier) {
    return isPackage(specifier) ? null : resolveFile(this.files, importer, specifier);
  }

  /** The app's files that this one leads to, itself included. */
  reach(file) {
    const found = new Set([file]);
    for (const each of found) {
      const source = this.get(each);
      for (const { specifier } of source ? importsOf(source) : []) {
        const target = this.resolve(each, specifier);
        if (target) found.add(target);
      }
    }
    return found;
  }
}

/** @returns {{specifier: string, imported: string, local: string, isType: boolean}[]} */
export function importsOf({ program }) {
  return program.body.flatMap((statement) => {
    if (statement.type !== "ImportDeclaration") return [];
    const specifier = statement.source.value;
    return (statement.specifiers ?? []).map((one) => ({ specifier, ...readSpecifier(statement, one) }));
  });
}

/** How the app writes an import of one of its files. */
export const specifierOf = (file) => ALIAS + file.replace(/^src\//, "").replace(/(\/index)?\.\w+$/, "");

export function walk(node, visit) {
  if (visit(node) === false) return;
  for (const key of visitorKeys[node.type] ?? []) {
    const child = node[key];
    if (Array.isArray(child)) for (const one of child) one && walk(one, visit);
    else if (child) walk(child, visit);
  }
}
