/** What files an app may have: names, sizes, kinds. */
import path from "node:path";

import { VARIABLES_FILE } from "./variables.mjs";

const LIMITS = Object.freeze({
  files: 400,
  fileBytes: 512 * 1024,
  totalBytes: 8 * 1024 * 1024,
  pathLength: 200,
  // The native parsers recurse: far beyond these they overflow the stack and take the whole process with them.
  brackets: 500,
  angles: 4000,
  links: 5000,
});

const DOT_FILES = new Set([VARIABLES_FILE, ".editorconfig", ".env.example", ".gitignore", ".npmrc", ".nvmrc", ".prettierrc"]);
const CODE = new Set([".tsx", ".ts", ".jsx", ".js", ".mjs"]);
const CONTENT_TYPES = Object.freeze({
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".geojson": "application/geo+json",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".md": "text/markdown; charset=utf-8",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".xml": "application/xml",
});
const ASSETS = new Set([".svg", ".txt", ".csv", ".md", ".geojson", ".webmanifest", ".xml"]);

/** What was asked can't be done as asked: the sentence is for the user. */
export class Refused extends Error {
  constructor(kind, message) {
    super(message);
    this.kind = kind; // "invalid_input" | "unknown_app" | "unavailable"
  }
}

const invalid = (message) => new Refused("invalid_input", message);

export function checkPath(file) {
  const segments = typeof file === "string" ? file.split("/") : [];
  const isPlain =
    segments.length > 0 &&
    file.length <= LIMITS.pathLength &&
    !/[\\\0]/.test(file) &&
    !/^[A-Za-z]:/.test(file) &&
    segments.every((segment) => segment && segment !== "node_modules" && !segment.startsWith(".")) &&
    path.posix.normalize(file) === file;
  if (!isPlain && !DOT_FILES.has(file)) {
    throw invalid(
      `${JSON.stringify(file)} is not a path an app may have. Use a plain relative path such as src/App.tsx.`,
    );
  }
}

/** Check the files as they would be after a change; throws Refused and names the limit that is broken. */
export function checkFiles(files) {
  const count = files.size - Number(files.has(VARIABLES_FILE));
  if (count > LIMITS.files) {
    throw invalid(`The app has ${count} files; the limit is ${LIMITS.files}. Remove some files.`);
  }
  let total = 0;
  for (const [file, text] of files) {
    checkPath(file);
    if (typeof text !== "string") throw invalid(`${file} has no text.`);
    const bytes = text.length > LIMITS.fileBytes ? text.length : Buffer.byteLength(text);
    if (bytes > LIMITS.fileBytes) throw invalid(`${file} is larger than 512 KB. Split it into smaller files.`);
    total += bytes;
  }
  if (total > LIMITS.totalBytes) throw invalid("The app's files are larger than 8 MB together. Remove some files.");
}

/** Whether brackets, tags or operators are nested so deep that parsing the text could crash the process. */
export function isTooDeep(text) {
  return hasDeepBrackets(text) || hasLongChain(text);
}

/** `a + a + a …`, `a?.b.b.b …`, `x => x => x …`: each link nests the syntax tree without any bracket. */
function hasLongChain(text) {
  let links = 0;
  let elses = 0;
  const token =
    /"[^"\n]*"|'[^'\n]*'|[,;{}]|\b(?:as|await|delete|else|extends|infer|keyof|new|readonly|typeof|void|yield)\b|[!%&()*+.:=?^`|~[-]/g;
  for (const [found] of text.matchAll(token)) {
    if (found === "else") elses += 1;
    if (/^[,;{}]/.test(found)) links = 0;
    else if (!/^["']/.test(found)) links += 1;
    if (links > LIMITS.links || elses > LIMITS.links) return true;
  }
  return false;
}

function hasDeepBrackets(text) {
  let brackets = 0;
  let angles = 0;
  for (const [token] of text.matchAll(/[([{]|[)\]}]|<\/|\/>|<(?=[A-Za-z>])/g)) {
    if (token === "<") angles += 1;
    else if (token === "</" || token === "/>") angles = Math.max(0, angles - 1);
    else if (token === "(" || token === "[" || token === "{") brackets += 1;
    else brackets = Math.max(0, brackets - 1);
    if (brackets > LIMITS.brackets || angles > LIMITS.angles) return true;
  }
  return false;
}

export const extension = (file) => path.posix.extname(file).toLowerCase();
export const isCode = (file) => CODE.has(extension(file)) && !file.endsWith(".d.ts");
/** Code that belongs to the app itself; vite.config.ts and the like are never read. */
export const isAppCode = (file) => isCode(file) && file.startsWith("src/");
/** Runs on the server alone: in no bundle, and no preview, of what browsers get. */
export const isServerCode = (file) => file.startsWith("server/");
const SERVER_ENTRIES = ["server/index.ts", "server/index.tsx", "server/index.js", "server/index.mjs"];
/** Where an app's own server code begins; undefined where it has none. */
export const serverEntry = (files) => SERVER_ENTRIES.find((file) => files.has(file));
export const isCss = (file) => extension(file) === ".css";
export const isCssModule = (file) => file.endsWith(".module.css");
export const isAsset = (file) => ASSETS.has(extension(file)) || file.startsWith("public/");
export const contentType = (file) => CONTENT_TYPES[extension(file)] ?? "application/octet-stream";
export const language = (file) => (extension(file) === ".mjs" ? "js" : extension(file).slice(1));
