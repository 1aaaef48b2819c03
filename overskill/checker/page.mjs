/** One page of the browser: opened, watched, asked, and given a mouse and a keyboard. */
import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";

import { isNoise, textOf } from "./messages.mjs";
import { Refused, Unanswered } from "./protocol.mjs";
import { ORIGIN } from "./site.mjs";

const WORLD = "overskill";
const SIGHT = readFileSync(new URL("./sight.js", import.meta.url), "utf8");
const VIEW = { width: 1280, height: 800 };
const PHONE = { width: 412, height: 823, deviceScaleFactor: 1.75, mobile: true }; // Lighthouse's
const PATIENCE = 15_000; // ms for any answer
const LOOK_PAUSE = 1_000; // ms between looks at a page that does not answer
const LOOP_SECONDS = 1; // of the processor's time for a script that does not end
const SETTLE_PATIENCE = 2_500;
const MOST_NAVIGATIONS = 8; // of its own accord, before anything was done
const MOST_DIALOGS = 20;
const MOST_MESSAGES = 500;

/** The page can't be looked at any more: it hangs, ended, or never comes to rest. What is wrong was reported. */
export class Stuck extends Error {
  name = "Stuck";

  constructor(message, isFaultOfApp = true) {
    super(message);
    this.isFaultOfApp = isFaultOfApp;
  }
}

export class Page {
  #connection;
  #session;
  #contextId;
  #report;
  #sources;
  #world = Promise.withResolvers(); // of our own script beside the app's
  #isInWorld = false;
  #isStuck = false;
  #stuck = Promise.withResolvers();
  #frame = "";
  #navigations = 0;
  #dialogs = 0;
  #paused = null; // who wants to know where it runs
  #messages = 0;
  #unlisten = () => {};
  #scripts;

  constructor(connection, { targetId, browserContextId }, { report, sources, site, scripts = [] }) {
    this.#connection = connection;
    this.targetId = targetId;
    this.#contextId = browserContextId;
    this.#report = report;
    this.#sources = sources;
    this.site = site;
    this.#scripts = [SIGHT, ...scripts]; // run in every page before its own, in our world
    this.#stuck.promise.catch(() => null);
  }

  acceptsDialogs = false; // answers confirm() and prompt() with yes

