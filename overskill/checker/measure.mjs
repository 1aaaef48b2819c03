/**
 * How fast one app is there and whom it keeps out, in a process of its own:
 *
 *   node measure.mjs  < {"assets": …, "routes": […], "axe": path of axe-core, or "", "program": …,
 *                        "mayLackSandbox": …, "seconds": …}
 *
 * Writes a line of JSON each: timings, axe (its version), rules (of a route), done; or {"unavailable": sentence}.
 */
import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";

import { Link, PROCESSOR_SLOWDOWN } from "./link.mjs";
import { Stuck } from "./page.mjs";
import { inBrowser, write } from "./session.mjs";
import { Sources } from "./sources.mjs";
import { routeOf } from "./steps.mjs";

const TIMINGS = readFileSync(new URL("./timings.js", import.meta.url), "utf8");
const MOST_ROUTES = 5;
const LOADING_PATIENCE = 15_000; // ms until it is measured as it is
const QUIET = 1_500; // ms without a request: it is loaded
const STEP = 100;
const AXE_OPTIONS = { iframes: false, preload: false, resultTypes: ["violations", "passes"] };
const IMPACTS = ["minor", "moderate", "serious", "critical"];

class Measuring {
  constructor({ request, browser, report, site }) {
    this.request = request;
    this.browser = browser;
    this.site = site;
    report.isMuted = true; // what is wrong with the app is found by check.mjs
    this.parts = { report, sources: new Sources(() => null), site, scripts: [TIMINGS] };
  }

  async run() {
    await this.#onPage((page) => this.#load(page));
    if (this.request.axe !== "") {
      this.axe = readFileSync(this.request.axe, "utf8");
      for (const route of this.#routes()) await this.#onPage((page) => this.#look(page, route));
    }
    await this.#onPage((page) => this.#load(page)); // the better of two counts: this machine may have been busy
  }

  #routes() {
    const wanted = this.request.routes.map(routeOf).filter((route) => !/[:*]/.test(route));
    return [...new Set(["/", ...wanted])].slice(0, MOST_ROUTES);
  }

  async #load(page) {
    const link = new Link();
    this.site.link = link;
    await page.becomePhone(PROCESSOR_SLOWDOWN);
    const end = performance.now() + LOADING_PATIENCE;
    await page.open("/");
    while (performance.now() < end && !link.isQuietFor(QUIET)) await setTimeout(STEP);
    await page.settle();
    this.site.link = null;
    const timings = await page.evaluate("timings.read()");
    if (timings !== null) write({ timings });
  }

  async #look(page, route) {
    await page.open(route);
    const version = await page.evaluate(`${this.axe}; axe.version`);
    const { violations, passes } = await page.evaluate(`axe.run(document, ${JSON.stringify(AXE_OPTIONS)}).then(${found})`);
    const broken = violations.map((rule) => ({
      rule: rule.id,
      impact: impactOf(rule),
      help: rule.help,
      count: rule.nodes.length,
    }));
    const kept = passes.map((rule) => [rule.id, impactOf(rule)]);
    write({ rules: { axe: version, route, broken, kept: Object.fromEntries(kept) } });
  }

  async #onPage(use) {
    const page = await this.browser.openPage(this.parts);
    try {
      await use(page);
    } catch (error) {
      if (!(error instanceof Stuck)) throw error;
    } finally {
      this.site.link = null;
      await this.browser.closePage(page);
    }
  }
}

/** Runs in the page: of all that axe says, what is asked for here. */
const found = ({ violations, passes }) => ({ violations, passes });

/** axe tells it of what is broken; of what is kept, it is that of the gravest check behind it. */
function impactOf({ impact, nodes }) {
  const behind = nodes.flatMap(({ any, all, none }) => [...any, ...all, ...none]).map((check) => check.impact);
  const gravest = Math.max(0, ...behind.map((one) => IMPACTS.indexOf(one)));
  return impact ?? IMPACTS[gravest];
}

await inBrowser((parts) => new Measuring(parts).run());
