/** The script inside every preview: starts the app, keeps it up to date with its state, and tells the editor. */
import { Connection } from "./connection.js";
import { EditorLink } from "./editor-link.js";
import { Kept } from "./kept.js";
import { PageHead } from "./page-head.js";
import { firstChild, isBlank, navigate, painted } from "./page.js";
import { Registry } from "./registry.js";
import { Reports } from "./reports.js";
import { Screens } from "./screens.js";
import { takeSnapshot } from "./snapshot.js";
import { Select } from "./select.js";
import { sourcesOf } from "./source-locations.js";
import { provideStorage } from "./storage.js";
import { Stylesheet } from "./stylesheet.js";
import { Vendors } from "./vendors.js";
import { described } from "./watch.js";

const BLANK_AFTER = 400; // ms after an error; an app that still shows something is left alone
const MOST_PROBLEMS = 10; // that the editor is told
const BLAMED_FOR = 2000; // ms; an app that stops so soon after an update stopped because of it

class Preview {
  revision = -1;
  vendors = new Vendors();
  registry = new Registry(this.vendors);
  stylesheet = new Stylesheet(document.getElementById("overskill-css"));
  head = new PageHead();
  screens = new Screens();
  #entry = null;
  #problems = [];
  #isBroken = false; // it never started: only a fresh start is certain
  #isHeldBack = false; // the latest update failed, and what was there before is shown
  #updated = 0;
  #work = Promise.resolve();

  constructor({ parents, isShared }) {
    this.isShared = isShared;
    this.editor = new EditorLink(parents);
    this.connection = new Connection({ take: (message) => this.take(message), revision: () => this.revision });
    this.reports = new Reports(this.editor, this.connection);
    this.select = new Select((type, details) => this.editor.post(type, details));
    this.kept = new Kept((type, details) => this.editor.post(type, details));
  }

