/** The script inside every preview: starts the app, keeps it up to date with its state, and tells the editor. */
import { Connection } from "./connection.js";
import { EditorLink } from "./editor-link.js";
import { PageHead } from "./page-head.js";
import { Registry } from "./registry.js";
import { Screens } from "./screens.js";
import { takeSnapshot } from "./snapshot.js";
import { sourcesOf } from "./source-locations.js";
import { provideStorage } from "./storage.js";
import { Stylesheet } from "./stylesheet.js";
import { Vendors } from "./vendors.js";
import { described, watchConsole, watchErrors, watchRequests, watchRoute } from "./watch.js";

const BLANK_AFTER = 400; // ms after an error; an app that still shows something is left alone

class Preview {
  revision = -1;
  vendors = new Vendors();
  registry = new Registry(this.vendors);
  stylesheet = new Stylesheet(document.getElementById("overskill-css"));
  head = new PageHead();
  screens = new Screens();
  #entry = null;
  #problems = [];
  #isBroken = false; // a module threw while it was executed: only a fresh start is certain
  #work = Promise.resolve();

  constructor(boot) {
    this.editor = new EditorLink(boot.parents);
    this.connection = new Connection({ take: (message) => this.take(message), revision: () => this.revision });
  }

  start({ state, preload }) {
    this.#work = this.vendors.load(preload).catch((error) => this.#report(described(error, "error")));
    this.#watch();
    this.editor.listen({
      navigate: ({ path }) => navigate(path),
      reload: () => location.reload(),
      "color-scheme": ({ scheme }) => this.screens.setScheme(scheme),
      snapshot: ({ id }) => void this.#answerSnapshot(id),
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
    else if (message.type === "gone") this.editor.post("gone");
  }

  async #apply(state) {
    const received = performance.now();
    const isWhole = state.from === null;
    if (!isWhole && state.from !== this.revision) {
      this.connection.send({ type: "resync" });
      return;
    }
    if (this.#isBroken) {
      location.reload();
      return;
    }
    await this.vendors.load(state.vendors);
    this.registry.addIcons(state.icons);
    this.head.apply(state.head);
    const isStyled = this.stylesheet.apply(state.css);
    const removed = isWhole
      ? this.registry.ids.filter((id) => !state.modules.some((module) => module.id === id))
      : state.removed;
    this.registry.remove(removed);
    const changed = this.registry.define(state.modules);
    this.revision = state.revision;
    this.#execute(changed, state.entry);
    void this.#tellRendered(received, state.revision);
    if (!isStyled) this.connection.send({ type: "resync" });
  }

  #execute(changed, entry) {
    try {
      if (this.#entry === null) {
        this.#entry = entry;
        this.registry.require(entry);
      } else if (entry !== this.#entry || !this.registry.update(changed, entry)) location.reload();
    } catch (error) {
      this.#isBroken = true;
      throw error;
    }
  }

  async #tellRendered(received, revision) {
    await firstChild(document.getElementById("root"));
    this.screens.hideCover();
    await painted();
    this.editor.post("rendered", { revision, milliseconds: performance.now() - received });
    this.#tellProblem();
  }

  #showProblems(problems) {
    const title = problems.length === 1 ? "The app has an error" : `The app has ${problems.length} errors`;
    this.#complain(title, problems);
    this.#problems = problems;
    this.#tellProblem();
  }

  /** Also after each drawing: what is drawn is the last good state, and the editor takes a drawing for the end of errors. */
  #tellProblem() {
    const [first, ...others] = this.#problems;
    if (!first) return;
    const { file, line, column, message } = first;
    this.editor.post("error", { kind: "compile", file, line, column, message, others: others.length });
  }

  /** In its frame the editor says what is wrong, once and with a way to fix it: there we only cover a blank page. */
  #complain(title, problems) {
    if (problems.length > 0 || !this.isBlank) this.screens.hideCover();
    if (!this.editor.isThere) this.screens.showProblems(title, problems);
    else if (problems.length > 0 && this.isBlank) this.screens.showStopped();
  }

  get isBlank() {
    return document.getElementById("root").childElementCount === 0;
  }

  #watch() {
    const post = (type, details) => this.editor.post(type, details);
    watchErrors((error) => void this.#report(error));
    watchConsole(post);
    watchRequests(post);
    watchRoute(post);
  }

  async #report({ kind, message, stack, frame }) {
    const place = frame ? await this.connection.locate(frame) : { file: "", line: 0, column: 0 };
    this.editor.post("error", { kind, message, stack, ...place });
    const { revision } = this;
    setTimeout(() => {
      if (this.isBlank && revision === this.revision)
        this.#complain("The app stopped with an error", [{ ...place, message }]);
    }, BLANK_AFTER);
  }

  async #answerSnapshot(id) {
    try {
      this.editor.post("snapshot", { id, image: await takeSnapshot() });
    } catch (error) {
      this.editor.post("snapshot", { id, error: String(error?.message ?? error) });
    }
  }
}

/** Routers listen to the browser's own back and forward: this is how they hear of an address set from outside. */
function navigate(path) {
  if (typeof path !== "string" || !path.startsWith("/") || path.startsWith("//")) return;
  history.pushState(null, "", path);
  dispatchEvent(new PopStateEvent("popstate", { state: null }));
}

function firstChild(element) {
  if (element.childElementCount > 0) return Promise.resolve();
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (element.childElementCount === 0) return;
      observer.disconnect();
      resolve();
    });
    observer.observe(element, { childList: true });
  });
}

/** After the next frame is on the screen; a hidden tab draws none. */
function painted() {
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = resolve;
    requestAnimationFrame(() => channel.port2.postMessage(null));
    setTimeout(resolve, 500);
  });
}

provideStorage();
const boot = JSON.parse(document.getElementById("overskill-boot").textContent);
const preview = new Preview(boot);
globalThis.__overskill = { sourcesOf, preview };
preview.start(boot);
