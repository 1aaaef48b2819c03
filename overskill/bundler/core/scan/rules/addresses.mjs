/** Where the app sends and loads things: hosts outside the list, code from elsewhere, addresses that are code. */
import { addressesOf, holdsPage, hostsOf, isForeignScript, runsCode } from "../addresses.mjs";
import { argumentsOf, globalTargets } from "../calls.mjs";
import { alternatives, every, some } from "../values.mjs";

const CALLS = {
  fetch: 0,
  fetchLater: 0,
  open: 0,
  "location.assign": 0,
  "location.replace": 0,
  "document.location.assign": 0,
  "document.location.replace": 0,
  "navigator.sendBeacon": 0,
  "new XMLHttpRequest.open": 1,
};
for (const name of ["", ".get", ".post", ".put", ".patch", ".delete", ".head", ".options", ".request"])
  CALLS[`npm:axios${name}`] = 0;
const OPENED = new Set(["WebSocket", "EventSource", "WebTransport", "Audio"]);
const WORKERS = new Set(["Worker", "SharedWorker"]);
const LOADING = new Set(["action", "background", "data", "formaction", "poster", "src", "srcset"]);
const NAVIGATING = new Set(["href", "xlinkhref", "xlink:href", ...LOADING, "to"]);
const STYLE_URL = /url\(\s{0,9}["']?((?:https?:)?\/\/[^"')\s]{1,300})/gi;
const FRAMES = new Set(["iframe", "embed", "object", "frame"]);

export const problems = {
  codeUrl: {
    rule: "javascript-url",
    severity: "high",
    message: "This address is code: opening it runs what is in it.",
    fix: "Use a button with onClick for what it does.",
  },
  foreignImport: {
    rule: "remote-code",
    severity: "critical",
    message: "Code is loaded from an address while the app runs: nobody has checked it.",
    fix: "Import one of the built-in packages or a file of the app.",
  },
  worker: {
    rule: "remote-code",
    severity: "high",
    message: "A worker is started from text or from an address that is only known when the app runs.",
    fix: 'Start it from a file: new Worker(new URL("./work.ts", import.meta.url)).',
  },
  serviceWorker: {
    rule: "service-worker",
    severity: "high",
    message: "A service worker answers for the app in visitors' browsers, even after the app was changed or removed.",
    fix: "Remove it. Published apps load quickly without one.",
  },
  wasm: {
    rule: "wasm",
    severity: "high",
    message: "WebAssembly from outside or out of a text runs: what it does can't be read.",
    fix: "Write it in TypeScript.",
  },
  mining: {
    rule: "mining",
    severity: "high",
    message: "The app uses a service that mines cryptocurrency on visitors' machines.",
    fix: "Remove it.",
  },
};

const outside = (host) => ({
  rule: "host",
  severity: "medium",
  message:
    host === null
      ? "The app talks to another host, and which one is only known when it runs."
      : `The app talks to ${host.slice(0, 100)}, which is no known host: it learns what is sent, and who visits.`,
  fix: "Remove it, or make sure that you know and trust this host.",
});

export const visitors = {
  CallExpression(node, scan) {
    for (const { path, args } of globalTargets(scan.call(node))) {
      if (Object.hasOwn(CALLS, path)) reportAddress(node, args[CALLS[path]], scan);
      if (/^npm:axios(\.create|\.request)?$/.test(path)) reportOptions(node, args[0], scan);
      if (path === "importScripts" && args.some((arg) => !isOwnScript(arg))) scan.report(node, problems.foreignImport);
      if (/^navigator\.serviceWorker\.register$/.test(path)) scan.report(node, problems.serviceWorker);
      if (/^WebAssembly\.(compile|instantiate)(Streaming)?$/.test(path)) reportWasm(node, scan);
    }
  },
  NewExpression(node, scan) {
    for (const { path, args } of globalTargets(scan.call(node))) {
      if (OPENED.has(path)) reportAddress(node, args[0], scan);
      if (WORKERS.has(path) && args[0]) reportWorker(node, args[0], scan);
      if (path === "WebAssembly.Module") scan.report(node, problems.wasm);
    }
  },
  ImportExpression(node, scan) {
    if (!isOwnScript(scan.value(node.source))) scan.report(node, problems.foreignImport);
  },
  ImportDeclaration(node, scan) {
    if (isForeignScript(node.source.value)) scan.report(node, problems.foreignImport);
  },
  ExportNamedDeclaration(node, scan) {
    if (node.source && isForeignScript(node.source.value)) scan.report(node, problems.foreignImport);
  },
  ExportAllDeclaration(node, scan) {
    if (isForeignScript(node.source.value)) scan.report(node, problems.foreignImport);
  },
  AssignmentExpression(node, scan) {
    if (isLocation(scan.value(node.left))) reportAddress(node, scan.value(node.right), scan);
  },
};

const isLocation = (value) =>
  some(
    value,
    ({ type, path }) => type === "global" && /^((document|parent|top|opener)\.)?location(\.href)?$/.test(path),
  );

/** @param {import("../sinks.mjs").Attribute} attribute */
export function attribute({ node, tags, name, value, way }, scan) {
  if (name === "style" && way === "jsx") reportStyle(node, value, scan);
  if (!NAVIGATING.has(name)) return;
  if (addressesOf(value).some(runsCode)) scan.report(node, problems.codeUrl);
  else if (tags.some((tag) => FRAMES.has(tag)) && addressesOf(value).some(holdsPage))
    scan.report(node, problems.codeUrl);
  else if (isLoaded(name, tags) && !tags.includes("script")) reportHosts(node, value, scan);
}

/** A component of the app may do anything with an address: what it makes of it is seen where it does. */
const isLoaded = (name, tags) => tags.length > 0 && (LOADING.has(name) || (name === "href" && tags.includes("link")));

function reportAddress(node, value, scan) {
  if (!value) return;
  const addresses = addressesOf(value);
  if (addresses.some(runsCode) || addresses.some(holdsPage)) scan.report(node, problems.codeUrl);
  else reportHosts(node, value, scan);
}

function reportOptions(node, options, scan) {
  for (const each of options ? alternatives(options) : []) {
    if (each.type !== "record") continue;
    for (const name of ["baseURL", "url"])
      if (each.properties.has(name)) reportHosts(node, each.properties.get(name), scan);
  }
}

export function reportHosts(node, value, scan) {
  for (const host of hostsOf(value)) {
    if (host !== null && scan.hosts.mines(host)) scan.report(node, problems.mining);
    else if (host === null || !scan.hosts.allows(host)) scan.report(node, outside(host));
  }
}

function reportStyle(node, value, scan) {
  for (const each of alternatives(value)) {
    for (const given of each.type === "record" ? each.properties.values() : []) {
      for (const { type, value: text, prefix } of alternatives(given)) {
        const known = type === "text" ? prefix : type === "constant" ? String(text) : "";
        for (const [, address] of known.matchAll(STYLE_URL))
          reportHosts(node, { type: "constant", value: address }, scan);
      }
    }
  }
}

function reportWorker(node, value, scan) {
  if (isOwnScript(value)) return;
  const isForeign = addressesOf(value).some((address) => address !== "" && isForeignScript(address));
  scan.report(node, isForeign ? problems.foreignImport : problems.worker);
}

/** Whether all it may be is a file of the app: its address begins in a way that can't lead elsewhere. */
const isOwnScript = (value) =>
  every(value, ({ type }) => type === "constant" || type === "text") &&
  addressesOf(value).every(
    (address) => /^(\.{0,2}\/(?![\\/])|@\/|[a-z@][\w@./-]*$)/.test(address) && !isForeignScript(address),
  );

function reportWasm(node, scan) {
  const source = node.arguments[0];
  const inner = source?.type === "AwaitExpression" ? source.argument : source;
  const isFetched =
    inner?.type === "CallExpression" && globalTargets(scan.call(inner)).some(({ path }) => path === "fetch");
  const address = isFetched ? argumentsOf(scan.call(inner), 0) : null;
  if (!address || !isOwnScript(address)) scan.report(node, problems.wasm);
}
