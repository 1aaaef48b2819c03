/** Runs every rule over every module. */
import { Evaluator } from "./evaluate.mjs";
import { readCall } from "./calls.mjs";
import * as addresses from "./rules/addresses.mjs";
import * as execution from "./rules/execution.mjs";
import * as markup from "./rules/markup.mjs";
import * as secrets from "./rules/secrets.mjs";
import * as timers from "./rules/timers.mjs";
import * as windows from "./rules/windows.mjs";
import { attributesAt } from "./sinks.mjs";

const RULES = [addresses, execution, markup, secrets, timers, windows];
const OF_ATTRIBUTES = RULES.flatMap((rule) => rule.attribute ?? []);
const VISITORS = visitorsByType();

function visitorsByType() {
  const byType = new Map();
  for (const { visitors } of RULES) {
    for (const [type, visit] of Object.entries(visitors)) byType.set(type, [...(byType.get(type) ?? []), visit]);
  }
  return byType;
}

/** What a rule may ask about the module it looks at. */
class Scan {
  #calls = new Map();

  constructor(module, evaluator, hosts, report) {
    this.module = module;
    this.evaluator = evaluator;
    this.hosts = hosts;
    this.report = report;
  }

  value = (node) => this.evaluator.value(node);

  /** @returns {import("./calls.mjs").Call} */
  call(node) {
    if (!this.#calls.has(node)) this.#calls.set(node, readCall(node, this.evaluator));
    return this.#calls.get(node);
  }
}

/**
 * @param {import("./modules.mjs").Modules} modules
 * @param {import("./addresses.mjs").Hosts} hosts
 * @param {(module: object, offset: number, problem: import("./findings.mjs").Problem) => void} report
 */
export function scanModules(modules, hosts, report) {
  const evaluator = new Evaluator(modules);
  for (const module of modules) {
    const scan = new Scan(module, evaluator, hosts, (node, problem) => report(module, node.start, problem));
    for (const node of module.nodes) {
      for (const visit of VISITORS.get(node.type) ?? []) visit(node, scan);
      attributesAt(node, scan, (attribute) => OF_ATTRIBUTES.forEach((look) => look(attribute, scan)));
    }
  }
}
