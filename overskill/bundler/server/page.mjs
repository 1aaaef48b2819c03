/** The HTML of a preview. Nothing of the app's is written as markup but attributes, escaped; the rest is JSON. */
import crypto from "node:crypto";

import { CORE, USUAL } from "../core/vendor.mjs";
import { readHead } from "../core/html-head.mjs";

/** Before React: it must find these switched off. They cost a third of every update in development builds. */
const SWITCHES = "try { console.createTask = undefined; console.timeStamp = undefined; } catch {}";

/** Fast Refresh does nothing at all unless its hook is there before react-dom is evaluated: a module of its own. */
const HOOK =
  'import * as refresh from "react-refresh/runtime"; (refresh.default ?? refresh).injectIntoGlobalHook(window);';

/** @param {import("./http.mjs").Site} site */
export function page(site, { label, files, vendor, state, isShared }) {
  const nonce = crypto.randomBytes(16).toString("base64url");
  const parents = isShared ? [] : site.parents; // who follows a link sees the app, not the editor
  const boot = { parents, isShared, state };
  return { html: html(site, { files, vendor, boot, nonce }), headers: headers(site, { label, parents, nonce }) };
}

function html({ vendor: shared, hosts, runtime }, { files, vendor, boot, nonce }) {
  const url = (file) => `${hosts.shared}/@vendor/${file}`;
  const specifiers = boot.state ? [...CORE, ...boot.state.vendors] : USUAL;
  const imports = Object.fromEntries([...shared.entries].map(([specifier, { file }]) => [specifier, url(file)]));
  const head = readHead(files.get("index.html") ?? "");
  return `<!doctype html>
<html${attributes({ lang: "en", ...head.attributes })}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(head.title || "Preview")}</title>
${head.metas.map((meta) => `<meta${attributes(meta)}>`).join("\n")}
${head.icon ? `<link rel="icon" href="${escape(head.icon)}">` : ""}
<script nonce="${nonce}">${SWITCHES}</script>
<script type="importmap" nonce="${nonce}">${json({ imports })}</script>
<script type="application/json" id="overskill-boot">${json({ ...boot, preload: specifiers })}</script>
${vendor
  .addresses(specifiers)
  .map((address) => `<link rel="modulepreload" href="${hosts.shared}${address}">`)
  .join("")}
<style id="overskill-css"></style>
<script type="module" nonce="${nonce}">${HOOK}</script>
<script type="module" src="${runtime.url}"></script>
</head>
<body>
<div id="root"></div>
</body>
</html>`;
}

function headers({ hosts }, { label, parents, nonce }) {
  const own = hosts.origin(label);
  const socket = own.replace(/^http/, "ws");
  const policy = {
    "default-src": "'self'",
    "script-src": `'nonce-${nonce}' 'unsafe-eval' blob: ${hosts.shared}`,
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' https: data: blob:",
    "font-src": "'self' https: data:",
    "media-src": "'self' https: data: blob:",
    "connect-src": `'self' ${socket} https: blob: data:`,
    "frame-src": "https:",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self' https:",
    "frame-ancestors": parents.length > 0 ? parents.join(" ") : "'none'",
  };
  return {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": Object.entries(policy)
      .map(([name, value]) => `${name} ${value}`)
      .join("; "),
    "cross-origin-resource-policy": "same-site",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  };
}

const MESSAGE_STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; display: grid; place-content: center; min-height: 100vh; margin: 0;
  padding: 24px; text-align: center; color-scheme: light dark }
p { color: GrayText; max-width: 36em }`;

/** A sentence on an otherwise empty page. */
export function messagePage(title, message) {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${escape(title)}</title>
<style>${MESSAGE_STYLE}</style>
<h1>${escape(title)}</h1>
<p>${escape(message)}</p>
</html>`;
}

/** JSON that can't end the script element it stands in, nor begin another. */
export function json(value) {
  return JSON.stringify(value)
    .replaceAll("<", "\\u003c")
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
}

function attributes(values) {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escape(value)}"`)
    .join("");
}

function escape(text) {
  return String(text).replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