  start({ state, preload }) {
    this.editor.post("begin");
    this.kept.start();
    this.#work = this.vendors.load(preload, state?.addresses).catch((error) => this.#report(described(error, "error")));
    this.reports.start((error) => void this.#report(error));
    this.editor.listen({
      navigate: ({ path }) => navigate(path),
      back: () => history.back(),
      forward: () => history.forward(),
      reload: () => location.reload(),
      "color-scheme": ({ scheme }) => this.screens.setScheme(scheme),
      snapshot: ({ id }) => void this.#answerSnapshot(id),
      ...this.select.commands,
      ...this.kept.commands,
    });
    if (state) this.take(state);
    else this.screens.showWaiting();
    this.#work = this.#work.then(() => {
      this.connection.open();
      this.editor.post("ready", { revision: this.revision });
    });
  }

  /** One after the other: an update may wait for packages. */
  take(message) {
    this.#work = this.#work.then(() => this.#handle(message)).catch((error) => this.#report(described(error, "error")));
  }

  async #handle(message) {
    if (message.type === "state") await this.#apply(message);
    else if (message.type === "problems") this.#showProblems(message.problems);
    else if (message.type === "waiting" && this.#entry === null) this.screens.showWaiting();
    else if (message.type === "gone") this.#leave();
  }

  async #apply(state) {
    const received = performance.now();
    const isWhole = state.from === null;
    if (!isWhole && state.from !== this.revision) {
      this.connection.send({ type: "resync" });
      return;
    }
    if (this.#isBroken || !this.registry.setVariables(state.variables)) {
      location.reload();
      return;
    }
    if (this.vendors.isOutdated(state.addresses)) {
      location.reload(); // a package that is loaded was bundled anew, with parts that must share it
      return;
    }
    await this.vendors.load(state.vendors, state.addresses);
    this.registry.addIcons(state.icons);
    this.head.apply(state.head);
    const isStyled = this.stylesheet.apply(state.css);
    const isKept = new Set(isWhole ? state.modules.map(({ id }) => id) : []);
    this.registry.remove(isWhole ? this.registry.ids.filter((id) => !isKept.has(id)) : state.removed);
    this.registry.define(state.modules);
    this.revision = state.revision;
    this.reports.forgetPlaces();
    this.editor.post("updated", { revision: state.revision });
    this.#execute(state.entry);
    if (!isStyled) this.connection.send({ type: "resync" });
    if (!this.#isHeldBack) void this.#tellRendered(received, state.revision);
  }

  #execute(entry) {
    if (this.#entry === null) this.#begin(entry);
    else if (entry !== this.#entry) location.reload();
    else this.#update(entry);
  }

  #begin(entry) {
    this.#entry = entry;
    try {
      this.registry.require(entry);
    } catch (error) {
      this.#isBroken = true;
      throw error;
    }
  }

  #update(entry) {
    const wasBlank = isBlank();
    this.#isHeldBack = false;
    this.#updated = performance.now();
    try {
      if (!this.registry.update(entry)) location.reload();
      else if (isBlank() && !wasBlank) this.#goBack(); // what threw was told on its own way
    } catch (error) {
      this.stylesheet.goBack();
      this.#isHeldBack = true;
      throw error;
    }
  }

  /** Show what was there before the latest update. */
  #goBack() {
    if (!this.registry.goBack()) return;
    this.stylesheet.goBack();
    this.#isHeldBack = true;
  }

  async #tellRendered(received, revision) {
    await firstChild(document.getElementById("root"));
    this.screens.hideCover();
    if (this.#problems.length === 0) this.screens.showProblems("", []);
    await painted();
    if (this.#isHeldBack) return;
    this.editor.post("rendered", { revision, milliseconds: performance.now() - received });
    this.select.look();
    this.#tellProblem();
  }

  #showProblems(problems) {
    const title = problems.length === 1 ? "The app has an error" : `The app has ${problems.length} errors`;
    this.#complain(title, problems, null);
    this.#problems = problems;
    this.editor.post("problems", { problems: problems.slice(0, MOST_PROBLEMS), isHeldBack: !isBlank() });
    this.#tellProblem();
  }

  /** Also after each drawing: what is drawn is the last good state, and the editor takes a drawing for the end of errors. */
  #tellProblem() {
    const [first, ...others] = this.#problems;
    if (!first) return;
    const { file, line, column, message, excerpt = null } = first;
    const details = { file, line, column, message, excerpt, others: others.length, isHeldBack: !isBlank() };
    this.editor.post("error", { kind: "compile", ...details });
  }

  /** In its frame the editor says what is wrong, with a way to fix it: there we only cover a blank page. */
  #complain(title, problems, startAgain) {
    if (problems.length > 0 || !isBlank()) this.screens.hideCover();
    if (problems.length > 0 && isBlank()) this.screens.showStopped(this.isShared ? null : problems[0], startAgain);
    else if (!this.editor.isThere && !this.isShared) this.screens.showProblems(title, problems);
  }

  async #report(error) {
    const { revision } = this;
    const placed = await this.reports.placed(this.isShared ? { ...error, frames: [] } : error);
    if (revision !== this.revision) return; // of a version that is over
    if (isBlank() && performance.now() - this.#updated < BLAMED_FOR) this.#goBack();
    this.editor.post("error", { ...placed, isHeldBack: this.#isHeldBack });
    setTimeout(() => {
      if (isBlank() && revision === this.revision)
        this.#complain("The app stopped with an error", [placed], () => location.reload());
      else if (this.#isHeldBack && revision === this.revision)
        this.#complain("The newest version stopped with an error. This is the last one that worked", [placed], null);
    }, BLANK_AFTER);
  }

  #leave() {
    this.editor.post("gone");
    if (this.isShared) this.screens.showOver();
  }

  async #answerSnapshot(id) {
    try {
      this.editor.post("snapshot", { id, image: await takeSnapshot() });
    } catch (error) {
      this.editor.post("snapshot", { id, error: String(error?.message ?? error) });
    }
  }
}

provideStorage();
const boot = JSON.parse(document.getElementById("overskill-boot").textContent);
const preview = new Preview(boot);
globalThis.__overskill = { sourcesOf, preview };
preview.start(boot);
