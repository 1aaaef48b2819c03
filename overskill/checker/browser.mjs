/** A headless Chromium of our own: started, its pages, and everything it asks the network for. */
import { spawn } from "node:child_process";
import path from "node:path";

import { Connection, Gone } from "./protocol.mjs";
import { Page } from "./page.mjs";

const START_PATIENCE = 8_000; // ms
const HEAP_MEGABYTES = 256; // of one page's scripts

/**
 * Chromium itself can reach nothing: every name is unknown, and all traffic has to go through a proxy with such a name.
 * What it asks for is answered before that, by Site; in bubblewrap there is no network at all.
 */
const SWITCHES = [
  "--headless",
  "--remote-debugging-pipe",
  "--disable-gpu",
  "--hide-scrollbars",
  "--mute-audio",
  "--no-first-run",
  "--no-default-browser-check",
  "--no-pings",
  "--disable-background-networking",
  "--disable-breakpad",
  "--disable-component-update",
  "--disable-default-apps",
  "--disable-dev-shm-usage",
  "--disable-domain-reliability",
  "--disable-extensions",
  "--disable-quic",
  "--disable-sync",
  "--metrics-recording-only",
  "--password-store=basic",
  "--use-mock-keychain",
  "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
  "--webrtc-ip-handling-policy=disable_non_proxied_udp",
  "--proxy-server=http://nowhere.invalid:9",
  "--proxy-bypass-list=<-loopback>",
  "--host-resolver-rules=MAP * ~NOTFOUND",
  "--disable-features=DialMediaRouteProvider,MediaRouter,OptimizationHints,Translate,WebBluetooth,DirectSockets",
  `--js-flags=--max-old-space-size=${HEAP_MEGABYTES}`,
];

export class Browser {
  #process;
  #pages = new Map(); // target -> Page
  #opening = Promise.resolve();

  constructor(child, site) {
    this.#process = child;
    this.connection = new Connection(child.stdio[3], child.stdio[4]);
    this.site = site;
    this.connection.listen((method, params, session) => {
      if (session === undefined) this.#hear(method, params);
    });
  }

  /**
   * @param {string} program
   * @param {{folder: string, mayLackSandbox: boolean}} options  `mayLackSandbox`: something else locks it in
   */
  static async start(program, site, { folder, mayLackSandbox }) {
    try {
      return await launch(program, site, folder, []);
    } catch (error) {
      if (!(error instanceof Gone) || !mayLackSandbox) throw error;
      return await launch(program, site, folder, ["--no-sandbox"]);
    }
  }

  async prepare() {
    await this.connection.send("Fetch.enable", { patterns: [{ urlPattern: "*" }] }, { patience: START_PATIENCE });
    await this.connection.send("Target.setDiscoverTargets", { discover: true });
    await this.connection.send("Browser.setDownloadBehavior", { behavior: "deny" });
  }

  /** A page that shares nothing with those before it. */
  async openPage(report) {
    const send = (method, params) => this.connection.send(method, params);
    const opening = (async () => {
      const { browserContextId } = await send("Target.createBrowserContext", { disposeOnDetach: true });
      const { targetId } = await send("Target.createTarget", { url: "about:blank", browserContextId });
      const page = new Page(this.connection, { targetId, browserContextId }, report);
      this.#pages.set(targetId, page);
      return page;
    })();
    this.#opening = opening.catch(() => null);
    const page = await opening;
    await page.attach();
    return page;
  }

  async closePage(page) {
    this.#pages.delete(page.targetId);
    await page.close();
  }

  close() {
    this.connection.close();
    this.#process.kill("SIGKILL");
  }

  #hear(method, params) {
    if (method === "Fetch.requestPaused") this.site.answer(this.connection, params);
    else if (method === "Target.targetCreated" && params.targetInfo.type === "page") this.#refuse(params.targetInfo);
  }

  /** Windows that the app opens are closed again. */
  async #refuse({ targetId }) {
    await this.#opening;
    if (this.#pages.has(targetId)) return;
    await this.connection.send("Target.closeTarget", { targetId }).catch(() => null); // it closed itself
  }
}

async function launch(program, site, folder, extra) {
  const profile = path.join(folder, `profile${extra.length}`);
  const child = spawn(program, [...SWITCHES, ...extra, `--user-data-dir=${profile}`, "about:blank"], {
    stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
    env: { PATH: process.env.PATH, HOME: folder, TMPDIR: folder, LANG: "en_US.UTF-8", TZ: "UTC" },
  });
  child.on("error", () => child.stdio[4].destroy()); // it can't even be started: the connection ends, and says so
  const browser = new Browser(child, site);
  try {
    await browser.prepare();
    return browser;
  } catch (error) {
    browser.close();
    throw error;
  }
}
