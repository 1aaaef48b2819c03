/** What a child of the checker has around its work: what it is asked, a browser, and an end in time. */
import { tmpdir } from "node:os";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";

import { Browser } from "./browser.mjs";
import { Gone, Unanswered } from "./protocol.mjs";
import { Report } from "./report.mjs";
import { Site } from "./site.mjs";

/** A line of JSON, read by Python as it comes. */
export const write = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

/** Calls `use({ request, browser, report, site })` with what stdin asks for, and ends this process. */
export async function inBrowser(use) {
  const request = JSON.parse(await text(process.stdin));
  const report = new Report(write);
  const site = new Site(request.assets, report);
  const browser = await started(request, site);
  if (browser === null) return;
  // What there was no time for is left out: on a busy machine that says nothing about the app.
  const outOfTime = setTimeout(request.seconds * 1000 - performance.now(), undefined, { ref: false });
  try {
    await Promise.race([use({ request, browser, report, site }), outOfTime]);
    report.done();
  } finally {
    browser.close();
  }
  process.exit(0); // what was being tried is given up
}

async function started(request, site) {
  try {
    const options = { folder: tmpdir(), mayLackSandbox: request.mayLackSandbox };
    return await Browser.start(request.program, site, options);
  } catch (error) {
    if (!(error instanceof Gone || error instanceof Unanswered)) throw error;
    write({ unavailable: `${request.program} does not start.` });
    return null;
  }
}
