/** One text of one file, parsed when somebody asks; and the places in it. */
import { parseSync } from "oxc-parser";

import { position } from "../diagnostics.mjs";
import { isTooDeep, language } from "../files.mjs";
import { analyse } from "./scope.mjs";

const REDECLARED = /has already been declared/;

export class Source {
  #parsed = null;
  #scope = null;

  /** @param {string} [lang]  another language than the one its name says */
  constructor(file, text, lang = language(file)) {
    this.file = file;
    this.text = text;
    this.lang = lang;
  }

  /** The same file with another text. */
  with(text) {
    return new Source(this.file, text, this.lang);
  }

  get program() {
    return this.#parse().program;
  }

  get module() {
    return this.#parse().module;
  }

  /** @returns {{message: string, labels: {start: number, end: number, message: string | null}[]}[]} */
  get errors() {
    return this.#parse().errors;
  }

  get isSound() {
    return this.errors.length === 0;
  }

  get redeclarations() {
    return this.errors.filter(({ message }) => REDECLARED.test(message));
  }

  /** Whether it can be read at all; names that are declared twice can be. */
  get hasSyntax() {
    return this.errors.length === this.redeclarations.length;
  }

  /** @returns {import("./scope.mjs").Analysis} */
  get scope() {
    this.#scope ??= analyse(this.program);
    return this.#scope;
  }

  line(offset) {
    return position(this.text, offset).line;
  }

  #parse() {
    if (this.#parsed) return this.#parsed;
    if (isTooDeep(this.text)) this.#parsed = { errors: [{ message: "Nested too deeply.", labels: [] }] };
    else this.#parsed = parseSync(this.file, this.text, { lang: this.lang, showSemanticErrors: true });
    return this.#parsed;
  }
}
