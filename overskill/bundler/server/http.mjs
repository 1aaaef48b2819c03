/** What browsers ask for: preview pages, packages, the app's own assets, and the websocket of updates. */
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { WebSocketServer } from "ws";

import { contentType, isAsset, serverEntry } from "../core/files.mjs";
import { messagePage, page } from "./page.mjs";
import { Viewer } from "./viewer.mjs";

const FOR_EVER = "public, max-age=31536000, immutable";
const LONGEST_MESSAGE = 256 * 1024; // from a browser
// While an app is written its modules and styles are sent again and again with small changes: the window remembers them.
const COMPRESSION = { threshold: 128, zlibDeflateOptions: { level: 6 }, concurrencyLimit: 2 };
const SHARED_PREFIX = "share-"; // of aliases, as services/apps/sharing.py makes them
const PREVIEW_CLOSED = ["No preview here", "This preview is closed. Open the app in the studio to see it again."];
const LINK_ENDED = ["This link has ended", "Ask who sent it to you for another one."];
const SERVER_CODE = /^\/api(\/|$)/;
const SHARED_FILE = /^\/@(vendor|runtime|packages\/[0-9a-f]{32})\/([\w.-]+\.js)$/;

/**
 * @typedef {object} Site
 * @property {import("./open-apps.mjs").OpenApps} apps
 * @property {import("./hosts.mjs").Hosts} hosts
 * @property {import("./shares.mjs").Shares} shares
 * @property {import("../core/vendor.mjs").Vendor} vendor
 * @property {import("./added-packages.mjs").AddedPackages} added
 * @property {{name: string, text: string, url: string}} runtime  the script inside every preview
 * @property {string[]} parents  origins whose pages may frame a preview
 */

/** @param {Site} site */
export async function serveBrowsers(site, { host, port }) {
  const server = http.createServer((request, response) => {
    answer(site, request, response).catch((error) => {
      console.error(error);
      if (!response.headersSent)
        sendMessage(response, 500, "This preview failed", "Reload the page; if that does not help, reopen the app.");
    });
  });
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: COMPRESSION, maxPayload: LONGEST_MESSAGE });
  server.on("upgrade", (request, socket, head) => {
    socket.on("error", () => socket.destroy());
    upgrade(site, sockets, request, socket, head).catch(() => socket.destroy());
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  return { server, sockets };
}

async function answer(site, request, response) {
  const { pathname } = new URL(request.url, "http://preview");
  if (SERVER_CODE.test(pathname)) return answerForServerCode(site, request, response);
  if (request.method !== "GET" && request.method !== "HEAD") return send(response, 405, { allow: "GET, HEAD" }, "");
  if (pathname === "/@health") return send(response, 200, { "content-type": "text/plain" }, "ok");
  const shared = SHARED_FILE.exec(pathname);
  if (shared) return sendShared(site, request, response, shared);
  const label = site.hosts.key(request.headers.host);
  const { key, share } = site.shares.at(label);
  const entry = key && (await site.apps.find(key));
  if (!entry) {
    const isShared = label?.startsWith(SHARED_PREFIX);
    return sendMessage(response, 404, ...(isShared ? LINK_ENDED : PREVIEW_CLOSED));
  }
  const { files } = entry.app;
  const file = assetAt(files, pathname);
  if (file) return sendAsset(response, file, files.get(file));
  if (path.posix.extname(pathname) && !isNavigation(request))
    return send(response, pathname === "/favicon.ico" ? 204 : 404, {}, "");
  const { vendor } = entry.app;
  const state = site.apps.initialState(entry);
  const { html, headers } = page(site, { label, files, vendor, state, isShared: share !== null });
  return send(response, 200, headers, html);
}

/** Server code does not run here. Silence would look like an answer: the page, where JSON is expected. */
async function answerForServerCode(site, request, response) {
  const { key } = site.shares.at(site.hosts.key(request.headers.host));
  const entry = key && (await site.apps.find(key));
  const code = entry && serverEntry(entry.app.files);
  const headers = { "content-type": "application/json", "cache-control": "no-store" };
  if (!code) return send(response, 404, headers, JSON.stringify({ error: "There is no such route." }));
  const note = `${code} runs once the app is published, not in this preview.`;
  return send(response, 501, { ...headers, "x-preview-note": note }, JSON.stringify({ error: note }));
}

async function upgrade({ apps, hosts, shares }, sockets, request, socket, head) {
  const { pathname, searchParams } = new URL(request.url, "http://preview");
  const label = hosts.key(request.headers.host);
  const isOurs = pathname === "/@ws" && label && request.headers.origin === hosts.origin(label);
  const { key, share } = shares.at(label);
  const entry = isOurs && key && (await apps.find(key));
  if (!entry) {
    socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
    return;
  }
  socket.setNoDelay(true);
  sockets.handleUpgrade(request, socket, head, (connection) => {
    apps.countSent(socket);
    new Viewer(connection, apps, entry, share).start(Number(searchParams.get("revision") ?? -1));
  });
}

function isNavigation({ headers }) {
  return /^(document|iframe)$/.test(headers["sec-fetch-dest"] ?? "") || (headers.accept ?? "").includes("text/html");
}

/** The file of the app an address names: something in public/, or an asset imported from src/. */
function assetAt(files, pathname) {
  let name;
  try {
    name = decodeURIComponent(pathname).slice(1);
  } catch {
    return null;
  }
  if (files.has(`public/${name}`)) return `public/${name}`;
  return name.startsWith("src/") && files.has(name) && isAsset(name) ? name : null;
}

function sendAsset(response, file, text) {
  const headers = {
    "content-type": contentType(file),
    "cache-control": "no-cache",
    "content-security-policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:",
    "x-content-type-options": "nosniff",
  };
  send(response, 200, headers, text);
}

async function sendShared({ vendor, added, runtime }, request, response, [, kind, name]) {
  const headers = {
    "access-control-allow-origin": "*",
    "cache-control": FOR_EVER,
    "content-type": "text/javascript; charset=utf-8",
    "cross-origin-resource-policy": "cross-origin",
    "x-content-type-options": "nosniff",
  };
  if (kind === "runtime") {
    if (name !== runtime.name) return send(response, 404, {}, "");
    return send(response, 200, headers, runtime.text);
  }
  const directory = kind === "vendor" ? vendor.directory : added.directory(kind.slice("packages/".length));
  const acceptsBrotli = /\bbr\b/.test(request.headers["accept-encoding"] ?? "");
  try {
    const content = await fs.promises.readFile(path.join(directory, acceptsBrotli ? `${name}.br` : name));
    return send(
      response,
      200,
      { ...headers, vary: "accept-encoding", ...(acceptsBrotli && { "content-encoding": "br" }) },
      content,
    );
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
    return send(response, 404, {}, "");
  }
}

function sendMessage(response, status, title, message) {
  send(
    response,
    status,
    { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
    messagePage(title, message),
  );
}

function send(response, status, headers, body) {
  response.writeHead(status, headers);
  response.end(response.req.method === "HEAD" ? undefined : body);
}
