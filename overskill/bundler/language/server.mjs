/**
 * The language server: one process of TypeScript's native compiler for all apps, started with the first question and
 * stopped when nobody asks any more. It is bounded in memory by what it is started with, and in time by its callers.
 */
import { spawn } from "node:child_process";
import { pathToFileURL } from "node:url";

import { Connection } from "./connection.mjs";
import { megabytesOf } from "./memory.mjs";

const START_PATIENCE = 15_000; // ms
const MOST_MEGABYTES = 1000; // more than it needs: it is replaced when nobody waits for it

/** What an editor would have set; the server asks for each of its sections. */
const PREFERENCES = {
  preferences: { importModuleSpecifier: "non-relative", autoImportEntrypointDirectorySearch: false },
};
const ABILITIES = {
  general: { positionEncodings: ["utf-16"] },
  workspace: { configuration: true, didChangeWatchedFiles: { dynamicRegistration: false } },
  textDocument: {
    completion: {
      completionItem: {
        snippetSupport: false,
        documentationFormat: ["markdown"],
        labelDetailsSupport: true,
        resolveSupport: { properties: ["documentation", "detail", "additionalTextEdits"] },
      },
      completionList: { itemDefaults: ["editRange"] },
    },
    hover: { contentFormat: ["markdown"] },
    signatureHelp: {
      signatureInformation: { documentationFormat: ["markdown"], parameterInformation: { labelOffsetSupport: true } },
    },
    definition: { linkSupport: false },
    diagnostic: { relatedInformation: false },
  },
};

export class LanguageServer {
  isWarm = false; // it knows what could be imported
  #child;
  #connection;
  #open = new Map(); // project -> {file, text, version}

  /** @param {string[]} command @param {string} folder  of all apps */
  constructor(command, folder) {
    const [program, ...args] = command;
    this.#child = spawn(program, args, { cwd: "/", stdio: ["pipe", "pipe", "ignore"] });
    this.#connection = new Connection(this.#child, {
      "workspace/configuration": ({ items }) => items.map(() => PREFERENCES),
    });
    this.ready = this.#initialize(pathToFileURL(folder).href);
  }

  get isRunning() {
    return this.#connection.isOpen;
  }

  /** The server knows the project's files as they are on disk, and of `file` this text. */
  show(project, changes, file, text) {
    if (changes.length > 0) this.#connection.tell("workspace/didChangeWatchedFiles", { changes });
    const shown = this.#open.get(project);
    if (shown?.file === file) {
      if (shown.text === text) return;
      shown.text = text;
      shown.version += 1;
      const textDocument = { uri: project.uri(file), version: shown.version };
      this.#connection.tell("textDocument/didChange", { textDocument, contentChanges: [{ text }] });
      return;
    }
    const textDocument = { uri: project.uri(file), languageId: languageId(file), version: 1, text };
    this.#connection.tell("textDocument/didOpen", { textDocument });
    this.#close(project); // after that: a project with nothing open is forgotten
    this.#open.set(project, { file, text, version: 1 });
  }

  forget(project) {
    this.#close(project);
    this.#open.delete(project);
  }

  /** @returns {{answer: Promise<any>, cancel: () => void}} */
  ask(method, params) {
    return this.#connection.ask(method, params);
  }

  get megabytes() {
    return megabytesOf(this.#child.pid);
  }

  get isTooLarge() {
    return this.megabytes > MOST_MEGABYTES;
  }

  kill() {
    this.#child.kill("SIGKILL");
  }

  #close(project) {
    const shown = this.#open.get(project);
    if (shown) this.#connection.tell("textDocument/didClose", { textDocument: { uri: project.uri(shown.file) } });
  }

  async #initialize(rootUri) {
    const tooLong = setTimeout(() => this.kill(), START_PATIENCE);
    try {
      await this.#connection.ask("initialize", { processId: null, rootUri, capabilities: ABILITIES }).answer;
      this.#connection.tell("initialized", {});
    } finally {
      clearTimeout(tooLong);
    }
  }
}

function languageId(file) {
  if (file.endsWith(".tsx")) return "typescriptreact";
  if (file.endsWith(".jsx")) return "javascriptreact";
  return file.endsWith(".ts") ? "typescript" : "javascript";
}