  async attach() {
    const { targetId } = this;
    const { sessionId } = await this.#connection.send("Target.attachToTarget", { targetId, flatten: true });
    this.#session = sessionId;
    this.#unlisten = this.#connection.listen((method, params, session) => {
      if (session === sessionId) this.#hear(method, params);
    });
    const { frameTree } = await this.#send("Page.getFrameTree");
    this.#frame = frameTree.frame.id;
    await Promise.all([
      this.#send("Page.enable"),
      this.#send("Runtime.enable"),
      this.#send("Log.enable"),
      this.#send("Network.enable", { maxTotalBufferSize: 0, maxResourceBufferSize: 0 }),
      this.#send("Debugger.enable"),
      this.#send("Inspector.enable"),
      this.#send("Page.addScriptToEvaluateOnNewDocument", { source: this.#scripts.join("\n"), worldName: WORLD }),
      this.#send("Emulation.setDeviceMetricsOverride", { ...VIEW, deviceScaleFactor: 1, mobile: false }),
      this.#send("Emulation.setFocusEmulationEnabled", { enabled: true }),
    ]);
  }

  /** Load an address of the app and wait until it has come to rest. Throws Stuck. */
  async open(route) {
    this.#navigations = 0;
    this.#report.route = route;
    await this.#orStuck(this.#send("Page.navigate", { url: ORIGIN + route }, PATIENCE));
    await this.settle();
  }

  /** Wait until nothing moves or loads any more, but not for ever. */
  settle(patience = SETTLE_PATIENCE) {
    return this.ask("settle", patience);
  }

  /** Calls one of the functions of sight.js in the page. Throws Stuck. */
  ask(name, ...values) {
    return this.evaluate(`sight.${name}(...${JSON.stringify(values)})`);
  }

  /** The value of an expression, or of what it promises, in our world beside the app's. Throws Stuck. */
  async evaluate(expression) {
    for (let attempt = 0; attempt < MOST_NAVIGATIONS; attempt += 1) {
      const uniqueContextId = await this.#orStuck(within(this.#world.promise, PATIENCE));
      const options = { expression, uniqueContextId, awaitPromise: true, returnByValue: true };
      try {
        const answer = await this.#orStuck(this.#send("Runtime.evaluate", options, PATIENCE));
        const { exceptionDetails: thrown } = answer;
        if (thrown) throw new Error(`${expression.slice(0, 80)}: ${textOf(thrown.exception)}`);
        return answer.result.value;
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        await setTimeout(50); // it is loading another page just now
      }
    }
    return this.#getStuck("slow", "The page never comes to rest: it loads again and again.");
  }

  /** As on a phone, with a processor so many times slower than this one. */
  async becomePhone(slowdown) {
    await this.#orStuck(this.#send("Emulation.setDeviceMetricsOverride", PHONE));
    await this.#orStuck(this.#send("Emulation.setCPUThrottlingRate", { rate: slowdown }));
  }

  async click({ x, y }) {
    const at = { x, y, button: "left", clickCount: 1 };
    await this.#input("Input.dispatchMouseEvent", { ...at, type: "mouseMoved", button: "none" });
    await this.#input("Input.dispatchMouseEvent", { ...at, type: "mousePressed", buttons: 1 });
    await this.#input("Input.dispatchMouseEvent", { ...at, type: "mouseReleased" });
  }

  type(text) {
    return this.#input("Input.insertText", { text });
  }

  async press(key) {
    await this.#input("Input.dispatchKeyEvent", { ...key, type: key.text ? "keyDown" : "rawKeyDown" });
    await this.#input("Input.dispatchKeyEvent", { ...key, text: undefined, type: "keyUp" });
  }

  /** What one sees, as PNG in base64. */
  async screenshot() {
    const clip = { x: 0, y: 0, ...VIEW, scale: 1 };
    const options = { format: "png", clip, captureBeyondViewport: false };
    const { data } = await this.#orStuck(this.#send("Page.captureScreenshot", options, PATIENCE));
    return data;
  }

  async close() {
    this.#unlisten();
    if (this.#isStuck) this.#send("Page.crash").catch(() => null); // asked to close, it would not hear it
    const context = { browserContextId: this.#contextId };
    await this.#connection.send("Target.disposeBrowserContext", context).catch(() => null); // gone already
  }

  #send(method, params = {}, patience = undefined) {
    return this.#connection.send(method, params, { session: this.#session, patience });
  }

  async #input(method, params) {
    await this.#orStuck(this.#send(method, params, PATIENCE));
  }

  /** What does not answer because a script runs on and on hangs; a machine that is busy only takes its time. */
  async #orStuck(asked) {
    const answer = Promise.race([asked, this.#stuck.promise]);
    if (await isSettled(answer, LOOK_PAUSE)) return answer;
    const before = await this.#processorSeconds();
    let worked = 0;
    while (!(await isSettled(answer, LOOK_PAUSE))) {
      worked = (await this.#processorSeconds()) - before;
      const frames = worked > LOOP_SECONDS ? await this.#runningFrames() : [];
      if (frames.length > 0) this.#getStuck("slow", "The page hangs: a script runs without end.", frames);
    }
    try {
      return await answer;
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
      if (worked < LOOP_SECONDS) throw new Stuck("The machine is too busy.", false);
      return this.#getStuck("slow", `The page hangs: it did not react for ${PATIENCE / 1000} s.`);
    }
  }

  /** How long the processes of pages have worked so far; at most one page is at work. */
  async #processorSeconds() {
    const { processInfo } = await this.#connection.send("SystemInfo.getProcessInfo");
    const pages = processInfo.filter(({ type }) => type === "renderer");
    return pages.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
  }

  #getStuck(kind, message, frames = []) {
    this.#endWith(kind, message, this.#sources.place(frames));
    throw new Stuck(message);
  }

  /** Where the script that runs now is; nothing where none runs. */
  async #runningFrames() {
    const { promise, resolve } = Promise.withResolvers();
    this.#paused = resolve;
    this.#send("Debugger.pause").catch(() => null);
    const frames = await within(promise, LOOK_PAUSE).catch(() => []);
    this.#paused = null;
    this.#send("Debugger.resume").catch(() => null); // it was not paused
    return frames.map(({ url, location }) => ({ url, ...location }));
  }

  #hear(method, params) {
    this.#handlers[method]?.(params);
  }

  #handlers = {
    "Runtime.executionContextCreated": ({ context }) => {
      if (context.name === WORLD && context.auxData?.frameId === this.#frame) this.#enter(context.uniqueId);
    },
    "Runtime.executionContextsCleared": () => this.#leave(),
    "Runtime.consoleAPICalled": ({ type, args, stackTrace }) => {
      if (type === "error" || type === "assert") this.#console(args, stackTrace);
    },
    "Runtime.exceptionThrown": ({ exceptionDetails }) => this.#exception(exceptionDetails),
    "Log.entryAdded": ({ entry }) => this.#logged(entry),
    "Network.webSocketCreated": ({ url }) => this.site.outside(new URL(url)),
    "Network.webTransportCreated": ({ url }) => this.site.outside(new URL(url)),
    "Page.javascriptDialogOpening": ({ type }) => this.#dialog(type),
    "Page.frameNavigated": ({ frame }) => this.#navigated(frame),
    "Debugger.paused": ({ callFrames }) => {
      if (this.#paused) this.#paused(callFrames);
      else this.#send("Debugger.resume").catch(() => null); // a `debugger` statement of the app's
    },
    "Inspector.targetCrashed": () => {
      this.#endWith("memory", "The page ended: it used more memory than a page may have.");
    },
  };

  #enter(world) {
    this.#isInWorld = true;
    this.#world.resolve(world);
  }

  /** Whoever waits for the next one goes on waiting for that. */
  #leave() {
    if (this.#isInWorld) this.#world = Promise.withResolvers();
    this.#isInWorld = false;
  }

  #console(args, stackTrace) {
    if (this.#isTooMuch()) return;
    const message = textOf(...args);
    if (!isNoise(message, this.#report)) {
      this.#report.problem("console", message, this.#sources.place(stackTrace?.callFrames ?? []));
    }
  }

  #exception({ text, exception, url, lineNumber, columnNumber, stackTrace }) {
    if (this.#isTooMuch()) return;
    const message = exception ? textOf(exception) : text;
    if (isNoise(message, this.#report)) return;
    const frames = stackTrace?.callFrames ?? [{ url, lineNumber, columnNumber }];
    this.#report.problem("crash", `Uncaught ${message}`, this.#sources.place(frames));
  }

  /** What the browser itself complains about; failed requests are told by Site, who knows why they failed. */
  #logged({ source, level, text }) {
    if (level !== "error" || source === "network" || this.#isTooMuch()) return;
    if (!isNoise(text, this.#report)) this.#report.problem(source === "security" ? "request" : "console", text);
  }

  #dialog(type) {
    this.#dialogs += 1;
    const accept = type === "alert" || type === "beforeunload" || this.acceptsDialogs;
    this.#send("Page.handleJavaScriptDialog", { accept }).catch(() => null); // it was closed already
    if (this.#dialogs === MOST_DIALOGS) this.#endWith("slow", "The app opens one dialog after another.");
  }

  #navigated({ parentId }) {
    if (parentId !== undefined) return;
    this.#navigations += 1;
    if (this.#navigations === MOST_NAVIGATIONS) this.#endWith("slow", "The page loads itself again and again.");
  }

  #endWith(kind, message, place = undefined) {
    this.#report.problem(kind, message, place);
    this.#isStuck = true;
    this.#stuck.reject(new Stuck(message));
  }

  #isTooMuch() {
    this.#messages += 1;
    return this.#messages > MOST_MESSAGES;
  }
}

/** Whether it is known by then, one way or the other. */
function isSettled(promise, milliseconds) {
  const known = promise.then(
    () => true,
    () => true,
  );
  return within(known, milliseconds).catch(() => false);
}

function within(promise, milliseconds) {
  const { promise: late, reject } = Promise.withResolvers();
  const timer = globalThis.setTimeout(() => reject(new Unanswered("page")), milliseconds);
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
