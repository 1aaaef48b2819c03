/** Text that becomes part of the page: HTML that is not sanitized, script tags, cookies. */
import { argumentsOf, globalTargets } from "../calls.mjs";
import { tagsOf } from "../sinks.mjs";
import { alternatives, every, globalPaths, isGlobal, some, strings } from "../values.mjs";

const WRITERS = /^(innerhtml|outerhtml|srcdoc)$/;
const HTML_CALLS = { insertAdjacentHTML: 1, createContextualFragment: 0, setHTMLUnsafe: 0 };
const CREATE_ELEMENT = /^npm:react(\.createElement|\/jsx(-dev)?-runtime\.jsx(s|DEV)?)$/;
const ACTIVE = /<script\b|<iframe\b[^>]{0,999}\bsrcdoc\b|\bon[a-z]{2,30}\s{0,9}=|(javascript|vbscript):/i;

export const problems = {
  html: {
    rule: "html",
    severity: "high",
    message: "HTML that is not a fixed text is put into the page: data in it can run code.",
    fix: "Show it as text in JSX, or pass it through DOMPurify.sanitize first.",
  },
  activeHtml: {
    rule: "html",
    severity: "critical",
    message: "HTML with code in it is put into the page, where it runs.",
    fix: "Write the code in the app, and keep the HTML free of scripts and handlers.",
  },
  script: {
    rule: "script-tag",
    severity: "critical",
    message: "A script tag is added while the app runs: it loads code that nobody has checked.",
    fix: "Import one of the built-in packages, or write the code in the app.",
  },
  element: {
    rule: "script-tag",
    severity: "medium",
    message: "An element is made whose name is only known when the app runs: it may be a script.",
    fix: "Make elements by fixed names, best in JSX.",
  },
  cookie: {
    rule: "cookie",
    severity: "high",
    message: "The app reads or writes cookies, which can hold what keeps visitors signed in.",
    fix: "Keep the app's data in localStorage, with the storage helper of the starter.",
  },
};

export const visitors = {
  Identifier(node, scan) {
    if (!node.binding && node.name === "cookieStore") scan.report(node, problems.cookie);
  },
  MemberExpression(node, scan) {
    if (
      globalPaths(scan.value(node)).some((path) =>
        /^((parent|top|opener)\.)?document\.cookie$|^cookieStore$/.test(path),
      )
    )
      scan.report(node, problems.cookie);
  },
  Property(node, scan) {
    if (node.source) {
      if (isGlobal(scan.evaluator.source(node.source), "document.cookie")) scan.report(node, problems.cookie);
    } else if (node.parent.type === "ObjectExpression" && isHtmlKey(node, scan)) {
      reportHtml(node, scan.value(node.value), scan);
    }
  },
  CallExpression(node, scan) {
    const call = scan.call(node);
    if (Object.hasOwn(HTML_CALLS, call.name)) reportHtml(node, argumentsOf(call, HTML_CALLS[call.name]), scan);
    if (isGlobal(scan.value(node), "<script>")) scan.report(node, problems.script);
    if (isGlobal(scan.value(node), "<?>")) scan.report(node, problems.element);
    for (const { path, args } of globalTargets(call)) reportCall(node, path, args, scan);
  },
  JSXOpeningElement(node, scan) {
    if (tagsOf(node, scan).includes("script")) scan.report(node, problems.script);
  },
};

function reportCall(node, path, args, scan) {
  if (/^document\.write(ln)?$/.test(path)) for (const arg of args) reportHtml(node, arg, scan);
  if (CREATE_ELEMENT.test(path) && args[0] && strings(args[0]).includes("script")) scan.report(node, problems.script);
  if (/^(Object|Reflect)\.getOwnPropertyDescriptor$/.test(path) && args[1] && strings(args[1]).includes("cookie"))
    scan.report(node, problems.cookie);
  if (
    /^(Object|Reflect)\.(get|set)$/.test(path) &&
    isGlobal(args[0], "document") &&
    strings(args[1]).includes("cookie")
  )
    scan.report(node, problems.cookie);
}

/** @param {import("../sinks.mjs").Attribute} attribute */
export function attribute({ node, name, value, way, object }, scan) {
  if (name === "dangerouslysetinnerhtml") {
    if (!every(value, ({ type }) => type === "record")) reportHtml(node, value, scan);
  } else if (WRITERS.test(name) || (name === "__html" && way === "property")) {
    const isOwn = object && every(scan.value(object), ({ type }) => type === "record" || type === "list");
    if (!isOwn || name === "__html") reportHtml(node, value, scan);
  } else if (/^on[a-z]+$/.test(name) && way === "attribute") {
    scan.report(node, problems.activeHtml);
  }
}

const isHtmlKey = ({ key, computed }, scan) =>
  computed ? strings(scan.value(key)).includes("__html") : (key.name ?? key.value) === "__html";

function reportHtml(node, value, scan) {
  const isFixed = every(value, ({ type }) => type === "constant");
  if (some(value, (each) => each.type === "constant" && ACTIVE.test(String(each.value))))
    scan.report(node, problems.activeHtml);
  else if (!isFixed && !alternatives(value).every(({ type }) => type === "constant" || type === "clean"))
    scan.report(node, problems.html);
}
