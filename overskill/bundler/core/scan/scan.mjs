/** The security scan of an app: what is unsafe in its code, pages and stylesheets. Nothing of it is run. */
import { transformSync } from "oxc-transform";

import { checkFiles, extension, isCode, isCss, isServerCode, isTooDeep, language } from "../files.mjs";
import { Hosts } from "./addresses.mjs";
import { scanModules } from "./code.mjs";
import { Findings } from "./findings.mjs";
import { Modules } from "./modules.mjs";
import { scanPage } from "./pages.mjs";
import { found as secretFound } from "./rules/secrets.mjs";
import { liveKey } from "./secrets.mjs";
import { scanStylesheet } from "./stylesheets.mjs";
import { parse } from "./syntax.mjs";

const PAGES = new Set([".html", ".htm", ".svg", ".xml"]);

const unread = {
  rule: "unread",
  severity: "low",
  message: "This script could not be read, so it was not checked.",
  fix: "Correct or remove it.",
};
const tooDeep = {
  rule: "unread",
  severity: "critical",
  message: "This script is nested too deeply to be checked, and would run all the same.",
  fix: "Write it in smaller parts, or remove it.",
};

/**
 * @param {Record<string, string>} files  path -> text
 * @param {string[]} [allowedHosts]       hosts the app's owner allows, besides those that are known
 * @returns {import("./findings.mjs").Finding[]} the worst first
 */
export function scan(files, allowedHosts = []) {
  const app = new Map(Object.entries(files));
  checkFiles(app);
  const hosts = new Hosts(allowedHosts);
  const findings = new Findings();
  const modules = new Modules(app);
  for (const [file, text] of app) {
    const report = (offset, problem) => findings.add(file, text, offset, problem);
    if (isCode(file)) addModule(modules, { file, text }, report);
    else if (isCss(file)) scanStylesheet(text, hosts, report);
    else if (PAGES.has(extension(file))) {
      for (const script of scanPage(text, hosts, report)) addModule(modules, { file, text, ...script }, report);
    }
    if (!isCode(file)) reportKeys(text, report);
  }
  scanModules(modules, hosts, ({ file, text, start }, offset, problem) => {
    if (!isKept(file, problem)) findings.add(file, text, start + offset, problem);
  });
  return findings.all;
}

/** What server code may call is a list that its owner writes and the edge keeps to; no host sees the visitors. */
const isKept = (file, { rule }) => rule === "host" && isServerCode(file);

/**
 * What the app is built from and does not compile is not published either: of that nothing is said. What is served as
 * it is (in public/, or in a page) is told of: the browser may make more of it than we do.
 */
function addModule(modules, { file, text, code = text, offset = 0, isModule = false }, report) {
  const isWhole = code === text;
  const isServed = file.startsWith("public/") || !isWhole;
  if (isTooDeep(code)) {
    if (isServed) report(offset, tooDeep);
    return;
  }
  const program = parse(isWhole ? file : `public/${file}${isModule ? ".mjs" : ".js"}`, code);
  if (program) modules.add({ file, id: isWhole ? file : `${file}:${offset}`, text, start: offset, program });
  else if (isServed) report(offset, unread);
  else if (compiles(file, code)) report(offset, tooDeep);
}

/** The compiler gives up later than the parser does. */
const compiles = (file, code) => transformSync(file, code, { lang: language(file) }).errors.length === 0;

function reportKeys(text, report) {
  const lines = text.split("\n");
  let offset = 0;
  for (const line of lines) {
    const what = line.length >= 16 ? liveKey(line) : "";
    if (what) report(offset, secretFound(what));
    offset += line.length + 1;
  }
}
