/**
 * What the code editor asks about an app's code: TypeScript's own answers, from one language server for all apps. Of the
 * open file a question brings the text, which need not be saved; the rest of the app is what the daemon holds.
 */
import { checkPath, isAppCode, isTooDeep, Refused } from "../core/files.mjs";
import * as answers from "./answers.mjs";
import { Failed, Gone } from "./connection.mjs";
import { completions, items, sourceOf } from "./completions.mjs";
import { Importable } from "./importable.mjs";
import { prepareFolder, Project } from "./projects.mjs";
import { LanguageServer } from "./server.mjs";

const PATIENCE = { answer: 13_000, end: 5000 }; // ms: then it is called off, then ended; the caller waits for 20 s
const QUIET_FOR = 60_000; // an app that made the server crash or hang
const IDLE_AFTER = 10 * 60_000; // without a question: of an app, and of the server
const SWEEP_EVERY = 60_000;
const MOST_WAITING = 12; // questions of one app
const LONGEST_TEXT = 512 * 1024;
const TROUBLED = "The code of this app is too much for suggestions and types. They are tried again in a minute.";

/**
 * @typedef {object} Question
 * @property {string} key     of an open app
 * @property {string} path
 * @property {string} text    of that file, as it is in the editor
 * @property {number} line    from 1, as columns are
 * @property {number} column
 */

export class Language {
  #server = null;
  #projects = new Map(); // key -> {project, app, queue, waiting, touched, troubledUntil, suggested}
  #folder;

  /**
   * @param {object} parts
   * @param {import("../server/open-apps.mjs").OpenApps} parts.apps
   * @param {string[]} parts.command        starts a language server
   * @param {string} parts.folder           ours alone
   * @param {string} parts.packages         the folder with the vendor set's node_modules
   */
  constructor({ apps, command, folder, packages, patience = PATIENCE }) {
    this.apps = apps;
    this.command = command;
    this.patience = patience;
    this.#folder = prepareFolder(folder, packages);
    this.sweeper = setInterval(() => this.sweep(), SWEEP_EVERY).unref();
  }

