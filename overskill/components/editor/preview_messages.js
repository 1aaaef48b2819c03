/**
 * What a live preview says about itself (bundler/README.md lists it). Pure: `hear(preview, message)` gives the
 * next picture of it.
 *
 * @typedef {{ message: string, file: string, line: number, stack: string[], others: number }} PreviewError
 * @typedef {{ isReady: boolean, hasRendered: boolean, isGone: boolean, revision: number, route: string,
 *   error: PreviewError | null }} Preview
 */

/** @type {Preview} */
export const unheardPreview = {
  isReady: false,
  hasRendered: false,
  isGone: false,
  revision: -1,
  route: "/",
  error: null,
};

const LONGEST = { message: 600, file: 200, route: 200, line: 240, stack: 8000 };
const MOST_FRAMES = 5;
const MOST_LINES = 8;
const FRAME = /^\s*at (?:(.+?) \()?preview:\/\/\/(src\/[^\s?():]+)/; // modules of the app (bundler/runtime/registry.js)

/** @returns {Preview} */
export function hear(preview, message) {
  switch (message.type) {
    case "ready":
      return { ...preview, isReady: true, isGone: false };
    case "rendered":
      return { ...preview, isReady: true, hasRendered: true, revision: Number(message.revision), error: null };
    case "gone":
      return { ...preview, isGone: true };
    case "route":
      return { ...preview, route: routeOf(message.path) };
    case "error":
      return withError(preview, errorOf(message));
    default:
      return preview;
  }
}

/** An error that comes again and again is one. */
function withError(preview, error) {
  return preview.error && keyOf(preview.error) === keyOf(error) ? preview : { ...preview, error };
}

/** Tells one error from another. */
export const keyOf = ({ message, file, line, others }) => JSON.stringify([message, file, line, others]);

/**
 * The newest lines of the app's console, with its failed requests, after one more message. Kept apart from the
 * picture of the preview: an app may log as it likes, and nothing is drawn for it.
 */
export function withLine(lines, message) {
  const line = lineOf(message);
  return line ? [...lines, line].slice(-MOST_LINES) : lines;
}

function lineOf({ type, level, text: said, method, url, status }) {
  if (type === "console" && level !== "debug") return text(`${level}: ${said}`, LONGEST.line);
  if (type === "request-failed") return text(`${method} ${url}: ${status ? `status ${status}` : "no answer"}`, LONGEST.line);
  return "";
}

function errorOf({ message, file, line, stack, others }) {
  return {
    message: text(message, LONGEST.message) || "The app stopped with an error.",
    file: text(file, LONGEST.file),
    line: Number(line) || 0,
    stack: framesOf(text(stack, LONGEST.stack)),
    others: Number(others) || 0,
  };
}

/** "src/App.tsx:12", or "" where nobody knows. */
export function placeOf({ file, line }) {
  return file && line ? `${file}:${line}` : file;
}

/** "src/App.tsx:12, and 2 more errors" */
export function whereabouts(error) {
  const more = error.others ? `and ${error.others} more error${error.others === 1 ? "" : "s"}` : "";
  return [placeOf(error), more].filter(Boolean).join(", ");
}

/** Which functions of the app led there, the innermost first. Their lines are of compiled code: they would mislead. */
function framesOf(stack) {
  const frames = stack.split("\n").flatMap((line) => {
    const [, name, file] = FRAME.exec(line) ?? [];
    return file ? [text(name ? `${name} in ${file}` : file, LONGEST.line)] : [];
  });
  return [...new Set(frames)].slice(0, MOST_FRAMES);
}

/** The error as somebody would report it in the chat: what, where, on which page, and what led there. */
export function reportOf(error, route, lines) {
  const place = placeOf(error);
  const parts = [
    `Please fix this error in the preview: ${error.message}${place ? ` (${place})` : ""}`,
    route === "/" ? "" : `It happened on the page ${route}`,
    block("Called by:", error.stack),
    block("The console said:", lines),
  ];
  return parts.filter(Boolean).join("\n\n");
}

const block = (title, lines) => (lines.length ? [title, ...lines.map((line) => `- ${line}`)].join("\n") : "");

/** A path and nothing else: it is put behind the preview's address, where "@elsewhere" would lead elsewhere. */
function routeOf(path) {
  const route = text(path, LONGEST.route);
  return route.startsWith("/") ? route : "/";
}

function text(value, longest) {
  return typeof value === "string" ? value.slice(0, longest) : "";
}
