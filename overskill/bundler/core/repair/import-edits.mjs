/** Changes of a module's imports, as small patches that keep its manner of writing them. */
import MagicString from "magic-string";

/** @typedef {{specifier: string, imported: string, local: string, isType: boolean}} Wanted  imported: a name, "default" or "*" */

const nameOf = (node) => node.name ?? node.value;

export class ImportEdits {
  /** @param {import("./source.mjs").Source} source */
  constructor(source) {
    this.source = source;
    this.text = new MagicString(source.text);
    this.declarations = source.program.body.filter(({ type }) => type === "ImportDeclaration");
    this.wanted = [];
    this.removed = new Set();
  }

  /** @param {Wanted} wanted */
  add(wanted) {
    this.wanted.push(wanted);
  }

  remove(...specifiers) {
    for (const specifier of specifiers) this.removed.add(specifier);
  }

  /** The whole text afterwards. */
  finish() {
    const freed = this.#takeOut();
    const groups = Map.groupBy(this.wanted, ({ specifier }) => specifier);
    const lines = [...groups].flatMap(([specifier, names]) => this.#join(specifier, names));
    const place = lines.length > 0 ? freed.shift() : undefined;
    if (place) this.text.overwrite(place.start, place.end, lines.join("\n"));
    else if (lines.length > 0) this.#insert(lines);
    for (const declaration of freed) this.removeStatement(declaration);
    return this.text.toString();
  }

  /** @returns the statements of which nothing is left */
  #takeOut() {
    const freed = [];
    for (const declaration of this.declarations) {
      const gone = declaration.specifiers.filter((specifier) => this.removed.has(specifier));
      if (gone.length === 0) continue;
      if (gone.length === declaration.specifiers.length) freed.push(declaration);
      else for (const specifier of gone) this.#removeSpecifier(declaration, specifier);
    }
    return freed;
  }

  /** A statement that has lines to itself goes with its line end. */
  removeStatement({ start, end }) {
    const { text } = this.source;
    let after = end;
    while (text[after] === ";" || text[after] === " ") after += 1;
    const lineStart = text.lastIndexOf("\n", start - 1) + 1;
    const isAlone = text.slice(lineStart, start).trim() === "" && (after >= text.length || /[\r\n]/.test(text[after]));
    if (!isAlone) this.text.remove(start, end);
    else this.text.remove(lineStart, text[after] === "\r" ? after + 2 : Math.min(after + 1, text.length));
  }

