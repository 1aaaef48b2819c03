/**
 * What a live preview says about itself (bundler/README.md lists it). Pure: `hear(preview, message)` gives the
 * next picture of it. A preview runs anybody's code, so nothing of a message is used that is not limited here.
 *
 * @typedef {{ name: string, file: string, line: number, column: number }} Frame
 * @typedef {{ from: number, lines: string[] }} Excerpt
 * @typedef {{ message: string, file: string, line: number, column: number, excerpt: Excerpt | null, frames: Frame[],
 *   others: number, isHeldBack: boolean }} PreviewError
 *   `isHeldBack`: what is shown is the last version that worked.
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

const LONGEST = { message: 600, file: 200, route: 200, line: 240, code: 200 };
const MOST_FRAMES = 6;
const MOST_CODE = 9; // lines

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
      return withError(preview, errorFrom(message));
    default:
      return preview;
  }
}

/** An error that comes again and again is one. */
function withError(preview, error) {
  return preview.error && keyOf(preview.error) === keyOf(error) ? preview : { ...preview, error };
}

/** Tells one error from another. */
export const keyOf = ({ message, file, line, others, isHeldBack }) => JSON.stringify([message, file, line, others, isHeldBack]);

/** @returns {PreviewError} */
export function errorFrom({ message, file, line, column, excerpt, frames, others, isHeldBack }) {
  return {
    message: limited(message, LONGEST.message) || "The app stopped with an error.",
    file: limited(file, LONGEST.file),
    line: count(line),
    column: count(column),
    excerpt: excerptFrom(excerpt),
    frames: framesFrom(frames),
    others: count(others),
    isHeldBack: isHeldBack === true,
  };
}

/** @returns {Frame[]} */
export function framesFrom(sent) {
  const frames = (Array.isArray(sent) ? sent : []).slice(0, MOST_FRAMES).map((frame) => ({
    name: limited(frame?.name, LONGEST.line),
    file: limited(frame?.file, LONGEST.file),
    line: count(frame?.line),
    column: count(frame?.column),
  }));
  return frames.filter(({ file }) => file);
}

function excerptFrom(sent) {
  const lines = Array.isArray(sent?.lines) ? sent.lines.slice(0, MOST_CODE).map((line) => limited(line, LONGEST.code)) : [];
  return lines.length > 0 ? { from: count(sent.from) || 1, lines } : null;
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

/** The error as somebody would report it in the chat: what, where, on which page, and what led there. */
export function reportOf(error, route, lines) {
  return [`Please fix this error in the preview: ${summaryOf(error)}`, ...circumstances(route, [error], lines)].join("\n\n");
}

/** Several of them at once. @param {PreviewError[]} errors */
export function reportOfAll(errors, route, lines) {
  if (errors.length === 1) return reportOf(errors[0], route, lines);
  return [block("Please fix these errors in the preview:", errors.map(summaryOf)), ...circumstances(route, errors, lines)].join("\n\n");
}

function summaryOf(error) {
  const place = placeOf(error);
  return `${error.message}${place ? ` (${place})` : ""}`;
}

function circumstances(route, errors, lines) {
  const stack = errors.length === 1 ? errors[0].frames.map(frameWords) : [];
  const isHeldBack = errors.some((error) => error.isHeldBack);
  return [
    route === "/" ? "" : `It happened on the page ${route}`,
    isHeldBack ? "The newest version of the code fails; the preview shows the one before it." : "",
    block("Called by:", stack),
    block("The console said:", lines),
  ].filter(Boolean);
}

function frameWords({ name, ...place }) {
  return name ? `${name} in ${placeOf(place)}` : placeOf(place);
}

const block = (title, lines) => (lines.length ? [title, ...lines.map((line) => `- ${line}`)].join("\n") : "");

/** A path and nothing else: it is put behind the preview's address, where "@elsewhere" would lead elsewhere. */
export function routeOf(path) {
  const route = limited(path, LONGEST.route);
  return route.startsWith("/") && !route.startsWith("//") ? route : "/";
}

/** Text that came from a preview: a string, and not too long. */
export function limited(value, longest) {
  return typeof value === "string" ? value.slice(0, longest) : "";
}

const count = (value) => (Number.isInteger(value) && value > 0 ? value : 0);
