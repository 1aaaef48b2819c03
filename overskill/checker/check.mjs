/**
 * One check of one app, in a process of its own:
 *
 *   node check.mjs  < {"assets": {path: {content: base64, type}}, "maps": {path: text}, "checks": […], "routes": […],
 *                      "program": path of Chromium, "mayLackSandbox": bool, "seconds": number}
 *
 * Writes a line of JSON for each thing as it is found: problem, host, route, result, screenshot, done; or, where there
 * is no browser to be had, {"unavailable": sentence}. Routes and checks that there was no time for are left out.
 */
import { Stuck } from "./page.mjs";
import { inBrowser } from "./session.mjs";
import { isNowhere, nowhere } from "./site.mjs";
import { Sources } from "./sources.mjs";
import { routeOf, tryCheck } from "./steps.mjs";

const MOST_ROUTES = 12;
const MOST_ELEMENTS = 20_000;
const SHARE_OF_ROUTES = 0.5; // of the time, so that something is left for the checks
const LEAST_TIME = 1_500; // ms: with less, nothing more is begun

class Check {
  constructor({ request, browser, report, site }) {
    this.request = request;
    this.browser = browser;
    this.report = report;
    const sources = new Sources((path) => request.maps[path] ?? null);
    this.parts = { report, sources, site };
  }

  async run() {
    const start = await this.#onPage((page) => this.#lookAtStart(page));
    if (!start) return;
    await this.#lookAtRoutes(start);
    await this.#tryChecks();
  }

  /** null where nothing else is worth looking at. */
  async #lookAtStart(page) {
    await page.open("/");
    this.report.screenshot(await page.screenshot());
    if (await this.#isBlank(page)) return null;
    this.report.opened("/");
    const size = await page.ask("size");
    if (size > MOST_ELEMENTS) this.report.problem("slow", `The start page draws ${size} elements, far too many.`);
    const start = { text: await page.ask("text"), links: await page.ask("links") };
    await this.#look(page, nowhere());
    return { ...start, unknown: await page.ask("text") };
  }

  async #isBlank(page) {
    const isBlank = await page.ask("isBlank");
    if (isBlank) this.report.problem("blank", "Nothing is shown: the page stays blank.");
    return isBlank;
  }

  async #lookAtRoutes({ text: startText, links, unknown }) {
    const wanted = this.request.routes.map(routeOf).filter((route) => !/[:*]/.test(route));
    const others = [...new Set([...wanted, ...links])].filter((route) => route !== "/").slice(0, MOST_ROUTES - 1);
    const isMissing = (shown) => shown === unknown && unknown !== startText;
    for (let left = others; left.length > 0 && this.#hasTime(SHARE_OF_ROUTES); ) {
      const route = left[0];
      left = left.slice(1);
      await this.#onPage(async (page) => {
        await this.#look(page, route);
        if (await this.#isBlank(page)) return;
        if (!isMissing(await page.ask("text"))) this.report.opened(route);
        else this.report.problem("route", `${route} leads nowhere: the app shows what it shows for unknown addresses.`);
      });
    }
  }

  async #look(page, route) {
    this.report.isMuted = isNowhere(route);
    await page.open(route);
    this.report.isMuted = false;
  }

  async #tryChecks() {
    for (const check of this.request.checks) {
      if (!this.#hasTime(1)) return;
      const why = await this.#onPage((page) => tryCheck(page, check));
      if (why !== undefined) this.report.result(check.title, why ?? "The page hangs or ended while it was tried.");
    }
  }

  #hasTime(share) {
    return performance.now() < this.request.seconds * 1000 * share - LEAST_TIME;
  }

  /** What `use` says; null where the page got stuck, undefined where that was not its fault. It is gone afterwards. */
  async #onPage(use) {
    const page = await this.browser.openPage(this.parts);
    try {
      return await use(page);
    } catch (error) {
      if (!(error instanceof Stuck)) throw error;
      return error.isFaultOfApp ? null : undefined;
    } finally {
      this.report.isMuted = false;
      await this.browser.closePage(page);
    }
  }
}

await inBrowser((parts) => new Check(parts).run());