  complete(question) {
    return this.#answer(question, { items: [], isIncomplete: false }, async (asked, held) => {
      const found = await asked("textDocument/completion");
      held.suggested = { ...question, found };
      const { text, line, column } = question;
      const before = (text.split("\n")[line - 1] ?? "").slice(0, column - 1);
      return completions(found, { text, column, before }, new Importable(held.app.files.keys(), held.app.vendor));
    });
  }

  /** What a suggestion of `complete` means and imports; `label` and `source` say which. */
  resolve(question) {
    return this.#answer(question, { code: "", documentation: "", edits: [] }, async (asked, { suggested }) => {
      const isSame = ["path", "text", "line", "column"].every((name) => suggested?.[name] === question[name]);
      const found = isSame ? suggested.found : await asked("textDocument/completion");
      const isMeant = (item) => item.label === question.label && sourceOf(item) === (question.source ?? "");
      const item = items(found).find(isMeant);
      return answers.description(item ? await asked("completionItem/resolve", item) : {});
    });
  }

  hover(question) {
    return this.#answer(question, { hover: null }, async (asked) => ({
      hover: answers.hover(await asked("textDocument/hover")),
    }));
  }

  signature(question) {
    return this.#answer(question, { signature: null }, async (asked) => ({
      signature: answers.signature(await asked("textDocument/signatureHelp")),
    }));
  }

  definition(question) {
    return this.#answer(question, { places: [], package: "" }, async (asked, { project }) =>
      answers.definition(await asked("textDocument/definition"), project),
    );
  }

  async diagnostics(question) {
    const { app } = await this.#held(question);
    const isSaved = app.files.get(question.path) === question.text;
    const known = isSaved ? app.diagnostics.filter(({ file }) => file === question.path) : [];
    const { found } = await this.#answer({ ...question, line: 1, column: 1 }, { found: [] }, async (asked) => ({
      found: answers.diagnostics(await asked("textDocument/diagnostic"), question.path),
    }));
    const told = new Set(known.map(({ line }) => line)); // the bundler's words for the same are better
    return { diagnostics: [...known, ...found.filter(({ line }) => !told.has(line))] };
  }

  get megabytes() {
    return this.#server?.megabytes ?? 0;
  }

  /** What nobody asks about any more goes, and so does a server that grew too large. */
  sweep() {
    const isIdle = ({ touched, waiting }) => waiting === 0 && Date.now() - touched > IDLE_AFTER;
    for (const [key, held] of this.#projects) {
      if (!isIdle(held)) continue;
      this.#projects.delete(key);
      this.#server?.forget(held.project);
      held.project.remove();
    }
    const isQuiet = [...this.#projects.values()].every(({ waiting }) => waiting === 0);
    if (this.#projects.size === 0 || (isQuiet && this.#server?.isTooLarge)) {
      this.#server?.kill();
      this.#server = null;
    }
  }

  close() {
    clearInterval(this.sweeper);
    this.#server?.kill();
    this.#server = null;
  }

  /** One question of an app after the other: each is about a text of its own. */
  async #answer(question, nothing, work) {
    const held = await this.#held(question);
    if (!isAppCode(question.path) || isTooDeep(question.text)) return nothing;
    if (held.waiting >= MOST_WAITING)
      throw new Refused("unavailable", "Too much is asked at once. Type on, and it goes on.");
    held.waiting += 1;
    const result = held.queue.then(() => this.#try(held, question, work));
    held.queue = result.catch(() => {}).then(() => (held.waiting -= 1));
    return result;
  }

  async #held({ key, path, text, line = 1, column = 1 }) {
    const isPlace = [line, column].every((number) => Number.isInteger(number) && number > 0);
    if (typeof path !== "string" || typeof text !== "string" || text.length > LONGEST_TEXT || !isPlace)
      throw new Refused("invalid_input", "A question about code needs a path, its text, and a place in it.");
    checkPath(path);
    const entry = await this.apps.find(key);
    if (!entry?.hasFiles || entry.isRestored)
      throw new Refused("unknown_app", "The preview was restarted and does not hold this app. Open it again.");
    const fresh = { queue: Promise.resolve(), waiting: 0, troubledUntil: 0, suggested: null };
    if (!this.#projects.has(key)) this.#projects.set(key, { ...fresh, project: new Project(this.#folder) });
    const held = this.#projects.get(key);
    held.app = entry.app;
    held.touched = Date.now();
    return held;
  }

  /** A server that goes away over a question is asked it once more; then the app is left alone for a while. */
  async #try(held, question, work) {
    if (held.troubledUntil > Date.now()) throw new Refused("unavailable", TROUBLED);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#ask(held, question, work);
      } catch (error) {
        if (error instanceof Failed)
          throw new Refused("unavailable", "TypeScript has no answer to that. Type on, and ask again.");
        if (!(error instanceof Gone)) throw error;
        if (attempt === 2 || error.isHung) {
          held.troubledUntil = Date.now() + QUIET_FOR;
          throw new Refused("unavailable", TROUBLED);
        }
      }
    }
  }

  async #ask(held, { path, text, line, column }, work) {
    const server = this.#running();
    await server.ready;
    this.#usePackages(server, held);
    server.show(held.project, held.project.update(held.app), path, text);
    const usual = { textDocument: { uri: held.project.uri(path) }, position: answers.toServer({ line, column }) };
    const asked = (method, params = usual) => this.#patiently(server, server.ask(method, params));
    const answer = await work(asked, held);
    if (!server.isWarm) this.#warmUp(server, usual);
    return answer;
  }

  /** With other packages an app is another project: what the server knows of paths would not hold any more. */
  #usePackages(server, held) {
    const { vendor } = held.app;
    if ((vendor.folder ?? null) === held.project.packages) return;
    server.forget(held.project);
    held.project.remove();
    held.project = new Project(this.#folder, vendor);
  }

  #running() {
    if (!this.#server?.isRunning) this.#server = new LanguageServer(this.command, this.#folder);
    return this.#server;
  }

  /** What takes too long is called off; a server that does not even hear that is ended. */
  async #patiently(server, { answer, cancel }) {
    let isHung = false;
    const called = setTimeout(cancel, this.patience.answer);
    const ended = setTimeout(() => {
      isHung = true;
      server.kill();
    }, this.patience.answer + this.patience.end);
    try {
      return await answer;
    } catch (error) {
      if (error instanceof Gone) error.isHung = isHung;
      throw error;
    } finally {
      clearTimeout(called);
      clearTimeout(ended);
    }
  }

  /** The first suggestions need an index of all packages: it is made when an editor was opened, before anybody types. */
  #warmUp(server, { textDocument }) {
    server.isWarm = true;
    server.ask("textDocument/completion", { textDocument, position: { line: 0, character: 0 } }).answer.catch(() => {});
  }
}