  #removeSpecifier(declaration, specifier) {
    const kept = declaration.specifiers.filter((one) => !this.removed.has(one));
    const isLastInBraces = specifier.type === "ImportSpecifier" && !kept.some(({ type }) => type === "ImportSpecifier");
    if (specifier.type === "ImportDefaultSpecifier") {
      const next = declaration.specifiers[1];
      const brace = this.source.text.lastIndexOf("{", next.start);
      this.text.remove(specifier.start, next.type === "ImportSpecifier" ? brace : next.start);
    } else if (isLastInBraces) {
      if (specifier !== declaration.specifiers.findLast(({ type }) => type === "ImportSpecifier")) return;
      const [{ end }] = kept; // the default import; the braces behind it go
      this.text.remove(end, this.source.text.indexOf("}", specifier.end) + 1);
    } else this.#removeFromList(declaration, specifier);
  }

  #removeFromList(declaration, specifier) {
    const list = declaration.specifiers.filter(({ type }) => type === "ImportSpecifier");
    const at = list.indexOf(specifier);
    const next = list[at + 1];
    if (next) {
      this.text.remove(specifier.start, next.start);
      return;
    }
    const before = list.slice(0, at).findLast((one) => !this.removed.has(one));
    this.text.remove(before.end, specifier.end);
  }

  /** Into an import of the same module where there is one; else a line of its own. */
  #join(specifier, names) {
    const whole = names.filter(({ imported }) => imported === "*");
    const named = names.filter(({ imported }) => imported !== "*");
    const lines = whole.map(({ local }) => this.#statement(`* as ${local}`, specifier, false));
    if (named.length === 0) return lines;
    const host = this.#host(specifier, named);
    if (host) {
      this.#extend(host, named);
      return lines;
    }
    const [first] = named.filter(({ imported }) => imported === "default");
    const list = named.filter((one) => one !== first);
    const isType = named.every((one) => one.isType);
    const braces = list.length > 0 ? `{ ${list.map((one) => written(one, isType)).join(", ")} }` : "";
    if (isType && first && braces)
      return [...lines, this.#statement(first.local, specifier, true), this.#statement(braces, specifier, true)];
    return [...lines, this.#statement([first?.local, braces].filter(Boolean).join(", "), specifier, isType)];
  }

  #host(specifier, named) {
    return this.declarations.find((declaration) => {
      const { specifiers, importKind, source } = declaration;
      if (source.value !== specifier || specifiers.length === 0) return false;
      if (specifiers.every((one) => this.removed.has(one))) return false;
      const kept = specifiers.filter((one) => !this.removed.has(one));
      if (kept.length < specifiers.length && !kept.some(({ type }) => type === "ImportSpecifier")) return false;
      if (importKind === "type" && named.some(({ isType }) => !isType)) return false;
      if (specifiers.some(({ type }) => type === "ImportNamespaceSpecifier")) return false;
      const hasDefault = specifiers.some(({ type }) => type === "ImportDefaultSpecifier");
      if (importKind === "type" && (hasDefault || named.some(({ imported }) => imported === "default"))) return false;
      return !(hasDefault && named.some(({ imported }) => imported === "default"));
    });
  }

  #extend({ specifiers, importKind }, named) {
    const list = specifiers.filter(({ type }) => type === "ImportSpecifier");
    const kept = list.filter((one) => !this.removed.has(one));
    const first = named.find(({ imported }) => imported === "default");
    if (first) this.text.appendLeft(this.source.text.lastIndexOf("{", list[0].start), `${first.local}, `);
    const added = named.filter((one) => one !== first).map((one) => written(one, importKind === "type"));
    if (added.length === 0) return;
    if (kept.length > 0) this.text.appendLeft(kept.at(-1).end, `, ${added.join(", ")}`);
    else if (list.length > 0) this.text.appendRight(specifiers[0].end, `, { ${added.join(", ")} }`);
    else this.text.appendLeft(specifiers.at(-1).end, `, { ${added.join(", ")} }`);
  }

  #statement(clause, specifier, isType) {
    const { text } = this.source;
    const sample = this.declarations[0];
    const quote = sample ? text[sample.source.start] : '"';
    const end = !sample || text[sample.end - 1] === ";" ? ";" : "";
    return `import ${isType ? "type " : ""}${clause} from ${quote}${specifier}${quote}${end}`;
  }

  #insert(lines) {
    const { text, program } = this.source;
    const last = this.declarations.at(-1);
    if (last) {
      this.text.appendLeft(last.end, lines.map((line) => `\n${line}`).join(""));
      return;
    }
    const directive = program.body.findLast((statement) => statement.directive);
    if (directive) this.text.appendLeft(directive.end, lines.map((line) => `\n${line}`).join(""));
    else this.text.prepend(`${lines.join("\n")}\n${/^\s*\n/.test(text) ? "" : "\n"}`);
  }
}

function written({ imported, local, isType }, isInTypeImport) {
  const type = isType && !isInTypeImport ? "type " : "";
  return type + (imported === local ? local : `${imported} as ${local}`);
}

/** @returns {{imported: string, local: string, isType: boolean}} */
export function readSpecifier(declaration, specifier) {
  const local = specifier.local.name;
  const isType = declaration.importKind === "type" || specifier.importKind === "type";
  if (specifier.type === "ImportDefaultSpecifier") return { imported: "default", local, isType };
  if (specifier.type === "ImportNamespaceSpecifier") return { imported: "*", local, isType };
  return { imported: nameOf(specifier.imported), local, isType };
}
