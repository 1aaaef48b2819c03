/** The app as it would be published, at an address that does not exist; and a note of whatever else is asked for. */
import { secure } from "../edge/workers/dispatch/headers.js";

export const ORIGIN = "https://app.test";

const FACTS = { siteUrl: "", frameAncestors: "'self'", isHttps: true };
const PAGE = "/index.html";
const PRIVATE_HOST =
  /^(localhost|.*\.(localhost|local|internal|home\.arpa)|0\.0\.0\.0|127\..*|10\..*|192\.168\..*|169\.254\..*|172\.(1[6-9]|2\d|3[01])\..*|\[(::1?|f[cd].*|fe80.*|::ffff:.*)\])$/i;
const UNIMPORTANT = new Set(["/favicon.ico", "/robots.txt"]);
const PROBE = /^\/overskill-no-such-page-/;

export class Site {
  #assets;
  #report;

  link = null; // a Link: what answers take their time on

  /** @param {Record<string, {content: string, type: string}>} assets  path -> content in base64 */
  constructor(assets, report) {
    this.#assets = new Map(Object.entries(assets));
    this.#report = report;
  }

  /** The text of one of the app's files, if it has it. */
  text(path) {
    const asset = this.#assets.get(path);
    return asset && Buffer.from(asset.content, "base64").toString();
  }

  /** Answers a request that the browser holds back. Nothing is ever let through. */
  answer(connection, { requestId, request, resourceType }) {
    const send = (method, params) => connection.send(method, { requestId, ...params }).catch(() => null); // given up
    const url = new URL(request.url);
    if (url.origin !== ORIGIN) {
      this.outside(url);
      // An aborted navigation leaves the page where it was; anything else is as if one were offline.
      const errorReason = resourceType === "Document" ? "Aborted" : "InternetDisconnected";
      return send("Fetch.failRequest", { errorReason });
    }
    const { status, type, content } = this.#found(url, request.method, resourceType);
    const headers = new Headers({ "content-type": type });
    secure(headers, FACTS);
    const fulfil = () =>
      send("Fetch.fulfillRequest", {
        responseCode: status,
        responseHeaders: [...headers].map(([name, value]) => ({ name, value })),
        body: content,
      });
    return this.link ? this.link.carry({ type, content }).then(fulfil) : fulfil();
  }

  /** Somebody else's address: noted, and a problem where it could not work for visitors either. */
  outside(url) {
    if (!/^(https?|wss?|file|ftp):$/.test(url.protocol)) return;
    if (url.protocol === "file:" || PRIVATE_HOST.test(url.hostname)) {
      const where = url.protocol === "file:" ? "a file of the visitor's machine" : url.host;
      this.#report.problem("request", `The app asks ${where}, which visitors can't reach. Use a public https address.`);
    } else {
      this.#report.host(url.host);
    }
  }

  #found(url, method, resourceType) {
    const path = decoded(url.pathname);
    const asset = this.#assets.get(path === "/" ? PAGE : path);
    if (asset) return { status: 200, type: asset.type, content: asset.content };
    const isPage = resourceType === "Document";
    if (!isPage && !UNIMPORTANT.has(path)) {
      this.#report.problem("request", `${method} ${path}: the app has no such file or route.`);
    }
    // As at the edge: files that are gone and routes of a server are not found, anything else is the app's page.
    if (/^\/(assets|api)\//.test(path) || method !== "GET") return { status: 404, type: "text/plain", content: "" };
    const page = this.#assets.get(PAGE);
    return { status: page ? 200 : 404, type: page?.type ?? "text/plain", content: page?.content ?? "" };
  }
}

/** Where nothing is: what an app shows there is what it shows for every address it does not know. */
export const nowhere = () => `/overskill-no-such-page-${Math.random().toString(36).slice(2)}`;

export const isNowhere = (path) => PROBE.test(path);

function decoded(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
