/** An app's CSS: Tailwind compiled in this process, incrementally, without ever running the app's configuration. */
import path from "node:path";
import { Scanner } from "@tailwindcss/oxide";
import { compile as compileTailwind } from "tailwindcss";

import { assetUrl } from "./compile.mjs";
import { blocks, delta } from "./css-delta.mjs";
import { rewriteUrls, withoutRemoteImports } from "./css-urls.mjs";
import { changedVariables, withVariables } from "./css-variables.mjs";
import { diagnostic } from "./diagnostics.mjs";
import { isAppCode } from "./files.mjs";
import { PACKAGE_STYLES } from "./link.mjs";
import { resolveFile } from "./resolve.mjs";

/** CSS as it was shown once; the parsed blocks are kept for the next difference. */
export class Sheet {
  #blocks = null;

  constructor(text) {
    this.text = text;
  }

  get blocks() {
    this.#blocks ??= blocks(this.text);
    return this.#blocks;
  }

  /** What turns `before` into this: null when nothing, operations when few, else the whole text. */
  since(before) {
    if (before?.text === this.text) return null;
    const operations = before ? delta(before.blocks, this.blocks) : null;
    return operations === null ? { text: this.text } : { count: before.blocks.length, operations };
  }
}

export class Styles {
  #candidates = new Map(); // file -> class-like words in it
  #used = new Set(); // words the compiler has been given
  #compiler = null;
  #source = ""; // what #compiler was made from
  #isStale = false; // variables were changed in the output without compiling

  /** @param {typeof assetUrl} toUrl  the address of a file that a stylesheet refers to */
  constructor(vendor, toUrl = assetUrl) {
    this.vendor = vendor;
    this.toUrl = toUrl;
    this.sheet = new Sheet("");
  }

  /** Stylesheets of packages may be others now. */
  useVendor(vendor) {
    this.vendor = vendor;
    this.#source = "";
  }

  get isStale() {
    return this.#isStale;
  }

  /** Look for class names in files that changed; those of files that went are forgotten at the next full compile. */
  scan(files, changed) {
    for (const file of changed) {
      const text = files.get(file);
      if (text === undefined) this.#candidates.delete(file);
      else if (isAppCode(file) || file === "index.html") {
        this.#candidates.set(file, candidates(file, text));
      }
    }
  }

  /** @returns {Promise<import("./diagnostics.mjs").Diagnostic[]>} */
  async update(files, stylesheets, changed) {
    this.scan(files, changed);
    const { source, diagnostics } = this.#joined(files, stylesheets);
    if (source !== this.#source && this.#patchVariables(source)) return diagnostics;
    try {
      if (source !== this.#source || this.#isStale || this.#compiler === null) await this.#compile(source, files);
      this.#build();
    } catch (error) {
      this.#source = "";
      diagnostics.push(diagnostic(stylesheets[0] ?? "src/index.css", "css", sentence(error)));
    }
    return diagnostics;
  }

  /** Compile what a variable patch put off. Whether the result differs from what was patched. */
  async settle(files, stylesheets) {
    const before = this.sheet.text;
    if (this.#isStale) await this.update(files, stylesheets, []);
    return this.sheet.text !== before;
  }

  /** Only values of custom properties changed: put them into the output and leave compiling for later. */
  #patchVariables(source) {
    const changes = this.#source && changedVariables(this.#source, source);
    const text = changes && withVariables(this.sheet.text, changes);
    if (!text) return false;
    this.sheet = new Sheet(text);
    this.#source = source;
    this.#isStale = true;
    return true;
  }

  async #compile(source, files) {
    this.#source = "";
    this.#compiler = await compileTailwind(source, {
      base: "/",
      loadModule: (id, _base, kind) => {
        throw new Error(`@${kind} "${id}" is not allowed here. Use plain CSS or Tailwind's own directives.`);
      },
      loadStylesheet: (id, base) => this.#stylesheet(id, base, files),
    });
    this.#used = new Set();
    this.#source = source;
    this.#isStale = false;
  }

  async #stylesheet(id, base, files) {
    const content = this.vendor.stylesheets.get(id);
    if (content !== undefined) return { path: id, base, content };
    const importer = base === "/" ? "src/index.css" : `${base.slice(1)}/index.css`;
    const file = resolveFile(files, importer, /^[./]/.test(id) ? id : `./${id}`);
    if (file === null || !file.endsWith(".css")) throw new Error(`Cannot import the stylesheet "${id}".`);
    return { path: file, base: `/${path.posix.dirname(file)}`, content: this.#prepared(file, files).text };
  }

  /** All stylesheets the app imports, in order, as one: Tailwind's own comes first, so that @apply works in all. */
  #joined(files, stylesheets) {
    const texts = [];
    const diagnostics = [];
    for (const file of stylesheets) {
      const { text, remote } = this.#prepared(file, files);
      texts.push(text);
      for (const url of remote) {
        const message = `Stylesheets from other hosts are not loaded (${url}). Put the CSS in the app.`;
        diagnostics.push(diagnostic(file, "css", message, { severity: "warning" }));
      }
    }
    return { source: texts.join("\n"), diagnostics };
  }

  #prepared(file, files) {
    if (file.startsWith(PACKAGE_STYLES)) {
      return withoutRemoteImports(this.vendor.stylesheets.get(file.slice(PACKAGE_STYLES.length)) ?? "");
    }
    const { text, remote } = withoutRemoteImports(files.get(file));
    return { text: rewriteUrls(text, (url) => fileUrl(files, file, url, this.toUrl)), remote };
  }

  #build() {
    const isFirst = this.#used.size === 0;
    const fresh = [...new Set([...this.#candidates.values()].flat())].filter((word) => !this.#used.has(word));
    if (fresh.length === 0 && !isFirst) return;
    fresh.forEach((word) => this.#used.add(word));
    const text = this.#compiler.build(fresh);
    if (text !== this.sheet.text) this.sheet = new Sheet(text);
  }
}

/** A scanner of its own for each file: one that is kept gives only what it has not given before. */
function candidates(file, text) {
  return new Scanner({ sources: [] }).scanFiles([{ content: text, extension: path.posix.extname(file).slice(1) }]);
}

/** The address of a file that a stylesheet refers to; anything else stays as it is. */
function fileUrl(files, importer, url, toUrl) {
  const [plain] = url.split(/[?#]/);
  const target = resolveFile(files, importer, /^[./]/.test(plain) ? plain : `./${plain}`);
  return target === null ? url : toUrl(target, files.get(target));
}

function sentence(error) {
  return /[.!?]$/.test(error.message) ? error.message : `${error.message}.`;
}
